/* What was done to the cells, step by step, and the way back. */

const PAUSE_MS = 1000;
/* Closer together than fingers can type: an input method writes a letter anew. */
const REWRITING_MS = 25;
const MOST_STEPS = 500;

let gathered = null;
let finishStep = () => {};

/* Whatever is written into cells meanwhile is taken back by one Ctrl+Z. */
export function asOneStep(writeCells) {
  if (gathered) return writeCells();
  gathered = [];
  try {
    return writeCells();
  } finally {
    const changes = gathered;
    gathered = null;
    finishStep(changes);
  }
}

export class Steps {
  constructor(form, cells) {
    this.known = new Map();
    this.done = [];
    this.undone = [];
    this.isReplaying = false;
    finishStep = (changes) => this.add({ changes });
    const look = () => cells.controls.forEach((control) => this.known.set(control, control.value));
    look();
    form.addEventListener("input", (event) => this.note(event));
    form.addEventListener("focusin", () => this.close());
    // What others wrote without asking: the saved text, what the browser remembers of the page.
    form.addEventListener("grid:settled", look);
    window.addEventListener("pageshow", look);
  }

  note(event) {
    const control = event.target;
    if (!this.known.has(control) || this.known.get(control) === control.value) return;
    const change = { control, before: this.known.get(control), after: control.value };
    this.known.set(control, control.value);
    if (this.isReplaying) return;
    if (gathered) gathered.push(change);
    else this.type(change, event);
  }

  /* Typing on in a cell belongs to the same step, in a long text until one pauses. */
  type(change, event) {
    const last = this.done.at(-1);
    if (last?.isOpen && last.changes[0].control === change.control && isSameStep(last, event)) {
      last.changes[0].after = change.after;
      last.at = event.timeStamp;
      if (last.changes[0].before === change.after) this.done.pop();
      return;
    }
    this.add({ changes: [change], isOpen: true, at: event.timeStamp });
  }

  add(step) {
    if (step.changes.length === 0) return;
    this.close();
    this.done.push(step);
    this.undone = [];
    if (this.done.length > MOST_STEPS) this.done.shift();
  }

  close() {
    if (this.done.length) this.done.at(-1).isOpen = false;
  }

  /* Both answer which cells they changed. */
  undo() {
    return this.replay(this.done, this.undone, "before");
  }

  redo() {
    return this.replay(this.undone, this.done, "after");
  }

  replay(from, to, side) {
    this.close();
    const step = from.pop();
    if (!step) return [];
    to.push(step);
    const changes = side === "before" ? step.changes.slice().reverse() : step.changes;
    this.isReplaying = true;
    for (const change of changes) {
      change.control.value = change[side];
      change.control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.isReplaying = false;
    return step.changes.map(({ control }) => control);
  }
}

function isSameStep(last, event) {
  const { tagName } = event.target;
  if (tagName === "INPUT" || event.isComposing) return true;
  const isTyping = Boolean(event.inputType);
  return event.timeStamp - last.at < (isTyping ? PAUSE_MS : REWRITING_MS);
}
