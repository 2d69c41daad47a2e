/* The state of each row in words: what waits, what has to be mended, what is saved, what lacks. */

const LEFT_ALONE = ".grid__row--locked";

export class RowMarks {
  constructor(form, { changes, conflicts, refusals }) {
    Object.assign(this, { form, changes, conflicts, refusals });
    this.owed = new Set((form.dataset.owed ?? "").split(" ").filter(Boolean));
    this.rows = Array.from(form.querySelectorAll(".grid__row")).filter(
      (row) => !row.matches(LEFT_ALONE),
    );
    this.controlsOf = new Map(this.rows.map((row) => [row, controlsOf(row, changes)]));
    this.shown = new Map();
    form.addEventListener("grid:settled", ({ detail }) => {
      for (const cell of detail.cells) if (cell.fate === "saved") this.noteSaved(cell.pupil);
    });
    this.savedPupils = new Set();
  }

  noteSaved(pupil) {
    this.savedPupils.add(`row-${pupil}`);
  }

  show(isWaiting) {
    for (const row of this.rows) this.showRow(row, this.stateOf(row, isWaiting));
  }

  stateOf(row, isWaiting) {
    const controls = this.controlsOf.get(row);
    if (controls.some((control) => this.conflicts.isUndecided(control))) return "conflict";
    if (controls.some((control) => this.refusals.refused.has(control))) return "invalid";
    const isUnsaved = controls.some((control) => this.changes.isUnsaved(control));
    if (isUnsaved) return isWaiting ? "waiting" : "changed";
    if (!this.savedPupils.has(row.id)) return "as-loaded";
    return this.lacksSomething(controls) ? "missing" : "saved";
  }

  lacksSomething(controls) {
    const isExempt = controls.some(
      ({ dataset, value }) => dataset.kind === "level" && value === this.form.dataset.exempt,
    );
    return controls.some(
      ({ name, dataset, value }) =>
        !value && this.owed.has(fieldOf(name)) && !(isExempt && dataset.kind === "score"),
    );
  }

  showRow(row, state) {
    const cell = row.querySelector(".grid__state");
    const before = this.shown.get(row) ?? { state: "as-loaded", loaded: Array.from(cell.childNodes) };
    if (before.state === state) return;
    this.shown.set(row, { ...before, state });
    const mark = this.form.querySelector(`template[data-row-state="${state}"]`);
    cell.replaceChildren(...(mark ? [mark.content.cloneNode(true)] : before.loaded));
  }

  /* How many pupils still lack something, once it is known for every row. */
  get lackingCount() {
    return this.rows.filter((row) => this.lacksSomething(this.controlsOf.get(row))).length;
  }
}

function controlsOf(row, changes) {
  return Array.from(row.querySelectorAll(".grid__control")).filter((control) =>
    changes.has(control),
  );
}

function fieldOf(name) {
  return name.slice(name.indexOf("-") + 1);
}
