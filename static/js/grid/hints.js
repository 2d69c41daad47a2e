/* Why the cell with the focus takes not what was typed, said beside it and at once. */

import { scoreRefusal } from "./typed.js";

const GAP = 6;

export class Hints {
  constructor(form, rules) {
    this.rules = rules;
    this.bubble = document.querySelector("[data-grid-hint]");
    form.addEventListener("input", ({ target }) => this.check(target));
    form.addEventListener("focusin", ({ target }) => this.check(target));
    form.addEventListener("focusout", () => this.hide());
    form.querySelector(".grid-frame").addEventListener("scroll", () => this.place());
    window.addEventListener("resize", () => this.place());
  }

  check(control) {
    this.hide();
    if (control.dataset.kind !== "score") return;
    const refusal = scoreRefusal(control.value, this.rules.scale);
    this.mark(control, refusal !== null);
    if (refusal && control === document.activeElement) this.show(control, refusal, control.value);
  }

  /* What the server has found wrong is the server's to take back. */
  mark(control, isRefused) {
    if (isRefused === "refusedHere" in control.dataset) return;
    if (isRefused) {
      control.dataset.refusedHere = "";
      control.setAttribute("aria-invalid", "true");
    } else {
      delete control.dataset.refusedHere;
      control.removeAttribute("aria-invalid");
    }
  }

  show(control, refusal, typed) {
    const sentence = this.rules.refusals.get(refusal) ?? "";
    this.bubble.textContent = sentence.replace("{typed}", typed.slice(0, 40));
    this.bubble.hidden = false;
    this.control = control;
    this.place();
  }

  place() {
    if (this.bubble.hidden) return;
    const cell = this.control.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.bubble;
    const left = Math.max(GAP, Math.min(cell.left, window.innerWidth - offsetWidth - GAP));
    const fitsBelow = cell.bottom + GAP + offsetHeight < window.innerHeight;
    const top = fitsBelow ? cell.bottom + GAP : cell.top - GAP - offsetHeight;
    this.bubble.style.left = `${left}px`;
    this.bubble.style.top = `${top}px`;
  }

  hide() {
    this.bubble.hidden = true;
    this.bubble.textContent = "";
  }
}
