// Help for those who have scripts: files may be dropped, and are looked at as soon as they are chosen.

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector('input[type="file"]');
  form.querySelector(".drop-hint").hidden = false;
  for (const name of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(name, event => {
      event.preventDefault();
      form.classList.toggle("over", name === "dragover");
    });
  }
  form.addEventListener("drop", event => {
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  input.addEventListener("change", () => { if (input.files.length) form.requestSubmit(); });
}
