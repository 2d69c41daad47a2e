/* What was typed or pasted, as a cell would hold it. Nothing here touches the page. */

const WHOLE_NUMBER = /^([0-9]+)[.,]0+$/;
const DECIMAL = /^[0-9]*[.,][0-9]*$/;

/* The code of a level by its code, its name, the end of its name ("tốt") or its initials
   ("HTT"); "d" stands for "Đ" too: nobody has to switch the input method. */
export function levelOf(text, levels) {
  const typed = plainForm(text);
  if (!typed) return null;
  const ways = [
    ({ code }) => code === text.trim().toLocaleUpperCase("vi"),
    ({ code }) => withoutStroke(plainForm(code)) === withoutStroke(typed),
    ({ name }) => plainForm(name) === typed,
    ({ name }) => initials(name) === withoutStroke(typed),
    ({ name }) => plainForm(name).endsWith(` ${typed}`),
  ];
  for (const isMeant of ways) {
    const found = levels.filter(isMeant);
    if (found.length === 1) return found[0].code;
  }
  return null;
}

/* A spreadsheet writes nine as "9.0" or "9,0"; nine and a half stays what it is. */
export function asWholeNumber(text) {
  return text.trim().replace(WHOLE_NUMBER, "$1");
}

export function asHeld(text, kind, levels) {
  if (kind === "level") return levelOf(text, levels) ?? text.trim();
  if (kind === "score" || kind === "number") return asWholeNumber(text);
  return text;
}

/* Why a score is refused, by the names that the ruleset gives; null for a right or empty one. */
export function scoreRefusal(text, scale) {
  const typed = text.trim();
  if (!typed) return null;
  if (DECIMAL.test(typed)) return "decimal";
  if (!/^[0-9]+$/.test(typed)) return "not_a_number";
  const score = Number(typed);
  if (score === 0) return scale.allowsZero ? null : "zero";
  return score < scale.minimum || score > scale.maximum ? "out_of_range" : null;
}

/* No further digit can make another score of it: 2 to 9, and 10; but 1 may become 10. */
export function isComplete(text, scale) {
  return /^[0-9]+$/.test(text) && scoreRefusal(text, scale) === null
    && 10 * Number(text) > scale.maximum;
}

/* Small letters, single spaces, and tone marks at the end of each word: "hoà" is "hòa". */
export function plainForm(text) {
  const words = text.normalize("NFD").toLocaleLowerCase("vi").split(/\s+/).filter(Boolean);
  return words.map(withToneLast).join(" ").normalize("NFC");
}

function withToneLast(word) {
  const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;
  return word.replace(tones, "") + (word.match(tones) ?? []).join("");
}

function initials(name) {
  return withoutStroke(plainForm(name).split(" ").map((word) => word[0]).join(""));
}

function withoutStroke(letters) {
  return letters.replaceAll("đ", "d");
}
