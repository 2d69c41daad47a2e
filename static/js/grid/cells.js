/* The controls of the table as a sheet of rows and columns. */

export class Cells {
  constructor(table) {
    this.table = table;
    this.pupils = Array.from(table.querySelectorAll("tbody .grid__row"));
    this.rows = this.pupils.map(controlsByColumn);
    this.places = new Map();
    this.rows.forEach((row, index) => {
      for (const [column, control] of row) this.places.set(control, { row: index, column });
    });
    const columns = new Set(this.rows.flatMap((row) => Array.from(row.keys())));
    this.columns = Array.from(columns).sort((one, other) => one - other);
    table.addEventListener("click", ({ target, shiftKey }) => {
      if (target.matches("td") && !shiftKey) target.querySelector(".grid__control")?.focus();
    });
  }

  get controls() {
    return Array.from(this.places.keys());
  }

  at(row, column) {
    return this.rows[row]?.get(column) ?? null;
  }

  kindOf(column) {
    return this.rows.find((row) => row.has(column))?.get(column).dataset.kind;
  }

  /* The next control of the column in a direction; locked pupils are stepped over. */
  inColumn(control, step) {
    const { row, column } = this.places.get(control);
    for (let index = row + step; this.rows[index]; index += step) {
      if (this.rows[index].has(column)) return this.rows[index].get(column);
    }
    return null;
  }

  inRow(control, step) {
    const row = this.rowOf(control);
    return row[row.indexOf(control) + step] ?? null;
  }

  endOfRow(control, step) {
    return this.rowOf(control).at(step < 0 ? 0 : -1);
  }

  endOfSheet(step) {
    return this.controls.at(step < 0 ? 0 : -1);
  }

  /* As far as one screen goes; at the end of the class, its last pupil. */
  onPage(control, step) {
    const { row, column } = this.places.get(control);
    for (let index = this.rowOnPage(row, step); index !== row; index -= step) {
      if (this.rows[index].has(column)) return this.rows[index].get(column);
    }
    return control;
  }

  rowOnPage(row, step) {
    const frame = this.table.closest(".grid-frame");
    const height = this.table.tBodies[0].offsetHeight / this.rows.length;
    const shown = Math.max(1, Math.floor(frame.clientHeight / height) - 1);
    return this.rowWithin(row + step * shown);
  }

  rowWithin(row) {
    return Math.min(Math.max(row, 0), this.rows.length - 1);
  }

  rowOf(control) {
    return Array.from(this.rows[this.places.get(control).row].values());
  }
}

/* Whoever is interested in a cell's value listens to this event. */
export function write(control, value) {
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/* A list of levels takes none but its own. */
export function takes(control, value) {
  if (control.tagName !== "SELECT") return true;
  return Array.from(control.options).some((option) => option.value === value);
}

function controlsByColumn(row) {
  const controls = new Map();
  for (const cell of row.cells) {
    const control = cell.querySelector(".grid__control");
    if (control) controls.set(cell.cellIndex, control);
  }
  return controls;
}
