// Copying: one link, a name with its link, a message, the text of an element, or a text about everybody. The buttons come
// hidden and are shown here. What a row's buttons copy is already in the page: nothing is fetched inside their click, which
// could lose the right to copy. The texts about everybody come from a page of their own when their menu is opened.

// A spreadsheet would run a name that begins like a formula.
const cell = (name) => (/^[=+\-@]/u.test(name) ? `'${name}` : name);
const linkOf = (button) => button.closest("[data-participant]").querySelector("a[data-link]");

const sources = {
  link: (button) => linkOf(button).getAttribute("href"),
  line: (button) => `${cell(button.closest("[data-participant]").dataset.name)}\t${linkOf(button).getAttribute("href")}`,
  message: (button) => {
    const link = button.closest("[data-participant]").querySelector('a[data-deliver="whatsapp"]');
    return new URL(link.href).searchParams.get("text");
  },
  text: (button) => {
    const element = document.getElementById(button.dataset.from);
    return element.value ?? element.textContent.trim();
  },
};

// The page with the texts about everybody, by its address; asked for anew each time that the menu is opened.
let everybody = null;

function load(address) {
  everybody = fetch(address, { headers: { "X-Requested-With": "fetch" } })
    .then(async (page) => (page.ok ? new DOMParser().parseFromString(await page.text(), "text/html") : null))
    .catch(() => null);
  return everybody;
}

async function textAbout(button) {
  const page = await (everybody ?? load(button.dataset.all));
  return page?.getElementById(`all-${button.dataset.copy}`)?.value ?? "";
}

// What to select when copying fails; texts that stand nowhere in the page are shown for it.
function byHand(button, text) {
  if (button.dataset.copy === "link") return { pick: linkOf(button) };
  if (button.dataset.copy === "text") return { pick: document.getElementById(button.dataset.from) };
  return { text };
}

const allow = (event) => event.preventDefault();

// On plain http there is no navigator.clipboard. A copy event of our own carries the text without touching focus or
// selection, so it works inside a modal dialog, where a hidden textarea on the body copies nothing and reports success.
function copyByEvent(text) {
  let set = false;
  const put = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    set = true;
  };
  document.addEventListener("beforecopy", allow, true);
  document.addEventListener("copy", put, { capture: true, once: true });
  try {
    return document.execCommand("copy") && set;
  } catch {
    return false;
  } finally {
    document.removeEventListener("beforecopy", allow, true);
    document.removeEventListener("copy", put, true);
  }
}

async function copy(text) {
  if (!navigator.clipboard?.writeText) return copyByEvent(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByEvent(text);
  }
}

// The server records that all links were copied.
function tell(address) {
  const headers = { "X-CSRFToken": document.querySelector("input[name=csrf_token]").value, "X-Requested-With": "fetch" };
  fetch(address, { method: "POST", headers, keepalive: true }).catch(() => {
    // The copy has succeeded all the same.
  });
}

async function answer(button) {
  const text = button.dataset.all ? await textAbout(button) : sources[button.dataset.copy](button);
  // An earlier "copied" must not be read as this one's.
  document.dispatchEvent(new Event("toast:hide"));
  const done = text !== "" && (await copy(text));
  const name = button.dataset.copy === "link" ? button.closest("[data-participant]").dataset.name : undefined;
  const detail = done ? { word: name ? "copiedLink" : "copied", name, near: button } : { word: "press", near: button, ...byHand(button, text) };
  document.dispatchEvent(new CustomEvent("toast:show", { detail }));
  if (done && button.dataset.tell) tell(button.dataset.tell);
}

function sayWhose(button) {
  const name = button.closest("[data-participant]")?.dataset.name;
  const words = button.querySelector(".visually-hidden");
  if (name && words) words.textContent = `: ${name}`;
}

function show() {
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) {
    sayWhose(button);
    button.hidden = false;
  }
}

document.addEventListener(
  "toggle",
  (event) => {
    const button = event.target.open && event.target.querySelector?.("button[data-all]");
    if (button) load(button.dataset.all);
  },
  true,
);
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) answer(button);
});
// Rows that came while the page was open.
document.addEventListener("rows:updated", show);
show();
