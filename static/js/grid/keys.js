/* Which command a key gives in a cell. Nothing here touches the page. */

import { isComplete, levelOf } from "./typed.js";

const VERTICAL = { ArrowUp: -1, ArrowDown: 1 };
const HORIZONTAL = { ArrowLeft: -1, ArrowRight: 1 };
const ENDS = { Home: -1, End: 1 };
const PAGES = { PageUp: -1, PageDown: 1 };
const WITH_CONTROL = { s: "save", z: "undo", y: "redo", d: "fillDown", a: "selectAll" };

/* rules: the levels and the scale of scores; hasBlock: more than one cell is selected. */
export function commandFor(event, control, rules, hasBlock = false) {
  if (isInputMethod(event)) return null;
  if (event.ctrlKey || event.metaKey) return controlCommand(event, control, hasBlock);
  if (event.altKey) return isNewline(event, control) ? { name: "newline" } : null;
  return commandAnywhere(event, hasBlock)
    ?? moveCommand(event, control, hasBlock)
    ?? typingCommand(event, control, rules);
}

/* Vietnamese input methods hold keys back while they compose a letter. */
function isInputMethod(event) {
  return event.isComposing || event.key === "Process" || event.keyCode === 229;
}

function controlCommand(event, control, hasBlock) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey) return null; // AltGr writes letters
  if (isNewline(event, control)) return { name: "newline" };
  if (event.shiftKey) return key === "z" ? { name: "redo" } : null;
  if (key === "a" && isTextLeft(control) && !hasBlock) return null;
  if (key in WITH_CONTROL) return { name: WITH_CONTROL[key] };
  if (key in ENDS && isAtEdge(control, ENDS[key])) return { name: "corner", step: ENDS[key] };
  return null;
}

function isNewline(event, control) {
  return event.key === "Enter" && isLongText(control);
}

/* Ctrl+A takes the text of a comment first. */
function isTextLeft(control) {
  return isLongText(control) && !isWhollySelected(control);
}

function commandAnywhere({ key, shiftKey }, hasBlock) {
  if (key === "Enter") return { name: "vertical", step: shiftKey ? -1 : 1 };
  if (key === "Escape") return { name: hasBlock ? "collapse" : "restore" };
  if (key === "F1") return { name: "help" };
  if (key in PAGES) return { name: shiftKey ? "extendByPage" : "page", step: PAGES[key] };
  if (hasBlock && (key === "Delete" || key === "Backspace")) return { name: "clear" };
  return null;
}

function moveCommand(event, control, hasBlock) {
  const { key, shiftKey } = event;
  if (shiftKey) return extendCommand(key, control, hasBlock);
  if (key in VERTICAL && isAtLineEdge(control, VERTICAL[key])) {
    return { name: "vertical", step: VERTICAL[key] };
  }
  if (key in HORIZONTAL && isAtEdge(control, HORIZONTAL[key])) {
    return { name: "horizontal", step: HORIZONTAL[key] };
  }
  if (key in ENDS && isAtEdge(control, ENDS[key])) return { name: "end", step: ENDS[key] };
  return null;
}

/* Inside a text Shift selects letters; at its edge, and once there is a block, cells. */
function extendCommand(key, control, hasBlock) {
  const rows = VERTICAL[key] ?? 0;
  const columns = HORIZONTAL[key] ?? 0;
  if (!rows && !columns) return null;
  const isAtEnd = rows ? isAtLineEdge(control, rows) : isAtEdge(control, columns);
  return hasBlock || isAtEnd ? { name: "extend", rows, columns } : null;
}

function typingCommand(event, control, rules) {
  const { kind } = control.dataset;
  if (event.key === "?" && kind !== "text") return { name: "help" };
  if (kind === "level") return levelCommand(event, rules);
  if (kind === "score") return scoreCommand(event, control, rules);
  return null;
}

function levelCommand({ key }, { levels }) {
  if (key === "Backspace" || key === "Delete") return { name: "level", level: "" };
  if (key.length !== 1 || key === " ") return null;
  const level = levelOf(key, levels);
  return level === null ? { name: "refuseLevel", typed: key } : { name: "level", level };
}

/* A score that no further digit can change stands at once: 1 waits for its 0. */
function scoreCommand({ key }, control, { scale }) {
  if (key === "," || key === ".") return { name: "separator", separator: key };
  if (!/^[0-9]$/.test(key)) return null;
  const score = isWhollySelected(control) ? key : control.value + key;
  const isAtEnd = isAtEdge(control, 1);
  return isAtEnd && isComplete(score, scale) ? { name: "score", score } : null;
}

export function isWhollySelected({ selectionStart, selectionEnd, value }) {
  return selectionStart === 0 && selectionEnd === value.length;
}

/* All of the text selected, as it is after a move, counts as standing at both edges. */
function isAtEdge(control, step) {
  if (control.tagName === "SELECT" || isWhollySelected(control)) return true;
  const { selectionStart, selectionEnd, value } = control;
  if (selectionStart !== selectionEnd) return false;
  return selectionStart === (step < 0 ? 0 : value.length);
}

/* In a text of several lines the arrows move the caret until it stands at the edge. */
function isAtLineEdge(control, step) {
  return !isLongText(control) || isOneLine(control) || isAtEdge(control, step);
}

function isLongText(control) {
  return control.tagName === "TEXTAREA";
}

function isOneLine(control) {
  const style = getComputedStyle(control);
  const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
  return control.scrollHeight - padding < 2 * parseFloat(style.lineHeight);
}
