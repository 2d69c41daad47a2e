/* Two people's values of one cell: both are shown, and nothing is sent before one is chosen.

The cell shows the value that was chosen; typing into it again means keeping one's own. */

import { copyOf, labelOf, nameOf } from "./notes.js";
import { say } from "./saying.js";

export class Conflicts {
  constructor(form, changes, notes) {
    this.form = form;
    this.changes = changes;
    this.notes = notes;
    this.open = new Map();
    for (const fieldset of form.querySelectorAll("fieldset.conflict")) this.adopt(fieldset);
    form.addEventListener("input", ({ target }) => this.followTyping(target));
  }

  /* What a page without this script was told when it was sent as a form. */
  adopt(fieldset) {
    const name = fieldset.querySelector("input[type=radio]").name.replace(/-keep$/, "");
    const control = this.form.elements[name];
    this.listen(control, { fieldset, mine: control.value, theirs: this.changes.baseOf(control) });
  }

  isUndecided(control) {
    const conflict = this.open.get(control);
    return Boolean(conflict && !conflict.isDecided);
  }

  ask(control, { value, saved_by: savedBy, saved_at: savedAt }) {
    this.close(control);
    const fieldset = copyOf(this.form, "grid-conflict");
    const write = (part, text) => {
      fieldset.querySelector(`[data-${part}]`).textContent = text;
    };
    write("question", this.questionAbout(control));
    write("mine", control.value || say(this.form, "empty"));
    write("theirs", value || say(this.form, "empty"));
    write("theirs-by", [savedBy, savedAt].filter(Boolean).join(", "));
    fieldset.id = `${control.id}_choice`;
    for (const choice of radiosOf(fieldset)) choice.name = `${control.name}-keep`;
    this.notes.add(control, fieldset);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", fieldset.id);
    this.listen(control, { fieldset, mine: control.value, theirs: value });
  }

  questionAbout(control) {
    return say(this.form, "conflict", { cell: labelOf(control), name: nameOf(control) });
  }

  listen(control, conflict) {
    this.open.set(control, conflict);
    conflict.fieldset.addEventListener("change", ({ target }) => {
      this.decide(control, target.value === "theirs" ? conflict.theirs : conflict.mine);
    });
    conflict.fieldset.addEventListener("focusout", ({ relatedTarget }) => {
      const isLeft = !conflict.fieldset.contains(relatedTarget);
      if (isLeft && conflict.isDecided && !this.changes.isUnsaved(control)) this.close(control);
    });
  }

  /* Seen what is stored, and chosen: from here on that is the base. */
  decide(control, value) {
    const conflict = this.open.get(control);
    conflict.isDecided = true;
    this.changes.rebase(control, conflict.theirs);
    control.value = value;
    conflict.isChoosing = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
    conflict.isChoosing = false;
  }

  followTyping(control) {
    const conflict = this.open.get(control);
    if (!conflict || conflict.isChoosing) return;
    conflict.mine = control.value;
    conflict.isDecided = true;
    this.changes.rebase(control, conflict.theirs);
    const [mine] = radiosOf(conflict.fieldset);
    mine.checked = true;
  }

  close(control) {
    const conflict = this.open.get(control);
    if (!conflict) return;
    this.open.delete(control);
    this.notes.remove(conflict.fieldset);
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }

  get undecided() {
    return Array.from(this.open.keys()).filter((control) => this.isUndecided(control));
  }
}

function radiosOf(fieldset) {
  return Array.from(fieldset.querySelectorAll("input[type=radio]"));
}
