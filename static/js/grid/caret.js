/* A dialog gives the focus back when it closes, but not the place in the text. */

export function rememberCaret() {
  const control = document.activeElement;
  const { selectionStart, selectionEnd } = control;
  return () => {
    control.focus();
    if (Number.isInteger(selectionStart)) control.setSelectionRange(selectionStart, selectionEnd);
  };
}
