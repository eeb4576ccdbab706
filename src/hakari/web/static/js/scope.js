// The scope form applies itself when a pointer chose; a keyboard walking through a list must not reload the page
// at every step, so there the button comes forward instead.
export function startScope(document) {
  const form = document.querySelector("form.scope");
  if (!form) return;
  const button = form.querySelector(".apply");
  if (!button) return;
  const initial = written(form);
  let byKeyboard = false;
  fold(form);
  button.hidden = true;
  form.addEventListener("keydown", () => { byKeyboard = true; });
  form.addEventListener("pointerdown", () => { byKeyboard = false; });
  form.addEventListener("change", () => {
    button.hidden = written(form) === initial;
    if (!byKeyboard && !button.hidden) form.requestSubmit();
  });
  // The Back button may restore the page with another choice than the one it shows.
  window.addEventListener("pageshow", (event) => { if (event.persisted) { form.reset(); button.hidden = true; } });
}

// On a small screen team and period are enough to begin with; the style sheet hides the rest only there.
function fold(form) {
  const toggle = form.querySelector("[data-unfolds]");
  if (!toggle) return;
  toggle.hidden = false;
  form.classList.add("folded");
  toggle.addEventListener("click", () => {
    const folded = form.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
  });
}

function written(form) {
  return new URLSearchParams(new FormData(form)).toString();
}
