// The one polite line that says what just happened. Other modules send it a "toast:show" event; they do not import it,
// because each file is addressed by the hash of its own content and an import inside a file could not carry one.
// detail: { word: which of the toast's translated words, name: who is named in them, near: the element it is about, pick: true to select what `near`
// names, text: what to offer for copying by hand }. Without `pick` or `text` the line goes away by itself; a
// "toast:hide" event takes it away at once.
const toast = document.getElementById("toast");
const words = toast.querySelector("[role=status]");
const area = toast.querySelector("textarea");
const close = toast.querySelector("button");
const SHOWN_FOR = 3000;
const mac = /Mac|iPhone|iPad/u.test(navigator.platform);
let timer = 0;
let origin = null;

function hide() {
  clearTimeout(timer);
  words.textContent = "";
  area.hidden = close.hidden = true;
  area.value = "";
  delete toast.dataset.shown;
}

function select(detail) {
  area.hidden = detail.text === undefined;
  if (detail.text !== undefined) {
    area.value = detail.text;
    area.focus();
    area.select();
  } else if (detail.pick.select) {
    detail.pick.focus();
    detail.pick.select();
  } else {
    getSelection().selectAllChildren(detail.pick);
  }
}

document.addEventListener("toast:show", ({ detail }) => {
  hide();
  origin = detail.near;
  // Everything outside an open modal is inert, a live region too: the line moves to where it can be heard and clicked.
  const home = origin.closest("dialog[open]") ?? document.getElementById("main");
  if (toast.parentElement !== home) home.append(toast);
  const stays = Boolean(detail.pick || detail.text);
  toast.dataset.shown = "";
  close.hidden = !stays;
  if (stays) select(detail);
  // A region that was just emptied or moved is read only when its words come a moment later.
  timer = setTimeout(() => {
    const said = toast.dataset[detail.word].replace("{name}", () => detail.name);
    words.textContent = mac ? said.replace("Ctrl+C", "⌘C") : said;
    if (!stays) timer = setTimeout(hide, SHOWN_FOR);
  }, 50);
});

document.addEventListener("toast:hide", hide);

close.addEventListener("click", () => {
  hide();
  origin?.focus();
});
