/* Blocks of cells as spreadsheets put them on the clipboard. */

const FIELD = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|[^\t\r\n]*/y;
const LINE_END = /\r\n|\r|\n/y;

/* Excel puts quotes around a cell with line breaks only: other quotes are the text's own. */
export function parseTsv(text) {
  const rows = [[]];
  let position = 0;
  while (true) {
    FIELD.lastIndex = position;
    const [field, quoted] = FIELD.exec(text);
    rows.at(-1).push(isQuoting(quoted) ? unquote(quoted) : field);
    position += field.length;
    if (position >= text.length) return rows;
    if (text[position] === "\t") {
      position += 1;
      continue;
    }
    LINE_END.lastIndex = position;
    position += LINE_END.exec(text)[0].length;
    if (position >= text.length) return rows; // the last line has an end too
    rows.push([]);
  }
}

export function printTsv(rows) {
  const lines = rows.map((row) => row.map(quote).join("\t"));
  const isOneCell = rows.length === 1 && rows[0].length === 1;
  return isOneCell ? lines[0] : lines.map((line) => `${line}\r\n`).join("");
}

/* The first table of a page's text, for programs that put nothing simpler on the clipboard. */
export function rowsOfHtml(html) {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return [];
  return Array.from(table.rows, (row) => Array.from(row.cells).flatMap(textsOfCell));
}

function textsOfCell(cell) {
  for (const lineBreak of cell.querySelectorAll("br")) lineBreak.replaceWith("\u2028");
  const text = cell.textContent.replace(/[ \t\r\n\u00a0]+/g, " ").replace(/ ?\u2028 ?/g, "\n");
  return [text.trim(), ...Array(Math.min(cell.colSpan, 100) - 1).fill("")];
}

function isQuoting(quoted) {
  return quoted !== undefined && /[\t\r\n]|""/.test(quoted);
}

function unquote(quoted) {
  return quoted.replaceAll('""', '"').replace(/\r\n?/g, "\n");
}

function quote(text) {
  return /[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
