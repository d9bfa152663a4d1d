// People invited before, proposed below the box and the fields that add people. Choosing one fills the box or the fields;
// nothing is sent. Keys: arrows move, Enter chooses, Escape closes, Tab leaves. What is typed goes into the body of a
// POST, not into an address, since it may be an email.

const form = document.querySelector("form[data-suggestions]");
const WAIT_MS = 150;
const MIN_LETTERS = 2;

function lineAt(field) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.value.indexOf("\n", field.selectionStart);
  return { start, end: end === -1 ? field.value.length : end };
}

const isBox = (field) => field.tagName === "TEXTAREA";

function typedIn(field) {
  if (!isBox(field)) return field.value.trim();
  const { start, end } = lineAt(field);
  return field.value.slice(start, end).trim();
}

function fill(field, person) {
  if (isBox(field)) {
    const { start, end } = lineAt(field);
    field.setRangeText(person.line, start, end, "end");
  } else {
    for (const name of ["name", "email", "phone"]) form.elements[name].value = person[name];
  }
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

async function ask(text, signal) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value, "X-Requested-With": "fetch" };
  const answer = await fetch(form.dataset.suggestions, { method: "POST", headers, body: new URLSearchParams({ q: text }), signal });
  return answer.ok ? (await answer.json()).people : [];
}

function option(person, id) {
  const item = document.createElement("li");
  item.id = id;
  item.role = "option";
  item.ariaSelected = "false";
  item.textContent = person.name;
  const rest = [person.email, person.phone].filter(Boolean).join(" · ");
  if (rest) {
    const words = document.createElement("span");
    words.textContent = rest;
    item.append(words);
  }
  return item;
}

// The list stands right below its field, in a wrapper of their own; the status says for screen readers that it is there.
function listFor(field) {
  const wrapper = document.createElement("div");
  wrapper.className = "suggesting";
  field.before(wrapper);
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${field.id}-suggestions`;
  list.role = "listbox";
  list.ariaLabel = form.dataset.suggestionsLabel;
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.role = "status";
  wrapper.append(field, list, status);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.autocomplete = "off";
  // A textarea may not be a combobox; it keeps its role, which may have an active descendant.
  if (!isBox(field)) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
  }
  return { list, status };
}

class Suggestions {
  static attach(field) {
    return new Suggestions(field);
  }

  constructor(field) {
    Object.assign(this, listFor(field), { field, people: [], active: -1, timer: 0, asking: null });
    field.addEventListener("input", (event) => {
      clearTimeout(this.timer);
      // A pasted list is no search.
      if (event.inputType?.startsWith("insertFromPaste")) this.close();
      else this.timer = setTimeout(() => this.refresh(), WAIT_MS);
    });
    field.addEventListener("keydown", (event) => this.onKey(event));
    field.addEventListener("blur", () => this.close());
    // Before the field loses the focus, which would close the list.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (item) this.choose([...this.list.children].indexOf(item));
    });
  }

  mark(index) {
    const { field, list } = this;
    this.active = index;
    for (const [number, item] of [...list.children].entries()) item.ariaSelected = String(number === index);
    if (index === -1) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  show(found) {
    const { field, list, status } = this;
    this.people = found;
    list.replaceChildren(...found.map((person, number) => option(person, `${list.id}-${number}`)));
    list.hidden = found.length === 0;
    if (!isBox(field)) field.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = found.length === 0 ? "" : form.dataset.suggestionsFound.replace("{number}", found.length);
    this.mark(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!this.list.hidden) this.show([]);
  }

  async refresh() {
    const text = typedIn(this.field);
    this.asking?.abort();
    if (text.length < MIN_LETTERS) {
      this.show([]);
      return;
    }
    this.asking = new AbortController();
    const { signal } = this.asking;
    const found = await ask(text, signal).catch(() => []);
    // An answer to what is no longer typed does not count.
    if (!signal.aborted && document.activeElement === this.field) this.show(found);
  }

  choose(index) {
    const person = this.people[index];
    this.close();
    fill(this.field, person);
  }

  onKey(event) {
    if (this.list.hidden || event.isComposing) return;
    const last = this.people.length - 1;
    if (event.key === "ArrowDown") this.mark(this.active === last ? -1 : this.active + 1);
    else if (event.key === "ArrowUp") this.mark(this.active === -1 ? last : this.active - 1);
    else if (event.key === "Enter" && this.active !== -1) this.choose(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }
}

for (const name of ["people", "name", "email"]) Suggestions.attach(form.elements[name]);
