/* Copies, cuts and pastes cells; one text within one cell is the browser's own business. */

import { levelOf } from "./typed.js";
import { write } from "./cells.js";
import { parseTsv, printTsv, rowsOfHtml } from "./tsv.js";

export function watchClipboard(parts) {
  const clipboard = new Clipboard(parts);
  // A list of levels is no text: the browser may send its events to the page as a whole.
  for (const name of ["copy", "cut", "paste"]) {
    document.addEventListener(name, (event) => clipboard.meet(name, event));
  }
}

class Clipboard {
  constructor({ cells, selection, hints, rules, preview, steering }) {
    Object.assign(this, { cells, selection, hints, rules, preview, steering });
  }

  meet(name, event) {
    const control = document.activeElement;
    if (!event.clipboardData || !this.cells.places.has(control)) return;
    if (this[name](control, event.clipboardData) !== false) event.preventDefault();
  }

  copy(control, data) {
    if (!this.selection.hasBlock && isTextSelected(control)) return false;
    const rows = this.selection.rows.map((row) => row.map((cell) => cell?.value ?? ""));
    data.setData("text/plain", printTsv(rows));
    return true;
  }

  cut(control, data) {
    if (this.copy(control, data) === false) return false;
    this.steering.clear();
    return true;
  }

  paste(control, data) {
    const plain = data.getData("text/plain");
    const html = data.getData("text/html");
    const rows = plain ? parseTsv(plain) : rowsOfHtml(html);
    if (rows.length === 0) return false;
    const isOne = rows.length === 1 && rows[0].length === 1;
    if (isOne && !this.selection.hasBlock) return this.pasteOne(control, rows[0][0], plain);
    const isProse = isText(control) && rows.every((row) => row.length === 1);
    if (isProse && html && !/<table\b/i.test(html)) return this.pasteOne(control, plain, plain);
    const value = rows[0][0];
    this.preview.open(isOne ? this.selection.rows.map((row) => row.map(() => value)) : rows, {
      place: this.selection.corner,
      prose: isProse && !isOne ? plain : "",
    });
    return true;
  }

  /* As if it were typed. */
  pasteOne(control, text, plain) {
    if (control.dataset.kind !== "level") {
      if (text === plain) return false;
      insert(control, text);
      return true;
    }
    const level = levelOf(text, this.rules.levels);
    if (level === null) this.hints.show(control, "level", text);
    else write(control, level);
    return true;
  }
}

export function insert(control, text) {
  control.setRangeText(text, control.selectionStart, control.selectionEnd, "end");
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function isText(control) {
  return control.dataset.kind === "text";
}

function isTextSelected(control) {
  return control.tagName !== "SELECT" && control.selectionStart !== control.selectionEnd;
}
