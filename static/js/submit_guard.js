// A second press on the same form is ignored while the first is under way; the server would find it too. Buttons are not
// greyed out: a form that was stopped, or met again through the browser's back button, must work.
const IGNORED_FOR = 8000;
let sent = new WeakSet();

// Going back to a form, or reloading it, fetches its page anew: the browser fills in what was typed, but the form is a new
// intent, and sent once more it would make a second meeting. So the history keeps which submission was sent, and the form
// takes it up again. Chrome empties a form that is reloaded: that one is new.
const keeps = (form) => form.elements.submission_id && form.querySelector("input:not([type=hidden])");
const wasTyped = (field) => field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;

function takeUpEarlier() {
  const { type } = performance.getEntriesByType("navigation")[0] ?? {};
  for (const form of type === "back_forward" || type === "reload" ? document.forms : []) {
    const earlier = history.state?.[form.getAttribute("action")];
    if (!earlier || !keeps(form)) continue;
    if (type === "back_forward" || [...form.elements].some((field) => wasTyped(field))) form.elements.submission_id.value = earlier;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("toast:show", { detail: { word: "busy", near: form } }));
    return;
  }
  sent.add(form);
  if (keeps(form)) {
    const submission = { [form.getAttribute("action")]: form.elements.submission_id.value };
    history.replaceState({ ...history.state, ...submission }, "");
  }
  setTimeout(() => sent.delete(form), IGNORED_FOR);
});

window.addEventListener("pageshow", (event) => {
  sent = new WeakSet();
  // A page that comes back from the back/forward cache still has the submission it was sent with.
  if (!event.persisted) takeUpEarlier();
});
