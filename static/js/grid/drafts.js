/* What is typed and not saved lies sealed in this browser until the server has it. */

import { labelOf, nameOf } from "./notes.js";

const WRITING_MS = 50;

export class Drafts {
  constructor(form, changes) {
    this.form = form;
    this.changes = changes;
    this.pending = new Set();
    this.kept = new Map();
    this.store = null;
    this.timer = null;
    this.isWriting = false;
    this.writing = Promise.resolve();
    form.addEventListener("input", ({ target }) => this.note([target]));
    form.addEventListener("grid:settled", () => this.note(changes.controls));
  }

  /* What was typed before the key came is written now. */
  start(store) {
    this.store = store;
    this.flush();
  }

  note(controls) {
    for (const control of controls) {
      if (this.changes.has(control) && !this.isUpToDate(control)) this.pending.add(control);
    }
    this.tell();
    if (this.pending.size && !this.timer) {
      this.timer = setTimeout(() => this.flush(), WRITING_MS);
    }
  }

  /* For whoever has to wait, tests above all: a slow disk takes longer than any fixed time. */
  tell() {
    this.form.toggleAttribute("data-writing-drafts", this.pending.size > 0 || this.isWriting);
  }

  isUpToDate(control) {
    return this.changes.isUnsaved(control) ? this.isKept(control) : !this.kept.has(control);
  }

  isKept(control) {
    return this.kept.get(control) === control.value;
  }

  /* One after the other: a text never overtakes the one that was typed after it. */
  flush() {
    clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  async write() {
    if (!this.store || !this.pending.size) return;
    const controls = Array.from(this.pending);
    this.pending.clear();
    this.isWriting = true;
    await this.keep(controls);
    this.isWriting = false;
    this.tell();
  }

  async keep(controls) {
    const unsaved = controls.filter((control) => this.changes.isUnsaved(control));
    const saved = controls.filter((control) => !this.changes.isUnsaved(control));
    const drafts = unsaved.map((control) => this.draftOf(control));
    try {
      await this.store.change(drafts, saved.map(({ name }) => name));
    } catch (error) {
      this.store.fail(error);
      return;
    }
    unsaved.forEach((control, index) => this.kept.set(control, drafts[index].text));
    for (const control of saved) this.kept.delete(control);
  }

  draftOf(control) {
    return {
      cell: control.name,
      pupil: nameOf(control),
      field: labelOf(control),
      base: this.changes.baseOf(control),
      text: control.value,
    };
  }
}
