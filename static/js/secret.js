// A page that shows a secret. A browser may keep it in its back/forward cache despite no-store (WebKit does on plain http):
// the secret is removed when the page is left. A page that comes back from that cache gives way to the one it was opened
// from, which asks the server whether this reader is still signed in. A reload would repeat the POST: a new password.
addEventListener("pagehide", () => {
  for (const element of document.querySelectorAll("[data-secret]")) {
    if ("value" in element) element.value = "";
    element.textContent = "";
  }
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(document.querySelector("a.back").href);
});
