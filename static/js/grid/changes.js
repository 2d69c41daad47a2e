/* What stands in the cells, against what the server is known to hold. */

export class Changes {
  constructor(form, cells) {
    this.controls = cells.controls;
    this.bases = new Map(
      this.controls.map((control) => [control, form.elements[`initial-${control.name}`]]),
    );
    this.asTyped = new Map();
  }

  has(control) {
    return this.bases.has(control);
  }

  baseOf(control) {
    return this.bases.get(control)?.value ?? "";
  }

  rebase(control, value) {
    const base = this.bases.get(control);
    if (base) base.value = value;
  }

  isUnsaved(control) {
    return control.value !== this.baseOf(control) && control.value !== this.asTyped.get(control);
  }

  get unsaved() {
    return this.controls.filter((control) => this.isUnsaved(control));
  }

  /* The server has it, perhaps written a little differently ("Em  " as "Em"); the cell follows
     once nobody writes in it any more. */
  keep(control, typed, value) {
    this.rebase(control, value);
    this.asTyped.delete(control);
    if (control.value !== typed) return;
    if (control === document.activeElement) this.asTyped.set(control, typed);
    else control.value = value;
  }

  tidy(control) {
    if (control.value === this.asTyped.get(control)) control.value = this.baseOf(control);
    this.asTyped.delete(control);
  }
}
