/* The small list under a comment cell: a listbox that the cell keeps the focus beside. */

const GAP = 2;
const NARROWEST = 320;
const WIDEST = 900;

export class OfferList {
  constructor(form, words, take) {
    this.form = form;
    this.words = words;
    this.take = take;
    this.entries = [];
    this.active = -1;
    this.control = null;
    this.box = this.makeBox();
    this.status = this.makeStatus();
    const follow = () => this.place();
    window.addEventListener("scroll", follow, { capture: true, passive: true });
    window.addEventListener("resize", follow);
  }

  get isOpen() {
    return !this.box.hidden;
  }

  get chosen() {
    return this.entries[this.active] ?? null;
  }

  open(control, entries, textOf) {
    this.control = control;
    this.entries = entries;
    this.active = -1;
    this.box.replaceChildren(...entries.map((entry, index) => option(entry, index, textOf(entry))));
    this.box.hidden = false;
    control.setAttribute("aria-controls", this.box.id);
    control.removeAttribute("aria-activedescendant");
    this.place();
    this.say(this.words.found.replace("{count}", entries.length));
  }

  close() {
    if (!this.isOpen) return;
    this.box.hidden = true;
    this.active = -1;
    this.control.removeAttribute("aria-controls");
    this.control.removeAttribute("aria-activedescendant");
    this.say("");
  }

  /* Past either end nothing is chosen, so that Enter is the grid's again. */
  move(step) {
    const places = this.entries.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
    for (const [index, element] of Array.from(this.box.children).entries()) {
      element.setAttribute("aria-selected", index === this.active);
    }
    const element = this.box.children[this.active];
    element?.scrollIntoView({ block: "nearest" });
    if (element) this.control.setAttribute("aria-activedescendant", element.id);
    else this.control.removeAttribute("aria-activedescendant");
  }

  /* Below the cell, or above it where there is more room. */
  place() {
    if (!this.isOpen) return;
    const cell = this.control.getBoundingClientRect();
    const below = window.innerHeight - cell.bottom - GAP;
    const above = cell.top - GAP;
    const isBelow = below >= Math.min(this.box.scrollHeight, above);
    const room = document.documentElement.clientWidth;
    const width = Math.min(Math.max(cell.width, NARROWEST), WIDEST, room);
    const left = Math.min(cell.left, room - width);
    Object.assign(this.box.style, {
      top: isBelow ? `${cell.bottom + GAP}px` : "auto",
      bottom: isBelow ? "auto" : `${window.innerHeight - cell.top + GAP}px`,
      left: `${Math.max(left, 0)}px`,
      width: `${width}px`,
      maxHeight: `${Math.max(isBelow ? below : above, 80)}px`,
    });
  }

  makeBox() {
    const box = document.createElement("ul");
    box.id = "comment-offers";
    box.className = "comment-offers";
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", this.words.label);
    box.hidden = true;
    // The cell keeps the focus.
    box.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("click", ({ target }) => {
      const element = target.closest("[role=option]");
      if (element) this.take(this.entries[Array.from(box.children).indexOf(element)]);
    });
    this.form.append(box);
    return box;
  }

  makeStatus() {
    const status = document.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    this.form.append(status);
    return status;
  }

  say(sentence) {
    this.status.textContent = sentence;
  }
}

function option(entry, index, text) {
  const element = document.createElement("li");
  element.id = `comment-offer-${index}`;
  element.className = "comment-offers__offer";
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  element.append(part("code", entry.code), part("level", entry.level), part("text", text));
  return element;
}

function part(name, text) {
  const element = document.createElement("span");
  element.className = `comment-offers__${name}`;
  element.textContent = text;
  return element;
}
