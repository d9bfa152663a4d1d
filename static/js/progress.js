// While a list of people runs: the card and the rows follow it without a reload, so that nothing half-typed is lost and
// focus stays where it is. What this page cannot show (why a person was refused, another list) gets a link to refresh.
const FIRST = 2000;
const LAST = 30000;
const OPEN = ["queued", "claimed", "sending"].map((state) => `tr[data-state="${state}"]`).join();
const TROUBLED = new Set(["refused", "not_sent", "unknown"]);
const card = document.querySelector("[data-progress]");
const bar = card.querySelector("progress");
const news = document.getElementById("news");
const parts = document.getElementById("row-parts").content;
const part = (name) => parts.querySelector(`[data-part="${name}"]`).cloneNode(true);
const words = {
  text: document.getElementById("progress-text"),
  estimate: document.getElementById("progress-estimate"),
  note: document.getElementById("progress-note"),
};
let since = card.dataset.since;
let quarter = Math.floor(4 * bar.position);
let wait = FIRST;
let timer = 0;
let asking = false;
let over = false;

function tell(word) {
  if (news.dataset.word === word) return;
  news.dataset.word = word;
  for (const old of news.querySelectorAll(":scope > :not(template)")) old.remove();
  news.append(news.querySelector(`template[data-word="${word}"]`).content.cloneNode(true));
}

function showLink(cell, link) {
  const found = part("link");
  const anchor = found.querySelector("a");
  anchor.href = anchor.textContent = link;
  anchor.dataset.link = "";
  cell.replaceChildren(...found.childNodes);
}

function showState(row, state, link) {
  row.dataset.state = state;
  const found = part(state);
  if (!("mailing" in row.dataset)) found.querySelector('[data-part="mailed"]')?.remove();
  row.querySelector(".badge").parentElement.replaceChildren(...found.childNodes);
  const cell = row.querySelector(".access");
  // A person who is about to press something in the cell keeps it.
  if (cell.contains(document.activeElement)) return;
  if (link) showLink(cell, link);
  else cell.replaceChildren(...(TROUBLED.has(state) ? [part("trouble")] : []));
}

function showRows(rows) {
  let strangers = false;
  for (const [id, state, link] of rows) {
    const row = document.getElementById(`p${id}`);
    if (!row) strangers ||= state !== "discarded";
    else if (row.dataset.state !== state) showState(row, state, link);
  }
  document.dispatchEvent(new Event("rows:updated"));
  return strangers;
}

function showCard(now) {
  bar.max = Math.max(now.total, 1);
  bar.value = now.done;
  for (const [name, element] of Object.entries(words)) {
    if (element.textContent !== now[name]) element.textContent = now[name];
  }
  words.note.hidden = !now.note;
}

// There is nothing left to pause or to stop; but nobody loses the button that they are about to press.
function leaveControls() {
  for (const button of document.querySelectorAll("[data-list] button")) {
    button.hidden = button !== document.activeElement;
  }
}

// A quarter is worth a word to anyone who does not see the bar; every step would be noise.
function announce(now) {
  const reached = Math.floor(4 * bar.position);
  if (reached > quarter && reached < 4) document.getElementById("progress-said").textContent = now.text;
  quarter = Math.max(quarter, reached);
}

// Whether anything had changed.
function take(now) {
  const before = [since, words.text.textContent, words.note.textContent].join();
  since = String(now.since);
  const strangers = showRows(now.rows);
  showCard(now);
  announce(now);
  over = !now.running && document.querySelector(OPEN) === null;
  if (over) {
    document.getElementById("progress-leave").hidden = true;
    leaveControls();
    tell("end");
  } else if (strangers || (now.running && now.key !== card.dataset.key)) {
    tell("changed");
  }
  return before !== [since, now.text, now.note].join();
}

async function ask() {
  try {
    const answer = await fetch(`${card.dataset.progress}?since=${since}`, { cache: "no-store", headers: { "X-Requested-With": "fetch" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    // The network is away: try again later.
    return null;
  }
}

async function look() {
  asking = true;
  const now = await ask();
  asking = false;
  const changed = now !== null && take(now);
  wait = changed ? FIRST : Math.min(wait * 1.5, LAST);
  plan(wait);
}

function plan(delay) {
  clearTimeout(timer);
  if (!over && !document.hidden && !asking) timer = setTimeout(look, delay);
}

document.addEventListener("visibilitychange", () => {
  wait = FIRST;
  plan(100);
});
plan(FIRST);
