// Marks that a link was handed over: when WhatsApp or an e-mail is opened, and when something was copied. The row turns to
// the new state; without a network, or without this script, the page's own forms mark. One press is one submission.

const row = (element) => element.closest("[data-participant]");
// The forms of a row that mark, and take a mark back, have one address.
const addressOf = (target) => target?.dataset.mark ?? target?.querySelector("form[data-mark], form[data-undo]")?.getAttribute("action");

function body(element, channel) {
  const form = row(element).querySelector("form[data-mark]");
  const fields = new URLSearchParams({ action: "mark", channel });
  // The form of the page then counts as the same submission: pressed after this, it marks nothing twice.
  const same = form && !form.dataset.marked;
  fields.set("submission_id", same ? form.elements.submission_id.value : crypto.getRandomValues(new Uint32Array(4)).join("-"));
  if (form) {
    form.dataset.marked = "";
    form.elements.submission_id.value = fields.get("submission_id");
    form.elements.channel.value = channel;
  }
  return fields;
}

function show(element, state) {
  const target = row(element);
  target.dataset.delivery = state.delivery;
  const badge = target.querySelector("[data-delivery-state]");
  if (!badge) return;
  badge.className = "badge ok";
  badge.querySelector("use").setAttribute("href", "#i-ok");
  badge.querySelector("span").textContent = `${state.words} · ${state.time}`;
  target.querySelector("[data-delivery-by]")?.remove();
  addUndo(target, state.delivery_id);
}

// The row's mark can be taken back at once, and is not made again by the form that has just been overtaken.
function addUndo(target, deliveryId) {
  const template = document.getElementById("undo-form");
  if (!template) return;
  const address = addressOf(target);
  target.querySelector("form[data-undo]")?.remove();
  const form = template.content.querySelector("form").cloneNode(true);
  form.setAttribute("action", address);
  form.elements.delivery.value = deliveryId;
  form.elements.submission_id.value = crypto.getRandomValues(new Uint32Array(4)).join("-");
  form.querySelector(".visually-hidden").textContent = `: ${target.dataset.name}`;
  target.querySelector(".status").append(form);
}

async function mark(element, channel) {
  const address = addressOf(row(element));
  if (!address) return;
  const headers = { "X-CSRFToken": document.querySelector("input[name=csrf_token]").value, "X-Requested-With": "fetch" };
  try {
    const answer = await fetch(address, { method: "POST", headers, body: body(element, channel), keepalive: true });
    if (answer.ok) show(element, await answer.json());
  } catch {
    // The person has handed it over all the same; the page still offers to mark it.
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-deliver]");
  if (link) mark(link, link.dataset.deliver);
});
// Only what was really copied counts.
document.addEventListener("toast:show", ({ detail }) => {
  const isCopied = detail.word === "copied" || detail.word === "copiedLink";
  const channel = isCopied && detail.near?.dataset.deliver;
  if (channel) mark(detail.near, channel);
});
