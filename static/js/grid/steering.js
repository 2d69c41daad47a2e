/* Carries out what the keys command. */

import { takes, write } from "./cells.js";
import { commandFor } from "./keys.js";
import { asOneStep } from "./undo.js";

/* Closer together than fingers can type: an input method writes a letter anew ("ddd"). */
const REWRITING_MS = 25;

export function steer(form, parts) {
  const steering = new Steering(form, parts);
  form.addEventListener("focusin", ({ target }) => steering.enter(target));
  form.addEventListener("keydown", (event) => steering.press(event));
  form.addEventListener("click", (event) => steering.click(event));
  form.addEventListener("beforeinput", (event) => steering.menu(event));
  return steering;
}

class Steering {
  constructor(form, { cells, selection, steps, hints, rules, keySheet }) {
    Object.assign(this, { form, cells, selection, steps, hints, rules, keySheet });
    this.valueOnEntry = "";
    this.lastLevelAt = -Infinity;
    this.advance = null;
    this.clicked = null;
  }

  enter(control) {
    if (this.cells.places.has(control)) this.valueOnEntry = control.value;
    this.clicked = control;
  }

  /* A command answers false when the key is to do what it does everywhere. */
  press(event) {
    const control = event.target;
    if (!this.cells.places.has(control)) return;
    const { advance } = this;
    if (!isModifier(event)) this.advance = null;
    const command = commandFor(event, control, this.rules, this.selection.hasBlock);
    if (!command) return;
    if (this[command.name](control, command, event, advance) !== false) event.preventDefault();
  }

  /* A first click into a short text selects it, to be typed over. */
  click({ target, detail }) {
    if (target !== this.clicked || target.tagName !== "INPUT" || detail > 1) return;
    this.clicked = null;
    if (target.selectionStart === target.selectionEnd) target.select();
  }

  /* The browser's own undo, from its menus, knows nothing of what keys have written. */
  menu(event) {
    const names = { historyUndo: "undo", historyRedo: "redo" };
    if (!(event.inputType in names)) return;
    event.preventDefault();
    this[names[event.inputType]]();
  }

  vertical(control, { step }) {
    this.selection.collapse();
    moveTo(this.cells.inColumn(control, step), step);
  }

  horizontal(control, { step }) {
    this.selection.collapse();
    moveTo(this.cells.inRow(control, step), step);
  }

  end(control, { step }) {
    this.selection.collapse();
    moveTo(this.cells.endOfRow(control, step), step);
  }

  corner(control, { step }) {
    this.selection.collapse();
    moveTo(this.cells.endOfSheet(step), step);
  }

  page(control, { step }) {
    this.selection.collapse();
    moveTo(this.cells.onPage(control, step), step);
  }

  extend(control, { rows, columns }) {
    this.selection.extend(rows, columns);
  }

  extendByPage(control, { step }) {
    this.selection.extendByPage(step);
  }

  selectAll() {
    this.selection.selectAll();
  }

  collapse() {
    this.selection.collapse();
  }

  /* Of a block every level is set; else the one, and on to the next pupil. */
  level(control, { level }, event) {
    if (level && this.isRewriting(event)) return;
    if (this.selection.hasBlock) {
      this.fill(this.selection.controls.filter(isLevel), () => level);
      return;
    }
    write(control, level);
    if (level) moveTo(this.cells.inColumn(control, 1), 1);
  }

  isRewriting({ timeStamp }) {
    const isRewriting = timeStamp - this.lastLevelAt < REWRITING_MS;
    this.lastLevelAt = timeStamp;
    return isRewriting;
  }

  refuseLevel(control, { typed }) {
    this.hints.show(control, "level", typed);
  }

  score(control, { score }) {
    this.selection.collapse();
    write(control, score);
    const next = this.cells.inColumn(control, 1);
    if (!next) control.select();
    moveTo(next, 1);
    this.advance = { from: control, to: next ?? control };
  }

  /* "9" has moved on already when "," follows: the number is written where it began. */
  separator(control, { separator }, event, advance) {
    if (advance?.to !== control) return false;
    this.advance = null;
    const { from } = advance;
    from.focus();
    write(from, from.value + separator);
    from.setSelectionRange(from.value.length, from.value.length);
    return true;
  }

  clear() {
    this.fill(this.selection.controls, () => "");
  }

  /* A block from its first row; a single cell from the one above it. */
  fillDown(control) {
    const rows = this.selection.hasBlock
      ? this.selection.rows
      : [[this.cells.inColumn(control, -1)], [control]];
    const [first, ...others] = rows;
    asOneStep(() => {
      for (const row of others) {
        row.forEach((cell, index) => cell && first[index] && change(cell, first[index].value));
      }
    });
  }

  fill(controls, valueOf) {
    asOneStep(() => controls.forEach((control) => change(control, valueOf(control))));
  }

  undo() {
    this.show(this.steps.undo());
  }

  redo() {
    this.show(this.steps.redo());
  }

  show(controls) {
    if (controls.length === 0) return;
    moveTo(controls[0], 1);
    this.selection.coverControls(controls);
  }

  newline(control) {
    control.setRangeText("\n", control.selectionStart, control.selectionEnd, "end");
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  restore(control) {
    if (control.value !== this.valueOnEntry) write(control, this.valueOnEntry);
  }

  help() {
    this.keySheet.open();
  }

  save() {
    this.form.requestSubmit();
  }
}

function change(control, value) {
  if (control.value !== value && !control.disabled && takes(control, value)) write(control, value);
}

function isLevel(control) {
  return control.dataset.kind === "level";
}

function isModifier({ key }) {
  return ["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"].includes(key);
}

/* A short text is selected, to be typed over; in a comment the caret stands where one came in. */
export function moveTo(control, step) {
  if (!control) return;
  control.focus();
  if (control.tagName === "INPUT") control.select();
  if (control.tagName === "TEXTAREA") {
    const caret = step < 0 ? 0 : control.value.length;
    control.setSelectionRange(caret, caret);
  }
}
