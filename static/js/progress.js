// While people are being sent, the page follows without a reload, so that nothing half-typed is lost and focus stays where it
// is. A list has a small answer to ask for; where it says that something changed, the page itself is fetched and its parts
// take the place of the old ones. A part that is in use (focus, an open menu) is left until it is free.
const FIRST = 2000;
const LAST = 30000;
const STATES = ["sending", "queued", "claimed"];
const SENDING = [...STATES.map((state) => `[data-state="${state}"]`), '[data-cancellation="sending"]', "[data-progress]"].join();
const article = document.querySelector("[data-refresh]");
const said = document.getElementById("progress-said");
const news = document.getElementById("news");
const list = () => document.querySelector("[data-progress]");
let since = list()?.dataset.since ?? "0";
let seen = "";
let quarter = list() ? Math.floor(4 * list().querySelector("progress").position) : 4;
let latest = null;
let wait = FIRST;
let timer = 0;
let asking = false;
let over = false;

const isBusy = (part) => part.contains(document.activeElement) || part.querySelector("details.menu[open]") !== null;
const link = (row) => row.querySelector("a[data-link]")?.href;
const looksLike = (row, fresh) =>
  row.dataset.state === fresh.dataset.state &&
  row.dataset.delivery === fresh.dataset.delivery &&
  link(row) === link(fresh) &&
  row.querySelectorAll("form").length === fresh.querySelectorAll("form").length;

function followRows(page) {
  const [old, fresh] = [document.getElementById("rows"), page.getElementById("rows")];
  if (!old || !fresh) return;
  let before = null;
  const kept = new Set([...fresh.querySelectorAll("tr")].map((row) => row.id));
  for (const row of fresh.querySelectorAll("tr")) {
    let now = document.getElementById(row.id);
    if (!now || (!looksLike(now, row) && !isBusy(now))) {
      if (now) now.replaceWith(row);
      else if (before) before.after(row);
      else old.prepend(row);
      now = row;
    }
    before = now;
  }
  for (const row of old.querySelectorAll("tr")) {
    if (!kept.has(row.id) && !isBusy(row)) row.remove();
  }
}

function follow(page) {
  // What is taken over leaves its page: a copy can be taken again later.
  const fresh = page.cloneNode(true);
  followRows(fresh);
  for (const part of document.querySelectorAll("[data-follow]")) {
    const now = fresh.getElementById(part.id);
    if (now && !isBusy(part)) part.replaceWith(now);
  }
  document.dispatchEvent(new Event("rows:updated"));
}

// The meeting itself changed: then the page has other parts.
const isAnother = (page) => {
  const now = page.querySelector("[data-refresh]");
  return now?.dataset.state !== article.dataset.state || now?.dataset.cancellation !== article.dataset.cancellation;
};

function keepsText() {
  // A page that answers a sent form carries what was typed in it.
  if (location.pathname !== new URL(article.dataset.refresh, location.href).pathname) return true;
  if (document.querySelector("dialog[open], #toast[data-shown]")) return true;
  const fields = [...document.querySelectorAll("main input:not([type=hidden]), main textarea")];
  return fields.some((field) => field === document.activeElement || field.value !== field.defaultValue);
}

function offerRefresh() {
  if (news.querySelector("p")) return;
  news.append(news.querySelector("template").content.cloneNode(true));
}

async function fetchFrom(address) {
  try {
    const answer = await fetch(address, { cache: "no-store", headers: { "X-Requested-With": "fetch" } });
    return answer.ok ? answer : null;
  } catch {
    // The network is away: try again later.
    return null;
  }
}

async function fetchPage() {
  const answer = await fetchFrom(article.dataset.refresh);
  if (!answer) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("[data-refresh]")) return false;
  over = page.querySelector(SENDING) === null;
  if (isAnother(page) || (page.getElementById("rows") && !document.getElementById("rows"))) {
    if (!keepsText()) location.reload();
    else if (over || isAnother(page)) offerRefresh();
    return true;
  }
  latest = page;
  follow(page);
  if (over) said.textContent = article.dataset.done;
  return true;
}

// A quarter is worth a word to anyone who does not see the bar; every step would be noise.
function announce(now) {
  const reached = Math.floor((4 * now.done) / Math.max(now.total, 1));
  if (reached > quarter && reached < 4) said.textContent = now.text;
  quarter = Math.max(quarter, reached);
}

// Whether anything had changed.
async function askList() {
  const answer = await fetchFrom(`${list().dataset.progress}?since=${since}`);
  if (!answer) return false;
  const now = await answer.json();
  const sign = [now.since, now.text, now.note, now.key, now.running].join();
  document.getElementById("progress-estimate").textContent = now.estimate;
  if (sign === seen) return false;
  seen = sign;
  since = String(now.since);
  await fetchPage();
  announce(now);
  return true;
}

async function look() {
  asking = true;
  const changed = list() ? await askList() : await fetchPage();
  asking = false;
  wait = changed && list() ? FIRST : Math.min(wait * 1.5, LAST);
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
document.addEventListener("focusout", () => {
  setTimeout(() => latest && follow(latest), 300);
});
plan(FIRST);
