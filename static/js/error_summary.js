// Firefox scrolls to the date or time field that a link names, but gives it no focus.
for (const link of document.querySelectorAll('.summary a[href^="#"]')) {
  const field = document.getElementById(link.hash.slice(1));
  link.addEventListener("click", (event) => {
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
}
