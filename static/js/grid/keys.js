/* Which command a key gives in a cell. Nothing here touches the page. */

const VERTICAL = { ArrowUp: -1, ArrowDown: 1 };
const HORIZONTAL = { ArrowLeft: -1, ArrowRight: 1 };
const ENDS = { Home: -1, End: 1 };

export function commandFor(event, control) {
  if (isInputMethod(event)) return null;
  if (event.ctrlKey || event.metaKey) return saveCommand(event);
  if (event.key === "Enter") return enterCommand(event, control);
  if (event.altKey) return null;
  if (event.key === "Escape") return { name: "restore" };
  return control.dataset.kind === "level"
    ? levelCommand(event, control)
    : textCommand(event, control);
}

/* Vietnamese input methods hold keys back while they compose a letter. */
function isInputMethod(event) {
  return event.isComposing || event.key === "Process" || event.keyCode === 229;
}

function saveCommand(event) {
  const isSave = event.key.toLowerCase() === "s" && !event.shiftKey && !event.altKey;
  return isSave ? { name: "save" } : null;
}

function enterCommand(event, control) {
  if (isLongText(control) && (event.altKey || event.shiftKey)) return { name: "newline" };
  if (event.altKey) return null;
  return { name: "vertical", step: event.shiftKey ? -1 : 1 };
}

function levelCommand(event, control) {
  if (event.key in VERTICAL) return { name: "vertical", step: VERTICAL[event.key] };
  if (event.key in HORIZONTAL) return { name: "horizontal", step: HORIZONTAL[event.key] };
  if (event.key in ENDS) return { name: "end", step: ENDS[event.key] };
  if (event.key === "Backspace" || event.key === "Delete") return { name: "level", level: "" };
  const level = levelOf(event.key, control);
  return level === null ? null : { name: "level", level };
}

/* "d" stands for "Đ" too: nobody has to switch the input method. */
export function levelOf(key, control) {
  const levels = Array.from(control.options, (option) => option.value).filter(Boolean);
  const typed = key.toLocaleUpperCase("vi");
  const exact = levels.find((level) => level === typed);
  return exact ?? levels.find((level) => plain(level) === plain(typed)) ?? null;
}

function plain(letters) {
  return letters.replaceAll("Đ", "D");
}

function textCommand(event, control) {
  if (event.shiftKey) return null;
  const { key } = event;
  if (key in VERTICAL && isAtLineEdge(control, VERTICAL[key])) {
    return { name: "vertical", step: VERTICAL[key] };
  }
  if (key in HORIZONTAL && isAtEdge(control, HORIZONTAL[key])) {
    return { name: "horizontal", step: HORIZONTAL[key] };
  }
  if (key in ENDS && isAtEdge(control, ENDS[key])) return { name: "end", step: ENDS[key] };
  return null;
}

/* All of the text selected, as it is after a move, counts as standing at both edges. */
function isAtEdge(control, step) {
  const { selectionStart, selectionEnd, value } = control;
  const isAllSelected = selectionStart === 0 && selectionEnd === value.length;
  if (selectionStart !== selectionEnd) return isAllSelected;
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
