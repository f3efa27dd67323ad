// The board with scripts: a cell opens its pair beside the grid, arrow keys move, letters begin an edit.
// Without scripts each cell is a link to a page of its own.

const KEYS = { l: "lock", x: "ban", a: "add", s: "swap" };
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
let here = null; // [startup, partner] of the cell that was used last
let wanted = ""; // the edit that a key asked for
let scrolled = [0, 0];

const grid = () => document.querySelector("table.pairs");
const board = () => document.querySelector("#board");
const drawer = () => document.querySelector("#drawer");
const partnerOf = (cell) => grid().tHead.rows[0].cells[cell.cellIndex]?.dataset.id;
const named = (cell) => [cell.parentElement.dataset.id, partnerOf(cell)];

function cellOf([startup, partner]) {
  const row = [...grid().tBodies[0].rows].find((each) => each.dataset.id === startup);
  const column = [...grid().tHead.rows[0].cells].findIndex((each) => each.dataset.id === partner);
  return row?.cells[column];
}

// One cell of the grid is in the tab order: the one that was used last.
function prepare() {
  if (!grid()) return;
  grid().setAttribute("role", "grid");
  for (const cell of grid().querySelectorAll("tbody td")) {
    cell.tabIndex = -1;
    cell.querySelector("a")?.setAttribute("tabindex", "-1");
  }
  const first = (here && cellOf(here)) || grid().querySelector("tbody td.meets") || grid().querySelector("tbody td");
  if (first) first.tabIndex = 0;
  document.querySelector(".hint")?.removeAttribute("hidden");
}

function settle(cell) {
  for (const other of grid().querySelectorAll("tbody td[tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
  here = named(cell);
}

function open(cell, edit = "") {
  settle(cell);
  wanted = edit;
  for (const other of grid().querySelectorAll("td.here")) other.classList.remove("here");
  cell.classList.add("here");
  const [startup, partner] = here;
  const address = new URL(board().dataset.pair, location.href);
  address.searchParams.set("startup", startup);
  address.searchParams.set("partner", partner);
  htmx.ajax("GET", address.pathname + address.search, { target: "#drawer", swap: "innerHTML show:none" });
}

function close() {
  drawer().replaceChildren();
  wanted = "";
  if (!grid()) return;
  for (const other of grid().querySelectorAll("td.here")) other.classList.remove("here");
  (here && cellOf(here))?.focus();
}

function opened() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close";
  button.textContent = "×";
  button.setAttribute("aria-label", drawer().dataset.close);
  drawer().prepend(button);
  const reason = drawer().querySelector("input[name=reason]");
  (reason || drawer()).focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#drawer .close")) return close();
  const cell = event.target.closest("table.pairs tbody td");
  if (!cell || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return open(cell);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer()?.childElementCount) return close();
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === "Enter" && wanted && event.target.closest("#drawer input[name=reason]")) {
    const button = drawer().querySelector(`button[name=kind][value=${wanted}]`);
    if (button) {
      event.preventDefault();
      button.click(); // not requestSubmit: htmx sends the value of the button that was clicked
    }
    return undefined;
  }
  const cell = event.target.closest?.("table.pairs tbody td");
  if (!cell) return undefined;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return open(cell);
  }
  if (KEYS[event.key.toLowerCase()]) {
    event.preventDefault();
    return open(cell, KEYS[event.key.toLowerCase()]);
  }
  if (!MOVES[event.key]) return undefined;
  event.preventDefault();
  const [down, right] = MOVES[event.key];
  const row = grid().tBodies[0].rows[cell.parentElement.sectionRowIndex + down];
  const next = row?.cells[cell.cellIndex + right];
  if (next?.matches("td")) {
    settle(next);
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  return undefined;
});

// A form that was refused, or that came too late, answers with a page that says so: show it.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([404, 409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  if (board()) scrolled = [board().scrollTop, board().scrollLeft];
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "drawer") return opened();
  if (event.target.id !== "content" && !document.querySelector("#content")) return undefined;
  prepare();
  if (board()) [board().scrollTop, board().scrollLeft] = scrolled;
  if (here && grid()) cellOf(here)?.focus({ preventScroll: true });
  return undefined;
});

prepare();
