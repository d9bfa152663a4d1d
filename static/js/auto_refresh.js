// While something on a meeting's page is being sent, ask for the page again until nothing is. Then reload it, unless a
// person has begun to type: nothing half-typed is ever taken away, so they get a line with a link instead.
const STATES = ["sending", "queued", "claimed"];
const SENDING = [...STATES.map((state) => `[data-state="${state}"]`), '[data-cancellation="sending"]'].join();
const FIRST = 2000;
const LAST = 30000;
const meeting = document.querySelector("[data-refresh]");
const url = meeting?.dataset.refresh;
let wait = FIRST;
let timer = 0;
let asking = false;
let touched = false;

function markTouched() {
  touched = true;
}

function keepsText() {
  // A page that answers a sent form carries what was typed in it, touched again or not.
  if (touched || location.pathname !== new URL(url, location.href).pathname) return true;
  if (document.querySelector("dialog[open], #toast[data-shown]")) return true;
  const fields = [...document.querySelectorAll("main input:not([type=hidden]), main textarea")];
  return fields.some((field) => field === document.activeElement || field.value !== field.defaultValue);
}

function finish() {
  if (!keepsText()) {
    location.reload();
    return;
  }
  const news = document.getElementById("news");
  news.replaceChildren(news.querySelector("template").content.cloneNode(true));
}

async function stillSending() {
  try {
    const answer = await fetch(url, { cache: "no-store", headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return true;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-refresh]") === null || page.querySelector(SENDING) !== null;
  } catch {
    // The network is away: what was in flight is as unknown as before.
    return true;
  }
}

async function look() {
  asking = true;
  const more = await stillSending();
  asking = false;
  if (more) {
    wait = Math.min(wait * 1.5, LAST);
    plan();
  } else {
    document.removeEventListener("visibilitychange", wake);
    finish();
  }
}

function plan() {
  clearTimeout(timer);
  if (!document.hidden && !asking) timer = setTimeout(look, wait);
}

function wake() {
  wait = FIRST;
  plan();
}

if (url && document.querySelector(SENDING)) {
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, markTouched);
  }
  document.addEventListener("visibilitychange", wake);
  plan();
}
