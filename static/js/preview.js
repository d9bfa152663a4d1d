// The preview of a list: a suggestion goes into its field, the sentences above the buttons say when they are out of date,
// and a link to what is folded away opens it.
const form = document.querySelector("form[data-preview]");

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

for (const link of document.querySelectorAll("[data-opens]")) {
  link.addEventListener("click", () => {
    document.getElementById(link.dataset.opens).open = true;
  });
}

form?.addEventListener("input", (event) => {
  for (const words of document.querySelectorAll("[data-stale]")) words.hidden = false;
  // The line of a row says what its fields say.
  const [field, n] = event.target.name.split("-");
  const summary = document.querySelector(`#row-${n} summary`);
  const shown = { name: "b", email: "b + span" }[field];
  if (summary && shown) summary.querySelector(shown).textContent = event.target.value;
});
