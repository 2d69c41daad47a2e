/* Cells that the server refused: the sentence stands under the row, the text stays in the cell. */

import { copyOf, labelOf } from "./notes.js";

export class Refusals {
  constructor(form, changes, notes) {
    this.form = form;
    this.changes = changes;
    this.notes = notes;
    this.refused = new Map();
    this.warnings = new Map();
    for (const control of changes.controls) this.adopt(control);
  }

  /* What a page without this script was told when it was sent as a form. */
  adopt(control) {
    const note = document.getElementById(errorId(control));
    if (note) this.refused.set(control, { text: control.value, note });
  }

  /* The same text would be refused again. */
  stands(control) {
    return this.refused.get(control)?.text === control.value;
  }

  refuse(control, sentence) {
    this.clear(control);
    const note = this.write("grid-error", control, sentence);
    note.id = errorId(control);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", note.id);
    this.refused.set(control, { text: control.value, note });
  }

  /* Saved all the same. */
  warn(control, sentence) {
    this.warnings.set(control, this.write("grid-warning", control, sentence));
  }

  write(template, control, sentence) {
    const note = copyOf(this.form, template);
    note.querySelector("[data-sentence]").textContent = `${labelOf(control)}: ${sentence}`;
    this.notes.add(control, note);
    return note;
  }

  clear(control) {
    const { note } = this.refused.get(control) ?? {};
    const warning = this.warnings.get(control);
    this.refused.delete(control);
    this.warnings.delete(control);
    if (note) {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
      this.notes.remove(note);
    }
    if (warning) this.notes.remove(warning);
  }

  /* What was refused because of another cell of the pupil may pass once that one has changed. */
  reconsider(control) {
    const row = control.closest("tr");
    const others = Array.from(this.refused.keys()).filter(
      (other) => other !== control && other.closest("tr") === row,
    );
    for (const other of others) this.refused.get(other).text = null;
    return others;
  }

  get count() {
    return this.refused.size;
  }
}

function errorId(control) {
  return `${control.id}_error`;
}
