/* Carries out what the keys command. */

import { commandFor } from "./keys.js";

/* Closer together than fingers can type: an input method writes a letter anew ("ddd"). */
const REWRITING_MS = 25;

export function steer(form, cells) {
  const steering = new Steering(form, cells);
  form.addEventListener("focusin", ({ target }) => steering.enter(target));
  form.addEventListener("keydown", (event) => steering.press(event));
}

class Steering {
  constructor(form, cells) {
    this.form = form;
    this.cells = cells;
    this.valueOnEntry = "";
    this.lastLevelAt = -Infinity;
  }

  enter(control) {
    if (this.cells.places.has(control)) this.valueOnEntry = control.value;
  }

  press(event) {
    const control = event.target;
    if (!this.cells.places.has(control)) return;
    const command = commandFor(event, control);
    if (!command) return;
    event.preventDefault();
    this[command.name](control, command, event);
  }

  vertical(control, { step }) {
    moveTo(this.cells.inColumn(control, step), step);
  }

  horizontal(control, { step }) {
    moveTo(this.cells.inRow(control, step), step);
  }

  end(control, { step }) {
    moveTo(this.cells.endOfRow(control, step), step);
  }

  level(control, { level }, event) {
    if (level) {
      const isRewriting = event.timeStamp - this.lastLevelAt < REWRITING_MS;
      this.lastLevelAt = event.timeStamp;
      if (isRewriting) return;
    }
    write(control, level);
    if (level) moveTo(this.cells.inColumn(control, 1), 1);
  }

  newline(control) {
    control.setRangeText("\n", control.selectionStart, control.selectionEnd, "end");
    announce(control);
  }

  restore(control) {
    write(control, this.valueOnEntry);
  }

  save() {
    this.form.requestSubmit();
  }
}

function write(control, value) {
  control.value = value;
  announce(control);
}

function announce(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/* A short text is selected, to be typed over; in a comment the caret stands where one came in. */
function moveTo(control, step) {
  if (!control) return;
  control.focus();
  if (control.tagName === "INPUT") control.select();
  if (control.tagName === "TEXTAREA") {
    const caret = step < 0 ? 0 : control.value.length;
    control.setSelectionRange(caret, caret);
  }
}
