// Every number is a link to its records. With JavaScript a click opens the four doors beside it instead; a click
// with a modifier still follows the link.
let open = null;

export function startDoors(document) {
  document.addEventListener("click", (event) => {
    const figure = event.target.closest("a.fig");
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!figure || !plain) return;
    event.preventDefault();
    openDoors(figure);
  });
  window.addEventListener("resize", closeDoors);
  window.addEventListener("scroll", closeDoors, { passive: true });
}

export function goThrough(figure, door) {
  window.location.assign(behind(figure, door));
}

export function figureInFocus() {
  return open?.figure ?? document.activeElement?.closest?.("a.fig") ?? null;
}

function behind(figure, door) {
  const url = new URL(figure.href);
  url.searchParams.delete("door");
  if (door !== "records") url.searchParams.set("door", door);
  return url.toString();
}

// A modal dialog, so that what it covers cannot be reached by mistake, and Escape and focus are the browser's work.
function openDoors(figure) {
  closeDoors();
  const panel = document.getElementById("doors").content.firstElementChild.cloneNode(true);
  panel.querySelector(".doors-title").textContent = figure.textContent.trim();
  for (const link of panel.querySelectorAll("a")) link.href = behind(figure, link.dataset.door);
  document.body.append(panel);
  figure.setAttribute("aria-expanded", "true");
  open = { figure, panel };
  panel.addEventListener("close", () => forget(figure, panel));
  panel.addEventListener("pointerdown", (event) => { if (event.target === panel) leave(event, panel); });
  panel.addEventListener("keydown", step);
  panel.showModal();
  place(figure, panel);
}

function closeDoors() {
  open?.panel.close();
}

function forget(figure, panel) {
  figure.removeAttribute("aria-expanded");
  panel.remove();
  if (open?.panel === panel) open = null;
  figure.focus({ preventScroll: true });
}

// A press outside closes; on another number it opens that one's doors at once.
function leave(event, panel) {
  const box = panel.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right
    && event.clientY >= box.top && event.clientY <= box.bottom;
  if (inside) return;
  event.preventDefault();
  panel.close();
  const other = document.elementFromPoint(event.clientX, event.clientY)?.closest("a.fig");
  if (other) window.setTimeout(() => openDoors(other));
}

// Below the number, or above it where the window ends; never over the edge. Positions go through the CSSOM, which
// the content policy allows, unlike a style attribute.
function place(figure, panel) {
  const box = figure.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - panel.offsetWidth - 8));
  const fits = box.bottom + panel.offsetHeight + 12 < window.innerHeight;
  const top = fits ? box.bottom + 6 : Math.max(8, box.top - panel.offsetHeight - 6);
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}

function step(event) {
  const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!direction) return;
  event.preventDefault();
  const links = [...event.currentTarget.querySelectorAll("a")];
  const next = links.indexOf(document.activeElement) + direction;
  links[(next + links.length) % links.length].focus();
}
