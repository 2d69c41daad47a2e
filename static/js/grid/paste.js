/* A pasted block, shown cell by cell before it is written. */

import { takes, write } from "./cells.js";
import { insert } from "./clipboard.js";
import { matchBlock } from "./matching.js";
import { PasteSheet } from "./paste_sheet.js";
import { asHeld, scoreRefusal } from "./typed.js";
import { asOneStep } from "./undo.js";

const PATIENCE_MS = 8000;
const FIRST_COLUMN = 2; // number and name stand before the cells

export class Preview {
  constructor(form, { cells, selection, rules }) {
    Object.assign(this, { form, cells, selection, rules });
    this.sheet = new PasteSheet(document.querySelector("dialog[data-paste]"));
    this.sheet.whenConfirmed(() => this.apply());
    this.sheet.whenProse(() => insert(this.selection.anchor, this.prose));
    this.number = 0;
  }

  async open(rows, { place, prose }) {
    const start = { row: place.row, column: place.column - FIRST_COLUMN };
    const match = matchBlock(rows, this.described(), start);
    this.prose = prose;
    this.pasted = match.lines.filter(({ row }) => row !== null).flatMap((line) => this.cellsOf(line));
    this.number += 1;
    const { number } = this;
    this.sheet.wait(Boolean(prose));
    const answered = await this.ask();
    if (number !== this.number || !this.sheet.isOpen) return;
    this.pasted.forEach((cell, index) => this.judge(cell, answered?.[index]));
    this.sheet.show({ ...match, cells: this.pasted, isAsked: answered !== null });
  }

  get headings() {
    return Array.from(this.cells.table.querySelectorAll("thead th[data-field]"));
  }

  described() {
    const { dataset } = this.sheet.dialog;
    return {
      pupils: this.cells.pupils.map((pupil) => ({
        code: pupil.dataset.ministryCode ?? "",
        name: pupil.dataset.name,
      })),
      columns: this.headings.map((heading) => [heading.dataset.label, heading.textContent]),
      words: dataset.headingWords.split(";"),
    };
  }

  cellsOf({ row, cells }) {
    return cells.map(({ column, text }) => {
      const control = this.cells.at(row, column + FIRST_COLUMN);
      const { field, label } = this.headings[column].dataset;
      const pupil = this.cells.pupils[row];
      return {
        row,
        column,
        control,
        field,
        label,
        pupil: pupil.dataset.name,
        pupilId: Number(pupil.id.replace("row-", "")),
        typed: asHeld(text, this.cells.kindOf(column + FIRST_COLUMN), this.rules.levels),
      };
    });
  }

  /* The server's rules decide; null when it cannot be asked. */
  async ask() {
    const { cellsUrl } = this.form.dataset;
    if (!cellsUrl || this.pasted.length === 0) return null;
    const cells = this.pasted.map(({ pupilId, field, typed }) => ({ pupil: pupilId, field, typed }));
    try {
      const response = await fetch(cellsUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
        body: JSON.stringify({ preview: true, cells }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return response.ok ? (await response.json()).cells : null;
    } catch {
      return null;
    }
  }

  /* What the cell shows now may differ from what is stored: it is what would be overwritten. */
  judge(cell, answer) {
    cell.old = cell.control?.value ?? answer?.value ?? "";
    cell.sentence = answer?.sentence ?? "";
    cell.warning = answer?.warning ?? "";
    const isRefused = answer ? answer.fate === "refused" : this.refuses(cell);
    cell.value = answer && !isRefused ? answer.value : cell.typed;
    if (isRefused || !cell.control) cell.fate = "refused";
    else cell.fate = cell.value === cell.old ? "unchanged" : "changes";
  }

  /* Without the server: what the page itself knows; the rest is judged when it is saved. */
  refuses(cell) {
    const { control, typed } = cell;
    const why = this.whyRefused(control, typed);
    cell.sentence = (this.rules.refusals.get(why) ?? "").replace("{typed}", typed.slice(0, 40));
    return why !== null;
  }

  whyRefused(control, typed) {
    if (!control) return "locked";
    if (!takes(control, typed)) return "level";
    return control.dataset.kind === "score" ? scoreRefusal(typed, this.rules.scale) : null;
  }

  apply() {
    const changed = this.pasted.filter(({ fate }) => fate === "changes");
    asOneStep(() => changed.forEach(({ control, value }) => write(control, value)));
    const controls = this.pasted.map(({ control }) => control).filter(Boolean);
    this.selection.coverControls(controls);
  }
}

function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]*)/)?.[1] ?? "";
}
