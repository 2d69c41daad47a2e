/* The block of cells that is selected: around the cell with the focus, which is its anchor. */

const EDGES = ["top", "bottom", "left", "right"];

export class Selection {
  constructor(form, cells) {
    this.cells = cells;
    this.anchor = null;
    this.block = null;
    this.drawn = [];
    this.line = form.querySelector("[data-grid-selection]");
    form.addEventListener("focusin", ({ target }) => this.enter(target));
    form.addEventListener("beforeinput", () => this.collapse());
    form.addEventListener("mousedown", (event) => this.point(event));
  }

  get hasBlock() {
    return this.block !== null;
  }

  get place() {
    return this.cells.places.get(this.anchor);
  }

  /* One array of controls a row; null where the pupil has none. */
  get rows() {
    const { from, to } = this.block ?? { from: this.place, to: this.place };
    const columns = this.cells.columns.filter(between(from.column, to.column));
    const rows = this.cells.rows.map((_, index) => index).filter(between(from.row, to.row));
    return rows.map((row) => columns.map((column) => this.cells.at(row, column)));
  }

  get controls() {
    return this.rows.flat().filter(Boolean);
  }

  get corner() {
    const { from, to } = this.block ?? { from: this.place, to: this.place };
    return { row: Math.min(from.row, to.row), column: Math.min(from.column, to.column) };
  }

  enter(control) {
    if (control === this.anchor || !this.cells.places.has(control)) return;
    this.collapse();
    this.anchor = control;
  }

  collapse() {
    if (this.hasBlock) this.cover(null);
  }

  extend(rows, columns) {
    const { row, column } = this.block?.to ?? this.place;
    const index = this.cells.columns.indexOf(column) + columns;
    const last = this.cells.columns.length - 1;
    this.reach({
      row: this.cells.rowWithin(row + rows),
      column: this.cells.columns[Math.min(Math.max(index, 0), last)],
    });
  }

  extendByPage(step) {
    const { row } = this.block?.to ?? this.place;
    this.extend(this.cells.rowOnPage(row, step) - row, 0);
  }

  reach(to) {
    const from = this.block?.from ?? this.place;
    this.cover(isSame(from, to) ? null : { from, to });
    const cell = this.cells.pupils[to.row].cells[to.column];
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /* The column, then the whole sheet; the focus stays where it is. */
  selectAll() {
    const { column } = this.place;
    const last = this.cells.rows.length - 1;
    const whole = { from: { row: 0, column }, to: { row: last, column } };
    const isWhole = this.hasBlock && isSame(this.block.from, whole.from)
      && isSame(this.block.to, whole.to);
    if (isWhole) {
      whole.from.column = this.cells.columns[0];
      whole.to.column = this.cells.columns.at(-1);
    }
    this.cover(whole);
  }

  /* The smallest block that holds these controls. */
  coverControls(controls) {
    const places = controls.map((control) => this.cells.places.get(control));
    const rows = places.map(({ row }) => row);
    const columns = places.map(({ column }) => column);
    const from = { row: Math.min(...rows), column: Math.min(...columns) };
    const to = { row: Math.max(...rows), column: Math.max(...columns) };
    this.cover(isSame(from, to) ? null : { from, to });
  }

  /* With Shift a click says how far the block goes; inside the same text it selects letters. */
  point(event) {
    const cell = event.target.closest(".grid__row > td");
    const isText = event.target === this.anchor && this.anchor?.tagName === "TEXTAREA";
    if (!event.shiftKey || !this.anchor || isText || !this.cells.columns.includes(cell?.cellIndex)) {
      this.collapse();
      return;
    }
    event.preventDefault(); // neither does the focus move nor a list of levels open
    const row = this.cells.pupils.indexOf(cell.parentElement);
    this.reach({ row, column: cell.cellIndex });
  }

  cover(block) {
    this.block = block;
    for (const cell of this.drawn) delete cell.dataset.selected;
    this.drawn = block ? this.cellsOf(block) : [];
    this.drawn.forEach((cell) => {
      cell.dataset.selected = this.edgesOf(cell);
    });
    this.say();
  }

  cellsOf({ from, to }) {
    const isColumn = between(from.column, to.column);
    const columns = this.cells.columns.filter(isColumn);
    return this.cells.pupils
      .filter((_, row) => between(from.row, to.row)(row))
      .flatMap((pupil) => columns.map((column) => pupil.cells[column]));
  }

  edgesOf(cell) {
    const { from, to } = this.block;
    const row = this.cells.pupils.indexOf(cell.parentElement);
    const column = cell.cellIndex;
    const isEdge = {
      top: row === Math.min(from.row, to.row),
      bottom: row === Math.max(from.row, to.row),
      left: column === Math.min(from.column, to.column),
      right: column === Math.max(from.column, to.column),
    };
    return EDGES.filter((edge) => isEdge[edge]).join(" ");
  }

  say() {
    this.line.hidden = !this.hasBlock;
    const [rows, columns] = [this.rows.length, this.rows[0]?.length ?? 0];
    this.line.textContent = this.hasBlock
      ? this.line.dataset.sentence.replace("{rows}", rows).replace("{columns}", columns)
      : "";
  }
}

function between(one, other) {
  const [least, most] = [Math.min(one, other), Math.max(one, other)];
  return (value) => least <= value && value <= most;
}

function isSame(one, other) {
  return one.row === other.row && one.column === other.column;
}
