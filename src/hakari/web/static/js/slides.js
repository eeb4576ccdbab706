// The sales meeting: arrow keys move between slides, a clock shows how long each has been on.
import { isTyping } from "./keys.js";

export function startSlides(document) {
  const slides = [...document.querySelectorAll(".slide")];
  if (!slides.length) return;
  const links = [...document.querySelectorAll(".slide-nav a")];
  const clock = document.querySelector("[data-timer]");
  const spent = slides.map(() => 0);
  let here = Math.max(0, slides.findIndex((slide) => `#${slide.id}` === location.hash));
  clock.hidden = false;

  function show(place) {
    here = place;
    links.forEach((link, number) => number === place ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current"));
    tell();
  }
  function tell() {
    const seconds = spent[here];
    clock.querySelector("b").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
  function go(place) {
    if (place < 0 || place >= slides.length) return;
    show(place);
    history.replaceState(null, "", `#${slides[place].id}`);
    slides[place].scrollIntoView({ block: "start" });
    slides[place].focus({ preventScroll: true });
  }
  links.forEach((link, number) => link.addEventListener("click", (event) => { event.preventDefault(); go(number); }));
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || event.shiftKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) { event.preventDefault(); go(here + step); }
  });
  setInterval(() => { spent[here] += 1; tell(); }, 1000);
  show(here);
}
