/* What is not saved yet: counted at the foot, marked in its row, and asked about on leaving. */

export function watchChanges(form, cells) {
  const changes = new Changes(form, cells);
  form.addEventListener("input", () => changes.show());
  form.addEventListener("change", () => changes.show());
  form.addEventListener("submit", () => changes.leave());
  window.addEventListener("beforeunload", (event) => changes.ask(event));
  // The page may come back from the browser's memory with what was typed before.
  window.addEventListener("pageshow", () => changes.show());
}

class Changes {
  constructor(form, cells) {
    this.form = form;
    this.cells = cells;
    this.line = form.querySelector("[data-grid-unsaved]");
    this.mark = form.querySelector("template[data-changed-row]");
    this.isLeaving = false;
    this.storedMarks = new Map();
  }

  get changed() {
    return this.cells.controls.filter((control) => control.value !== this.baseOf(control));
  }

  baseOf(control) {
    return this.form.elements[`initial-${control.name}`]?.value ?? "";
  }

  show() {
    this.isLeaving = false;
    const { changed } = this;
    this.line.hidden = changed.length === 0;
    this.line.textContent = changed.length
      ? this.form.dataset.unsaved.replace("{count}", changed.length)
      : "";
    const rows = new Set(changed.map((control) => control.closest("tr")));
    for (const row of this.form.querySelectorAll(".grid__row")) this.showRow(row, rows.has(row));
  }

  /* Rows that wait for a correction or a choice keep saying so. */
  showRow(row, isChanged) {
    const state = row.querySelector(".grid__state");
    if (row.matches(".grid__row--invalid, .grid__row--conflict, .grid__row--locked")) return;
    if (!this.storedMarks.has(row)) this.storedMarks.set(row, Array.from(state.childNodes));
    if (isChanged === (state.dataset.isChanged === "true")) return;
    state.dataset.isChanged = isChanged;
    const marks = isChanged ? [this.mark.content.cloneNode(true)] : this.storedMarks.get(row);
    state.replaceChildren(...marks);
  }

  leave() {
    this.isLeaving = true;
  }

  ask(event) {
    if (!this.isLeaving && this.changed.length) event.preventDefault();
  }
}
