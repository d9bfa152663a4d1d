// A file that is dropped anywhere on the form goes into its file field, as if it had been chosen there. Without this
// the browser would leave the page to show the file.
const form = document.querySelector("form[data-drop]");
const field = form.elements[form.dataset.drop];
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

form.querySelector("[data-drop-hint]").hidden = false;

for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.dataset.dropping = "";
  });
}

form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) delete form.dataset.dropping;
});

form.addEventListener("drop", (event) => {
  delete form.dataset.dropping;
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const one = new DataTransfer();
  one.items.add(event.dataTransfer.files[0]);
  field.files = one.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
});

// Beside the form, a drop does nothing rather than leave the page.
for (const kind of ["dragover", "drop"]) {
  window.addEventListener(kind, (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
}
