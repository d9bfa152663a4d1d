// A menu closes with Escape, which gives the focus back to its button, and when something else is pressed; but a dialog or
// the line that says what was copied gives the focus back to what is in the menu.
const stays = (element) => element.closest("dialog, #toast") !== null;
const open = () => [...document.querySelectorAll("details.menu[open]")];

document.addEventListener("click", (event) => {
  if (stays(event.target)) return;
  for (const menu of open()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || stays(event.target)) return;
  for (const menu of open()) {
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector("summary").focus();
  }
});
