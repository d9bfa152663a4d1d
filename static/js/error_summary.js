// Firefox scrolls to the date or time field that a link names, but gives it no focus.
for (const link of document.querySelectorAll('.summary a[href^="#"]')) {
  link.addEventListener("click", () => {
    // After the browser has followed the link.
    setTimeout(() => document.getElementById(link.hash.slice(1))?.focus());
  });
}
