// Single-key shortcuts: dead in fields and while a Japanese input method composes, and they can be switched off.
import { figureInFocus, goThrough } from "./doors.js";

const DOORS = { r: "records", b: "breakdown", d: "definition", m: "math" };
const SETTING = "hakari.shortcuts";

export function startKeys(document) {
  const dialog = document.getElementById("shortcuts");
  const box = dialog.querySelector("[data-shortcuts-off]");
  box.checked = isOff();
  box.addEventListener("change", () => remember(box.checked));
  document.addEventListener("keydown", (event) => {
    if (isOff() || isTyping(event) || dialog.open) return;
    if (act(event.key, dialog)) event.preventDefault();
  });
}

function act(key, dialog) {
  const low = key.toLowerCase();
  const figure = figureInFocus();
  if (figure && DOORS[low]) return goThrough(figure, DOORS[low]), true;
  if (key === "[" || key === "]" || key === "," || key === "." || key === "$") return follow(key);
  if (key === "/") return search();
  if (low === "p") return window.print(), true;
  if (key === "?") return dialog.showModal(), true;
  if (low === "j" || low === "k") return moveRow(low === "j" ? 1 : -1);
  return false;
}

export function isTyping(event) {
  if (event.isComposing || event.keyCode === 229) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  return Boolean(event.target.closest?.("input, select, textarea, [contenteditable]"));
}

function follow(key) {
  const link = document.querySelector(`a[data-key="${key}"]`);
  if (!link) return false;
  link.click();
  return true;
}

function search() {
  const field = document.querySelector("[data-searches]");
  field?.focus();
  field?.select();
  return Boolean(field);
}

function moveRow(direction) {
  const rows = [...document.querySelectorAll("main tbody tr")].filter((row) => row.querySelector("a.fig"));
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (direction > 0 ? 0 : rows.length - 1) : here + direction;
  const figure = rows[next]?.querySelector("a.fig");
  figure?.focus();
  figure?.scrollIntoView({ block: "nearest" });
  return Boolean(figure);
}

// A browser may forbid storage; the shortcuts then stay as they are.
function isOff() {
  try { return localStorage.getItem(SETTING) === "off"; } catch { return false; }
}

function remember(off) {
  try { localStorage.setItem(SETTING, off ? "off" : "on"); } catch { /* stays for this page only */ }
}
