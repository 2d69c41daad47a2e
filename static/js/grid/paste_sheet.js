/* The dialog that shows a pasted block: what changes, what is refused, and where it goes. */

import { rememberCaret } from "./caret.js";

const MOST_LEFT_OVER = 12;

export class PasteSheet {
  constructor(dialog) {
    this.dialog = dialog;
    this.summary = this.part("summary");
    this.table = this.part("table");
    this.confirm = this.part("confirm");
    this.prose = this.part("prose");
    this.part("cancel").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => this.giveBack());
  }

  get isOpen() {
    return this.dialog.open;
  }

  part(name) {
    return this.dialog.querySelector(`[data-paste-${name}]`);
  }

  template(name) {
    return this.part(`${name}-template`).content.firstElementChild.cloneNode(true);
  }

  sentence(name, values) {
    const text = this.dialog.querySelector(`[data-sentence="${name}"]`)?.textContent ?? "";
    return text.trim().replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  whenConfirmed(act) {
    this.confirm.addEventListener("click", () => this.closeAnd(act));
  }

  whenProse(act) {
    this.prose.addEventListener("click", () => this.closeAnd(act));
  }

  /* The cell has the focus again before anything is written. */
  closeAnd(act) {
    this.dialog.close();
    this.giveBack();
    this.giveBack = () => {};
    act();
  }

  wait(isProse) {
    for (const name of ["table", "left", "facts", "unasked", "confirm"]) this.part(name).hidden = true;
    this.prose.hidden = !isProse;
    this.summary.textContent = this.sentence("waiting", {});
    if (!this.isOpen) this.giveBack = rememberCaret();
    if (!this.isOpen) this.dialog.showModal();
    this.part("title").focus();
  }

  show({ by, headings, unknownColumns, lines, cells, isAsked }) {
    const count = (fate) => cells.filter((cell) => cell.fate === fate).length;
    const changes = count("changes");
    this.summary.textContent = this.sentence("summary", {
      changes,
      unchanged: count("unchanged"),
      refused: count("refused"),
    });
    this.part("unasked").hidden = isAsked || cells.length === 0;
    this.list("facts", this.factsOf(by, headings, unknownColumns));
    this.list("left", this.leftOver(lines));
    this.fillTable(cells);
    this.confirm.querySelector("[data-paste-label]").textContent = this.sentence("confirm", { count: changes });
    this.confirm.hidden = changes === 0;
    (changes ? this.confirm : this.part("cancel")).focus();
  }

  factsOf(by, headings, unknownColumns) {
    const facts = [this.sentence(`by_${by}`, {})];
    if (headings) facts.push(this.sentence("headings", { count: headings }));
    for (const { from, title } of unknownColumns) {
      facts.push(this.sentence("unknown_column", { title: title || from + 1 }));
    }
    return facts;
  }

  leftOver(lines) {
    const left = lines.filter(({ row, why }) => row === null && why !== "blank");
    const sentences = left.slice(0, MOST_LEFT_OVER).map(({ number, label, why }) =>
      this.sentence("line", { number, label: label.slice(0, 60), why: this.sentence(why, {}) }));
    const more = left.length - MOST_LEFT_OVER;
    return more > 0 ? [...sentences, this.sentence("more_lines", { count: more })] : sentences;
  }

  list(name, sentences) {
    const list = this.part(name);
    list.hidden = sentences.length === 0;
    const entries = sentences.map((sentence) => {
      const entry = document.createElement("li");
      entry.textContent = sentence;
      return entry;
    });
    (list.querySelector("ul") ?? list).replaceChildren(...entries);
  }

  fillTable(cells) {
    const columns = [...new Map(cells.map(({ column, label }) => [column, label]))];
    columns.sort(([one], [other]) => one - other);
    this.table.hidden = cells.length === 0;
    const head = this.table.querySelector("thead tr");
    while (head.cells.length > 1) head.lastElementChild.remove();
    head.append(...columns.map(([, label]) => this.headingOf(label)));
    const rows = new Map();
    for (const cell of cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
    const sorted = Array.from(rows.keys()).sort((one, other) => one - other);
    this.table.querySelector("tbody").replaceChildren(
      ...sorted.map((row) => this.rowOf(rows.get(row), columns)),
    );
  }

  headingOf(label) {
    const heading = document.createElement("th");
    heading.scope = "col";
    heading.textContent = label;
    return heading;
  }

  rowOf(cells, columns) {
    const row = document.createElement("tr");
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = cells[0].pupil;
    const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
    row.append(name, ...columns.map(([column]) => this.cellOf(byColumn.get(column))));
    return row;
  }

  cellOf(cell) {
    const shown = this.template(cell ? cell.fate : "blank");
    if (!cell) return shown;
    const texts = { old: cell.old, value: cell.value, sentence: cell.sentence || cell.warning };
    for (const element of shown.querySelectorAll("[data-part]")) {
      element.textContent = texts[element.dataset.part];
      if (!element.textContent) element.hidden = true;
    }
    return shown;
  }
}
