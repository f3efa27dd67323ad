// Help for those who have scripts: tick all, and suggestions while a label is typed. All works without.

// The results are put in anew by the search, so that this listens further up.
const showTickAll = () => document.querySelectorAll("[data-tick-all]").forEach(each => { each.hidden = false; });
showTickAll();
new MutationObserver(showTickAll).observe(document.getElementById("content"), { childList: true, subtree: true });
document.addEventListener("change", event => {
  if (!event.target.matches("[data-tick-all]")) return;
  for (const box of event.target.closest("form").querySelectorAll('input[name="id"]')) box.checked = event.target.checked;
  event.target.closest("form").querySelector(".many").open = event.target.checked;
});
document.addEventListener("change", event => {
  if (event.target.matches('.ticked input[name="id"]:checked')) event.target.form.querySelector(".many").open = true;
});

const SEPARATORS = /[;；、|｜,，\n]/;

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector(`label[for="${input.id}"]`).textContent);
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }
  let waiting, asked;

  const start = () => {
    if (input.dataset.many !== "yes") return 0;
    const before = input.value.slice(0, input.selectionStart);
    for (let place = before.length; place > 0; place -= 1) if (SEPARATORS.test(before[place - 1])) return place;
    return 0;
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = option => {
    const from = start(), rest = input.value.slice(input.selectionStart);
    const head = input.value.slice(0, from) + option.dataset.value + (input.dataset.many === "yes" ? "；" : "");
    input.value = head + (input.dataset.many === "yes" ? rest : "");
    input.setSelectionRange(head.length, head.length);
    input.focus();
    close();
  };
  const chosen = () => list.querySelector('[aria-selected="true"]');
  const choose = option => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    if (option) input.setAttribute("aria-activedescendant", option.id);
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const typed = input.value.slice(start(), input.selectionStart).trim();
    if (!typed) return close();
    const query = new URLSearchParams({ field: input.name, q: typed });
    const organisation = new URLSearchParams(location.search).get("organisation");
    if (organisation) query.set("organisation", organisation);
    try {
      const answer = await fetch(`${input.dataset.suggest.split("?")[0]}?${query}`, { signal: asked.signal });
      if (!answer.ok || answer.redirected) return close();
      list.innerHTML = await answer.text();
    } catch (error) {
      return close();
    }
    [...list.children].forEach((option, place) => { option.id = `${list.id}-${place}`; });
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", event => {
    if (list.hidden) return;
    const options = [...list.children], place = options.indexOf(chosen());
    if (event.key === "ArrowDown") choose(options[(place + 1) % options.length]);
    else if (event.key === "ArrowUp") choose(options[(place - 1 + options.length) % options.length]);
    else if (event.key === "Enter" && chosen()) take(chosen());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", event => {
    const option = event.target.closest("li");
    event.preventDefault();
    if (option) take(option);
  });
  input.addEventListener("blur", close);
}
