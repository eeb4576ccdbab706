// Sliders beside the what-if fields, and an answer that follows them. Without this the button asks for the page.
const QUIET_MS = 250;

export function startPlan(document) {
  const form = document.querySelector("form[data-what-if]");
  if (!form) return;
  for (const field of form.querySelectorAll("input[data-low]")) addSlider(form, field);
  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (event.target.type !== "range") return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => ask(document, form), QUIET_MS);
  });
  form.addEventListener("change", (event) => { if (event.target.type !== "range") ask(document, form); });
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(document, form); });
}

// The slider writes into the field, which alone is sent; it has no name of its own.
function addSlider(form, field) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = field.dataset.low;
  slider.max = field.dataset.high;
  slider.step = field.dataset.step;
  slider.value = Number.parseFloat(field.value) || field.dataset.now;
  slider.setAttribute("aria-label", form.querySelector(`label[for="${field.id}"]`).textContent);
  slider.addEventListener("input", () => { field.value = slider.value + field.dataset.suffix; });
  field.addEventListener("change", () => { slider.value = Number.parseFloat(field.value) || field.dataset.now; });
  field.after(slider);
}

let asked = 0;

async function ask(document, form) {
  const mine = ++asked;
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const address = `${form.getAttribute("action")}?${new URLSearchParams(filled)}`;
  const places = document.querySelectorAll("[data-answer]");
  for (const place of places) place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (mine !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.querySelector("[data-answer]")) throw new Error("no plan in the answer");
    for (const place of places) fill(place, page);
    window.history.replaceState(null, "", answer.url);
  } catch {
    // What the server refuses, and a server that is away, are best shown by the browser itself.
    if (mine === asked) window.location.assign(address);
  } finally {
    if (mine === asked) for (const place of places) place.removeAttribute("aria-busy");
  }
}

// The heading stays the same element, so that what is read aloud is its new text.
function fill(place, page) {
  const found = page.querySelector(`[data-answer="${place.dataset.answer}"]`);
  const heading = place.querySelector("h1");
  if (!heading) { place.replaceChildren(...found.childNodes); return; }
  heading.textContent = found.querySelector("h1").textContent;
  place.querySelector(".subline").textContent = found.querySelector(".subline").textContent;
}
