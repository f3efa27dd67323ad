// Help with accounts for those who have scripts: a look at the password, and a copy of what is shown once.

for (const box of document.querySelectorAll("[data-password]")) {
  const [field, button] = [box.querySelector("input"), box.querySelector("button")];
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : words;
    button.setAttribute("aria-pressed", String(shown));
  });
}

for (const box of document.querySelectorAll("[data-copy]")) {
  const [field, button] = [box.querySelector("input"), box.querySelector("button")];
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  });
}
