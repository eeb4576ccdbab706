// Open menus close on Escape and on a click elsewhere; buttons that need JavaScript show only with it.
export function startMenus(document) {
  for (const button of document.querySelectorAll("[data-prints], [data-opens]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-prints], [data-opens]");
    if (button?.hasAttribute("data-prints")) window.print();
    if (button?.dataset.opens) document.getElementById(button.dataset.opens).showModal();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
