// Copying: one link, a name with its link, all links, or the text of an element. The buttons come hidden and are shown here.
// What they copy is already in the page: nothing is fetched inside the click, which would lose the right to copy.

// A spreadsheet would run a name that begins like a formula.
const cell = (name) => (/^[=+\-@]/u.test(name) ? `'${name}` : name);

const line = (row) => `${cell(row.dataset.name)}\t${row.querySelector("a[data-link]").getAttribute("href")}`;

const sources = {
  link: (button) => button.closest("[data-participant]").querySelector("a[data-link]").getAttribute("href"),
  line: (button) => line(button.closest("[data-participant]")),
  lines: () =>
    [...document.querySelectorAll("[data-participant]")]
      .filter((row) => row.querySelector("a[data-link]"))
      .map((row) => line(row))
      .join("\n"),
  text: (button) => {
    const element = document.getElementById(button.dataset.from);
    return element.value ?? element.textContent.trim();
  },
};

// What to select when copying fails; the lines stand nowhere in the page and are shown for it.
function byHand(button, text) {
  if (button.dataset.copy === "link") return { pick: button.closest("[data-participant]").querySelector("a[data-link]") };
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
  const text = sources[button.dataset.copy](button);
  // An earlier "copied" must not be read as this one's.
  document.dispatchEvent(new Event("toast:hide"));
  const done = await copy(text);
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
  const links = document.querySelectorAll("a[data-link]").length;
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) {
    if (button.dataset.copy === "lines" && links < 2) continue;
    sayWhose(button);
    button.hidden = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) answer(button);
});
// Rows that came while the page was open.
document.addEventListener("rows:updated", show);
show();
