/* The controls of the table as a sheet of rows and columns. */

export class Cells {
  constructor(table) {
    this.rows = Array.from(table.querySelectorAll("tbody .grid__row"), controlsByColumn);
    this.places = new Map();
    this.rows.forEach((row, index) => {
      for (const [column, control] of row) this.places.set(control, { row: index, column });
    });
    table.addEventListener("click", ({ target }) => {
      if (target.matches("td")) target.querySelector(".grid__control")?.focus();
    });
  }

  get controls() {
    return Array.from(this.places.keys());
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

  rowOf(control) {
    return Array.from(this.rows[this.places.get(control).row].values());
  }
}

function controlsByColumn(row) {
  const controls = new Map();
  for (const cell of row.cells) {
    const control = cell.querySelector(".grid__control");
    if (control) controls.set(cell.cellIndex, control);
  }
  return controls;
}
