/* Which entries of the comment bank fit what is typed. Nothing here touches the page. */

const NAME_MARK = "{tên}";
const CODE_MARK = "#";
const LONGEST_FRAGMENT = 40;
const SHORTEST_TEXT = 2;
const SENTENCE_END = /[.;!?\n]/;

/* As names are searched: without diacritics, apostrophes and letter case. */
export function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("đ", "d")
    .replace(/['’‘ʼ`´]/g, "")
    .trim();
}

export function written(text, name) {
  return text.replaceAll(NAME_MARK, name);
}

/* As the server counts: composed, and a letter outside the first plane is one. */
export function lengthOf(text) {
  return Array.from(text.normalize("NFC").trim()).length;
}

/* What is being typed: from the last end of a sentence to the caret, when nothing follows it. */
export function fragmentOf(value, caret) {
  if (/\S/.test(value[caret] ?? "")) return null;
  const before = value.slice(0, caret);
  const sentence = before.length - before.split(SENTENCE_END).at(-1).length;
  const start = sentence + before.slice(sentence).search(/\S|$/);
  const text = before.slice(start);
  return text && text.length <= LONGEST_FRAGMENT ? { start, end: caret, text } : null;
}

/* One entry a code, the first of them, as the server reads codes. */
export function entriesFor(entries, purpose) {
  const byCode = new Map();
  for (const entry of entries) {
    const fits = entry.purpose === purpose || entry.purpose === "";
    if (fits && !byCode.has(entry.code)) byCode.set(entry.code, entry);
  }
  return Array.from(byCode.values());
}

export function entryOfCode(entries, value) {
  const code = codeOf(value);
  return entries.find((entry) => entry.code === code) ?? null;
}

/* Those for the pupil's level first; an exact code before all. */
export function fitting(entries, typed, level) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return entries
    .map((entry, index) => ({ entry, index, place: placeOf(entry, typed, words, level) }))
    .filter(({ place }) => place !== null)
    .sort((one, other) => one.place - other.place || one.index - other.index)
    .map(({ entry }) => entry);
}

function placeOf(entry, typed, words, level) {
  if (words.length === 0) return levelPlace(entry, level);
  const code = codeOf(typed);
  if (entry.code === code) return -1;
  if (entry.code.startsWith(code)) return levelPlace(entry, level);
  const isLongEnough = words.join("").length >= SHORTEST_TEXT;
  return isLongEnough && hasWords(entry, words) ? levelPlace(entry, level) + 0.5 : null;
}

function levelPlace(entry, level) {
  if (!level || entry.level === level) return 0;
  return entry.level === "" ? 1 : 2;
}

function hasWords(entry, words) {
  const known = fold(entry.text).split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => known.some((other) => other.startsWith(word)));
}

function codeOf(text) {
  const code = text.trim();
  return (code.startsWith(CODE_MARK) ? code.slice(1) : code).toLocaleUpperCase("vi");
}
