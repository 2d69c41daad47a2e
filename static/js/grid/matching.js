/* Which pupil each line of a pasted block belongs to, and which column each of its cells.
   Nothing here touches the page.

   sheet: { pupils: [{ code, name }], columns: [[label, …]], words: [heading, …] }
   start: { row, column }, numbers into pupils and columns */

import { plainForm } from "./typed.js";

const MOST_HEADING_LINES = 6;
const MOST_KEY_COLUMNS = 4;

export function matchBlock(block, sheet, start) {
  const heading = headingOf(block, sheet);
  const lines = block.slice(heading + 1).map((texts, index) => ({
    number: heading + 2 + index,
    texts,
  }));
  const keys = keyColumns(lines, sheet);
  const columns = columnsOf(block, heading, keys, sheet, start);
  const find = keys.count ? finder(sheet, keys) : byPosition(sheet, start);
  return {
    by: keys.code >= 0 ? "code" : keys.name >= 0 ? "name" : "position",
    headings: heading + 1,
    unknownColumns: columns.unknown,
    lines: lines.map((line, index) => matchLine(line, find(line.texts, index), columns, keys)),
  };
}

function matchLine({ number, texts }, found, columns, keys) {
  const cells = columns.known
    .map(({ from, to }) => ({ column: to, text: (texts[from] ?? "").trim() }))
    .filter(({ text }) => text !== "");
  const label = texts[keys.name] ?? texts[keys.code] ?? texts.find((text) => text.trim()) ?? "";
  return { number, label: label.trim(), cells, ...found };
}

/* The last line, near the top, that holds a word which only headings hold; -1 without one. */
function headingOf(block, { columns, words }) {
  const known = new Set([...columns.flat(), ...words].map(plainForm));
  for (let index = Math.min(block.length, MOST_HEADING_LINES) - 1; index >= 0; index -= 1) {
    if (block[index].some((text) => known.has(plainForm(text)))) return index;
  }
  return -1;
}

/* Codes, names and the running numbers before them say whose line it is. */
function keyColumns(lines, { pupils }) {
  const codes = new Set(pupils.map(({ code }) => codeForm(code)));
  const names = new Set(pupils.map(({ name }) => plainForm(name)));
  const isMostly = (column, isKnown) => {
    const texts = lines.map(({ texts }) => texts[column] ?? "").filter((text) => text.trim());
    return texts.length > 0 && 2 * texts.filter(isKnown).length >= texts.length;
  };
  const keys = { code: -1, name: -1, count: 0 };
  for (let column = 0; column < MOST_KEY_COLUMNS; column += 1) {
    if (keys.code < 0 && isMostly(column, (text) => codes.has(codeForm(text)))) keys.code = column;
    else if (keys.name < 0 && isMostly(column, (text) => names.has(plainForm(text)))) keys.name = column;
    else continue;
    keys.count = column + 1;
  }
  return keys;
}

function finder({ pupils }, keys) {
  const byCode = group(pupils, ({ code }) => codeForm(code));
  const byName = group(pupils, ({ name }) => plainForm(name));
  const taken = new Set();
  return (texts) => {
    const code = codeForm(texts[keys.code] ?? "");
    const name = plainForm(texts[keys.name] ?? "");
    if (!code && !name) return { row: null, why: "blank" };
    const rows = (code ? byCode.get(code) : byName.get(name)) ?? [];
    if (rows.length === 0) return { row: null, why: code ? "unknown_code" : "unknown_name" };
    if (rows.length > 1) return { row: null, why: "ambiguous_name" };
    if (taken.has(rows[0])) return { row: null, why: "repeated" };
    taken.add(rows[0]);
    return { row: rows[0], why: "" };
  };
}

function byPosition({ pupils }, start) {
  return (texts, index) => {
    const row = start.row + index;
    if (row < pupils.length) return { row, why: "" };
    return { row: null, why: texts.some((text) => text.trim()) ? "beyond" : "blank" };
  };
}

/* By the headings where these are the grid's, else from the cell with the focus to the right. */
function columnsOf(block, heading, keys, { columns }, start) {
  const width = Math.max(...block.map((texts) => texts.length));
  const rest = Array.from({ length: width }, (_, index) => index).slice(keys.count);
  const titles = rest.map((from) => (block[heading]?.[from] ?? "").trim());
  const named = titles.map((title) => columnOfTitle(title, columns));
  const isNamed = named.some((to) => to >= 0);
  const placed = rest.map((from, index) => ({
    from,
    to: isNamed ? named[index] : start.column + index,
    title: titles[index],
  }));
  const isKnown = ({ to }) => to >= 0 && to < columns.length;
  return {
    known: placed.filter(isKnown),
    unknown: placed.filter((column) => !isKnown(column)).filter(hasTexts(block, heading)),
  };
}

function columnOfTitle(title, columns) {
  const wanted = plainForm(title);
  return wanted ? columns.findIndex((labels) => labels.map(plainForm).includes(wanted)) : -1;
}

function hasTexts(block, heading) {
  return ({ from }) => block.slice(heading + 1).some((texts) => (texts[from] ?? "").trim());
}

function group(pupils, keyOf) {
  const rows = new Map();
  pupils.forEach((pupil, row) => {
    const key = keyOf(pupil);
    if (key) rows.set(key, [...(rows.get(key) ?? []), row]);
  });
  return rows;
}

function codeForm(code) {
  return code.trim().replace(/^'/, "").toUpperCase();
}
