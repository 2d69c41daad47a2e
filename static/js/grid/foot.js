/* What is saved and what is not, in words at the foot.

Said aloud only when the kind of state changes, not at every key. */

import { say } from "./saying.js";

const QUIET_MS = 700;
const TROUBLES = ["network", "session", "stranger", "denied"];

export class Foot {
  constructor(form, { changes, conflicts, refusals }) {
    Object.assign(this, { form, changes, conflicts, refusals });
    this.line = form.querySelector("[data-saving]");
    this.state = form.querySelector("[data-saving-state]");
    this.problems = form.querySelector("[data-saving-problems]");
    this.login = form.querySelector("[data-saving-login]");
    this.lacking = form.querySelector("[data-lacking]");
    this.announcement = form.querySelector("[data-saving-announcement]");
    this.announced = "";
    this.timer = null;
  }

  show(saving, lackingCount) {
    const { kind, text } = this.stateOf(saving);
    const problems = this.problemsInWords();
    write(this.state, text);
    this.state.dataset.kind = kind;
    this.line.hidden = !text;
    write(this.problems, problems);
    this.login.hidden = kind !== "session";
    if (saving.savedAt) write(this.lacking, this.lackingInWords(lackingCount));
    this.announce(kind, problems, text);
  }

  stateOf({ batch, trouble, savedAt }) {
    const count = this.countWaiting();
    if (trouble && count) return this.troubleInWords(trouble, count);
    if (batch.length) return { kind: "saving", text: say(this.form, "saving") };
    if (count) return { kind: "changed", text: say(this.form, "changed", { count }) };
    if (savedAt) return { kind: "saved", text: say(this.form, "saved", { time: savedAt }) };
    return { kind: "untouched", text: "" };
  }

  troubleInWords({ kind, sentence }, count) {
    const words = { count, sentence: sentence || say(this.form, "unknown-refusal") };
    return { kind, text: say(this.form, kind, words) };
  }

  countWaiting() {
    const unsaved = this.changes.unsaved;
    return unsaved.filter(
      (control) => !this.refusals.stands(control) && !this.conflicts.isUndecided(control),
    ).length;
  }

  problemsInWords() {
    const parts = [];
    const refused = this.refusals.count;
    const contested = this.conflicts.undecided.length;
    if (refused) parts.push(say(this.form, "to-mend", { count: refused }));
    if (contested) parts.push(say(this.form, "to-choose", { count: contested }));
    return parts.join(" · ");
  }

  lackingInWords(count) {
    return count ? say(this.form, "lacking", { count }) : "";
  }

  announce(kind, problems, text) {
    const isWorthSaying = kind === "saved" || TROUBLES.includes(kind);
    const words = [isWorthSaying ? kind : "", problems].join("|");
    if (words === "|" || words === this.announced) return;
    this.announced = words;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.announcement.textContent = [text, problems].filter(Boolean).join(". ");
    }, QUIET_MS);
  }
}

function write(element, text) {
  if (!element) return;
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}
