/* One comment for all pupils of a level who have none yet, each with her own name. */

import { CommentBank, writeComment } from "./comment_bank.js";

export function fillComments(form, asOneStep = (write) => write()) {
  const panel = form.querySelector("[data-comment-fill]");
  if (!panel) return;
  const bank = new CommentBank(form.querySelector("[data-comment-bank]").dataset.url);
  panel.hidden = false;
  const fill = new CommentFill({ form, panel, bank, asOneStep });
  panel.addEventListener("toggle", () => bank.load().then(() => fill.show()));
}

class CommentFill {
  constructor({ form, panel, bank, asOneStep }) {
    this.form = form;
    this.bank = bank;
    this.asOneStep = asOneStep;
    [this.column, this.level, this.entry] = panel.querySelectorAll("select");
    this.button = panel.querySelector("button");
    this.words = panel.dataset;
    this.column.replaceChildren(...this.columns());
    this.column.parentElement.hidden = this.column.options.length < 2;
    for (const select of [this.column, this.level]) {
      select.addEventListener("change", () => this.show());
    }
    this.button.addEventListener("click", () => this.fill());
  }

  get controls() {
    return Array.from(this.form.querySelectorAll(".grid__control[data-comments]"));
  }

  /* The empty cells of the column, of pupils who have the level. */
  get waiting() {
    return this.controls.filter(
      (control) => control.dataset.comments === this.column.value
        && control.value.trim() === ""
        && (this.level.value === "" || this.bank.levelOf(control) === this.level.value),
    );
  }

  get entries() {
    const [first] = this.controls.filter(({ dataset }) => dataset.comments === this.column.value);
    return first ? this.bank.entriesOf(first).filter((entry) => this.isFor(entry)) : [];
  }

  isFor(entry) {
    return this.level.value === "" || entry.level === "" || entry.level === this.level.value;
  }

  show() {
    const { entries, waiting } = this;
    this.entry.replaceChildren(
      ...entries.map((entry, index) => new Option(`${entry.code}: ${entry.text}`, index)),
    );
    const isPossible = entries.length > 0 && waiting.length > 0;
    this.button.disabled = !isPossible;
    this.button.textContent = isPossible
      ? this.words.fill.replace("{count}", waiting.length)
      : this.words[entries.length ? "nobody" : "nothing"];
  }

  fill() {
    const entry = this.entries[this.entry.value];
    this.asOneStep(() => {
      for (const control of this.waiting) writeComment(control, this.bank.textFor(control, entry));
    });
    this.show();
  }

  columns() {
    const labels = new Map(
      this.controls.map((control) => [control.dataset.comments, control.closest("td").dataset.label]),
    );
    return Array.from(labels, ([purpose, label]) => new Option(label, purpose));
  }
}
