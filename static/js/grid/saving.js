/* Saves quietly: a cell that has settled goes to the server, and all that wait go together.

At most one request is under way, and at most one a second begins. */

const PAUSE_MS = 1500;
const SPACING_MS = 1000;
const LONGEST_BACKOFF_MS = 30_000;

export class Saving {
  constructor({ form, changes, conflicts, refusals, postbox, show }) {
    Object.assign(this, { form, changes, conflicts, refusals, postbox, show });
    this.waiting = new Set();
    this.pauses = new Map();
    this.sent = new Map(); // texts that went out since the last answer, by control
    this.batch = [];
    this.timer = null;
    this.lastSentAt = -Infinity;
    this.failures = 0;
    this.trouble = null;
    this.savedAt = "";
    this.isAskedFor = false;
  }

  type(control) {
    clearTimeout(this.pauses.get(control));
    if (control.dataset.kind === "level") this.settle(control);
    else this.pauses.set(control, setTimeout(() => this.settle(control), PAUSE_MS));
    this.show();
  }

  settle(control) {
    clearTimeout(this.pauses.get(control));
    this.pauses.delete(control);
    if (!this.changes.isUnsaved(control)) {
      if (this.refusals.refused.has(control)) this.refusals.clear(control);
      return;
    }
    this.waiting.add(control);
    if (!this.refusals.stands(control)) {
      for (const other of this.refusals.reconsider(control)) this.waiting.add(other);
    }
    this.plan();
  }

  /* The person asks for it: by button, by Ctrl+S, or because she goes away. */
  flush() {
    for (const control of this.changes.unsaved) this.settle(control);
    this.hurry();
  }

  saveNow() {
    this.isAskedFor = true;
    this.flush();
    this.finish();
    this.show();
  }

  hurry() {
    this.failures = 0;
    if (this.trouble?.kind === "denied") this.trouble = null;
    clearTimeout(this.timer);
    this.timer = null;
    this.plan();
  }

  /* What is under way goes on by itself; what was typed since then follows it, on its base. */
  leave() {
    const underWay = new Map(this.batch.map(({ control, typed }) => [control, typed]));
    const left = this.changes.unsaved
      .filter((control) => this.isSendable(control) && control.value !== underWay.get(control))
      .map((control) => {
        const cell = this.asCell(control);
        return { ...cell, base: underWay.get(control) ?? cell.base };
      });
    if (left.length) this.postbox.send(left, { isLeaving: true });
  }

  isSendable(control) {
    return (
      this.changes.isUnsaved(control) &&
      !this.conflicts.isUndecided(control) &&
      !this.refusals.stands(control)
    );
  }

  get sendable() {
    return Array.from(this.waiting).filter((control) => this.isSendable(control));
  }

  plan() {
    if (this.batch.length || this.timer || !this.sendable.length) return;
    if (this.trouble?.kind === "denied") return;
    const spacing = this.lastSentAt + SPACING_MS - performance.now();
    const wait = Math.max(0, spacing, this.backoff);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.send();
    }, wait);
  }

  get backoff() {
    if (!this.failures) return 0;
    return Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** (this.failures - 1));
  }

  async send() {
    const controls = this.sendable;
    if (!controls.length) {
      this.finish();
      return;
    }
    for (const control of controls) this.waiting.delete(control);
    this.batch = controls.map((control) => ({ control, typed: control.value }));
    for (const { control, typed } of this.batch) this.remember(control, typed);
    this.lastSentAt = performance.now();
    this.show();
    const answer = await this.postbox.send(controls.map((control) => this.asCell(control)));
    const { batch } = this;
    this.batch = [];
    this.receive(batch, answer);
    this.plan();
    this.finish();
    this.show();
  }

  receive(batch, answer) {
    if (answer.kind !== "answered") {
      this.failures += 1;
      this.trouble = answer;
      this.isAskedFor = false;
      for (const { control } of batch) this.waiting.add(control);
      return;
    }
    this.failures = 0;
    this.trouble = null;
    answer.cells.forEach((cell, index) => this.apply(batch[index], cell));
    if (answer.cells.some(({ fate }) => isStored(fate))) this.savedAt = answer.saved_at;
    const detail = { cells: answer.cells };
    this.form.dispatchEvent(new CustomEvent("grid:settled", { bubbles: true, detail }));
  }

  apply({ control, typed }, cell) {
    if (isStored(cell.fate)) this.keep(control, typed, cell);
    else if (cell.fate === "conflict") this.contest(control, cell);
    else if (control.value === typed) this.refusals.refuse(control, cell.sentence);
    this.sent.delete(control);
  }

  keep(control, typed, { value, warning }) {
    this.refusals.clear(control);
    this.conflicts.close(control);
    this.changes.keep(control, typed, value);
    if (warning) this.refusals.warn(control, warning);
  }

  /* What is stored may be one's own: it went out before the line broke, and no answer came. */
  contest(control, cell) {
    this.refusals.clear(control);
    if (this.sent.get(control)?.has(likeStored(cell.value))) {
      this.changes.rebase(control, cell.value);
      this.waiting.add(control);
      return;
    }
    this.conflicts.ask(control, cell);
  }

  remember(control, typed) {
    if (!this.sent.has(control)) this.sent.set(control, new Set());
    this.sent.get(control).add(likeStored(typed));
  }

  asCell(control) {
    const [, pupil, field] = control.name.match(/^e(\d+)-(.+)$/);
    const base = this.changes.baseOf(control);
    return { pupil: Number(pupil), field, base, typed: control.value };
  }

  finish() {
    const isDone = !this.batch.length && !this.timer;
    if (!this.isAskedFor || !isDone) return;
    this.isAskedFor = false;
    this.firstProblem()?.focus();
  }

  firstProblem() {
    const [refused] = this.refusals.refused.keys();
    const [contested] = this.conflicts.undecided;
    return refused ?? (contested && document.getElementById(`${contested.id}_choice`));
  }
}

function isStored(fate) {
  return fate === "saved" || fate === "unchanged";
}

function likeStored(text) {
  return text.normalize("NFC").trim();
}
