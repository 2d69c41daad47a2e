/* A code or a few letters in a comment cell offer the fitting entries of the comment bank. */

import { OfferList } from "./comment_list.js";
import { entriesFor, entryOfCode, fitting, fragmentOf, written } from "./comment_match.js";

const MOST_OFFERS = 8;
const COMMENT_CELL = ".grid__control[data-comments]";
const SELECTED_CELL = "td[data-selected], td[aria-selected='true']";

/* asOneStep: of undo.js, so that one Ctrl+Z takes back what fills several cells. */
export function offerComments(form, asOneStep = (write) => write()) {
  const words = form.querySelector("[data-comment-bank]")?.dataset;
  if (!words) return;
  const bank = new CommentBank(words.url);
  const offers = new CommentOffers({ form, words, bank, asOneStep });
  form.addEventListener("focusin", ({ target }) => offers.enter(target));
  form.addEventListener("focusout", () => offers.list.close());
  form.addEventListener("input", (event) => offers.hear(event));
  form.addEventListener("compositionend", ({ target }) => offers.type(target));
  // Before the grid's own keys, which belong to it again wherever nothing is chosen.
  form.addEventListener("keydown", (event) => offers.press(event), { capture: true });
  // On a slow line somebody types before this script has come.
  if (form.contains(document.activeElement)) offers.enter(document.activeElement);
}

/* Fetched when a comment cell is first entered, and again at the next one if that failed. */
export class CommentBank {
  constructor(url) {
    this.url = url;
    this.entries = [];
    this.pupils = {};
    this.loading = null;
    this.isLoaded = false;
  }

  load() {
    this.loading ??= this.fetch().catch(() => {
      this.loading = null;
    });
    return this.loading;
  }

  async fetch() {
    const answer = await fetch(this.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${this.url}: ${answer.status}`);
    Object.assign(this, await answer.json());
    this.isLoaded = true;
  }

  entriesOf(control) {
    return entriesFor(this.entries, control.dataset.comments);
  }

  textFor(control, entry) {
    return written(entry.text, this.pupilOf(control).name);
  }

  /* As the row says now; where it has no level, as the other grids said. */
  levelOf(control) {
    const level = control.closest("tr").querySelector("[data-kind=level]");
    return level ? level.value : this.pupilOf(control).levels[control.dataset.comments];
  }

  pupilOf(control) {
    const [, enrollment] = control.name.match(/^e(\d+)-/);
    return this.pupils[enrollment] ?? { name: "", levels: {} };
  }
}

class CommentOffers {
  constructor({ form, words, bank, asOneStep }) {
    this.form = form;
    this.bank = bank;
    this.asOneStep = asOneStep;
    this.fragment = null;
    this.list = new OfferList(form, words, (entry) => this.take(entry));
  }

  enter(control) {
    if (!control.matches(COMMENT_CELL)) return;
    control.setAttribute("aria-autocomplete", "list");
    control.setAttribute("aria-haspopup", "listbox");
    this.bank.load();
  }

  /* What scripts write, this one's choices among it, asks for nothing. */
  hear({ target, isComposing, isTrusted }) {
    if (isTrusted && !isComposing) this.type(target);
  }

  type(control) {
    if (!control.matches(COMMENT_CELL)) return;
    if (this.bank.isLoaded) this.offerFitting(control);
    else this.bank.load().then(() => this.offerFitting(control));
  }

  offerFitting(control) {
    if (control !== document.activeElement) return;
    this.fragment = fragmentOf(control.value, control.selectionStart);
    this.offer(control, this.fragment?.text ?? "", Boolean(this.fragment));
  }

  offer(control, typed, isAsked) {
    const { bank } = this;
    const found = isAsked ? fitting(bank.entriesOf(control), typed, bank.levelOf(control)) : [];
    if (found.length === 0) this.list.close();
    else this.list.open(control, found.slice(0, MOST_OFFERS), (entry) => bank.textFor(control, entry));
  }

  press(event) {
    const control = event.target;
    if (!control.matches(COMMENT_CELL) || isInputMethod(event)) return;
    if (event.ctrlKey || event.metaKey) return;
    const isTaken = event.altKey ? this.pressWithAlt(event) : this.pressPlain(event);
    if (!isTaken) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /* Alt+Down shows all of them, as in other lists. */
  pressWithAlt({ key, target }) {
    if (key !== "ArrowDown") return false;
    this.fragment = { start: target.selectionStart, end: target.selectionEnd };
    this.bank.load().then(() => {
      if (target === document.activeElement) this.offer(target, "", true);
    });
    return true;
  }

  pressPlain({ key, target, shiftKey }) {
    const { list } = this;
    if (key === "Enter" || key === "Tab") {
      const isChoice = list.isOpen && list.chosen && !shiftKey;
      return isChoice ? this.take(list.chosen) : this.expand(target);
    }
    if (!list.isOpen || shiftKey) return false;
    if (key === "ArrowDown" || key === "ArrowUp") list.move(key === "ArrowDown" ? 1 : -1);
    else if (key !== "Escape") return false;
    else list.close();
    return true;
  }

  /* A code that stands alone becomes its text, and the key moves on as ever. */
  expand(control) {
    this.list.close();
    if (this.bank.isLoaded) this.expandNow(control);
    else this.bank.load().then(() => this.expandNow(control));
    return false;
  }

  expandNow(control) {
    const entry = entryOfCode(this.bank.entriesOf(control), control.value);
    if (entry) writeComment(control, this.bank.textFor(control, entry));
  }

  take(entry) {
    const { control } = this.list;
    const block = this.selectedCells();
    this.list.close();
    if (block.length > 1 && block.includes(control)) this.fill(block, entry);
    else this.insert(control, entry);
    control.focus();
    return true;
  }

  selectedCells() {
    const cells = this.form.querySelectorAll(SELECTED_CELL);
    return Array.from(cells, (cell) => cell.querySelector(COMMENT_CELL)).filter(Boolean);
  }

  fill(controls, entry) {
    this.asOneStep(() => {
      for (const control of controls) writeComment(control, this.bank.textFor(control, entry));
    });
  }

  insert(control, entry) {
    const { start, end } = this.fragment;
    const text = this.bank.textFor(control, entry);
    const { value } = control;
    writeComment(control, value.slice(0, start) + text + value.slice(end));
    control.setSelectionRange(start + text.length, start + text.length);
  }
}

export function writeComment(control, value) {
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Vietnamese input methods hold keys back while they compose a letter. */
function isInputMethod(event) {
  return event.isComposing || event.key === "Process" || event.keyCode === 229;
}
