// The preview of a list: a suggestion goes into its field, and the sentence above the button says when it is out of date.
const form = document.querySelector("form[data-preview]");
const stale = document.querySelector("#stale span");

for (const button of document.querySelectorAll("button[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = form.elements[button.dataset.fill];
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    button.hidden = true;
  });
}

form?.addEventListener("input", () => {
  stale.hidden = false;
});
