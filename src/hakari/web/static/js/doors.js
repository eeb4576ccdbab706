// Every number is a link to its records. With JavaScript a click opens the four doors beside it instead; a click
// with a modifier still follows the link.
let open = null;

export function startDoors(document) {
  document.addEventListener("click", (event) => {
    const figure = event.target.closest("a.fig");
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (figure && plain) {
      event.preventDefault();
      const again = open?.figure === figure;
      closeDoors();
      if (!again) openDoors(figure);
    } else if (open && !open.panel.contains(event.target)) {
      closeDoors();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!open) return;
    if (event.key === "Escape") {
      event.preventDefault();
      const { figure } = open;
      closeDoors();
      figure.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  window.addEventListener("resize", closeDoors);
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

function openDoors(figure) {
  const panel = document.getElementById("doors").content.firstElementChild.cloneNode(true);
  panel.querySelector(".doors-title").textContent = figure.textContent.trim();
  for (const link of panel.querySelectorAll("a")) link.href = behind(figure, link.dataset.door);
  figure.after(panel);
  figure.setAttribute("aria-expanded", "true");
  open = { figure, panel };
  place(figure, panel);
  panel.querySelector("a").focus({ preventScroll: true });
  panel.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget)) closeDoors();
  });
}

function closeDoors() {
  if (!open) return;
  open.figure.removeAttribute("aria-expanded");
  open.panel.remove();
  open = null;
}

// Below the number, or above it where the window ends; never over the edge. Positions go through the CSSOM, which
// the content policy allows, unlike a style attribute.
function place(figure, panel) {
  const box = figure.getBoundingClientRect();
  const frame = panel.offsetParent.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - panel.offsetWidth - 8));
  const fits = box.bottom + panel.offsetHeight + 12 < window.innerHeight;
  const top = fits ? box.bottom + 6 : Math.max(8, box.top - panel.offsetHeight - 6);
  panel.style.left = `${left - frame.left}px`;
  panel.style.top = `${top - frame.top}px`;
}

function step(direction) {
  const links = [...open.panel.querySelectorAll("a")];
  const next = links.indexOf(document.activeElement) + direction;
  links[(next + links.length) % links.length].focus();
}
