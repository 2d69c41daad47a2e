/* At the next opening of a grid its drafts are offered: shown first, then put back or dropped. */

import { say, timeOf } from "./saying.js";
import { asOneStep } from "./undo.js";

export class Offers {
  constructor(place, store, { form, changes, drafts } = {}) {
    Object.assign(this, { place, store, form, changes, drafts });
    this.offered = [];
  }

  async show() {
    const left = await this.store.left();
    const here = left.filter(({ url }) => url === this.store.page.url);
    const saved = here.filter((draft) => this.isSaved(draft));
    if (saved.length) await this.store.remove(saved);
    this.offered = here.filter((draft) => !saved.includes(draft));
    this.render();
  }

  controlOf({ cell }) {
    const control = this.form?.elements[cell];
    return this.changes?.has(control) ? control : null;
  }

  isSaved(draft) {
    return this.controlOf(draft)?.value === draft.text;
  }

  fits(draft) {
    const control = this.controlOf(draft);
    if (!control) return false;
    if (control.tagName !== "SELECT") return true;
    return Array.from(control.options).some(({ value }) => value === draft.text);
  }

  render() {
    const notice = this.place.querySelector("[data-drafts-notice]");
    notice.hidden = !this.offered.length;
    if (!this.offered.length) return;
    const fitting = this.offered.filter((draft) => this.fits(draft));
    const write = (part, text) => {
      notice.querySelector(`[data-${part}]`).textContent = text;
    };
    write("drafts-title", this.title());
    const advice = fitting.length === this.offered.length ? "draft-advice" : "draft-no-place";
    write("drafts-advice", say(this.place, advice));
    const list = notice.querySelector("[data-drafts-list]");
    list.replaceChildren(...this.offered.map((draft) => this.lineOf(draft)));
    const restore = notice.querySelector("[data-drafts-restore]");
    restore.hidden = !fitting.length;
    restore.onclick = () => this.restore();
    notice.querySelector("[data-drafts-drop]").onclick = () => this.drop(this.offered);
  }

  title() {
    const time = timeOf(this.offered.at(-1).typedAt);
    return say(this.place, "drafts-left", { count: this.offered.length, time });
  }

  lineOf(draft) {
    const line = this.place
      .querySelector("template[data-draft-line]")
      .content.firstElementChild.cloneNode(true);
    line.querySelector("[data-draft-pupil]").textContent = draft.pupil;
    line.querySelector("[data-draft-field]").textContent = draft.field;
    line.querySelector("[data-draft-text]").textContent = draft.text || say(this.place, "empty");
    return line;
  }

  /* With the base of then: if the stored value has moved on, the server asks which one to keep.
     A cell in which something newer stands already is left, and its draft stays offered. */
  async restore() {
    const restored = this.offered.filter(
      (draft) => this.fits(draft) && !this.isNewer(this.controlOf(draft)),
    );
    asOneStep(() => restored.forEach((draft) => this.put(draft)));
    const [first] = restored;
    if (first) this.controlOf(first).focus();
    await this.drafts.flush();
    await this.drop(restored.filter((draft) => this.isSafe(this.controlOf(draft))));
  }

  isSafe(control) {
    return !this.changes.isUnsaved(control) || this.drafts.isKept(control);
  }

  isNewer(control) {
    return this.changes.isUnsaved(control);
  }

  put(draft) {
    const control = this.controlOf(draft);
    this.changes.rebase(control, draft.base);
    control.value = draft.text;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async drop(drafts) {
    await this.store.remove(drafts);
    this.offered = this.offered.filter((draft) => !drafts.includes(draft));
    this.render();
  }
}
