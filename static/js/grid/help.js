/* The sheet of all keys: a <details> at the foot without this script, a dialog with it. */

import { rememberCaret } from "./caret.js";

export class KeySheet {
  constructor(form) {
    this.dialog = document.querySelector("dialog[data-key-sheet]");
    const details = form.querySelector("details[data-grid-keys]");
    const button = form.querySelector("[data-open-keys]");
    this.dialog.querySelector("[data-keys-place]").append(details.querySelector("[data-keys]"));
    details.hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => this.open());
    this.dialog.addEventListener("click", ({ target }) => this.closeFrom(target));
    this.dialog.addEventListener("keydown", (event) => this.press(event));
  }

  open() {
    if (this.dialog.open) return;
    this.dialog.addEventListener("close", rememberCaret(), { once: true });
    this.dialog.showModal();
    this.dialog.querySelector("[data-keys-place]").focus();
  }

  closeFrom(target) {
    if (target === this.dialog || target.closest("[data-close]")) this.dialog.close();
  }

  press(event) {
    if (event.key !== "?" && event.key !== "F1") return;
    event.preventDefault();
    this.dialog.close();
  }
}
