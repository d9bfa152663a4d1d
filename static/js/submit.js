// A second press on the same form is ignored while the first is under way; the server would find it too. Buttons are not
// greyed out: a form that was stopped, or met again through the browser's back button, must work.
const IGNORED_FOR = 8000;
let sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("convoca:say", { detail: { word: "busy", near: form } }));
    return;
  }
  sent.add(form);
  setTimeout(() => sent.delete(form), IGNORED_FOR);
});

window.addEventListener("pageshow", () => {
  sent = new WeakSet();
});
