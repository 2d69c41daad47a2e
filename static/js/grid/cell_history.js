/* Ctrl+. or the link of a row shows who wrote what there, beside the grid; Escape closes it.

What is saved while the panel is open shows there too: a save may still be under way. */

import { rememberCaret } from "./caret.js";

export function showHistories(form) {
  const panel = document.querySelector("[data-cell-history]");
  const histories = new CellHistories(panel);
  form.addEventListener("keydown", (event) => histories.press(event));
  form.addEventListener("click", (event) => histories.follow(event));
  form.addEventListener("grid:settled", () => histories.refresh());
}

class CellHistories {
  constructor(panel) {
    this.panel = panel;
    this.body = panel.querySelector("[data-body]");
    this.goBack = () => {};
    this.address = null;
    this.asked = 0;
    panel.querySelector("[data-close]").addEventListener("click", () => this.close());
    panel.addEventListener("keydown", (event) => this.pressInside(event));
  }

  press(event) {
    const control = event.target;
    if (!isHistoryKey(event) || !control.matches(".grid__control")) return;
    event.preventDefault();
    this.open(addressOf(control));
  }

  follow(event) {
    const link = event.target.closest("a[data-row-history]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open(link.href, link);
  }

  pressInside(event) {
    if (event.key !== "Escape" && !isHistoryKey(event)) return;
    event.preventDefault();
    this.close();
  }

  open(address, opener = null) {
    this.goBack = opener ? () => opener.focus() : rememberCaret();
    this.address = address;
    this.panel.hidden = false;
    this.say(this.panel.dataset.waiting);
    this.panel.querySelector("[data-close]").focus();
    this.load();
  }

  refresh() {
    if (this.address) this.load();
  }

  async load() {
    this.asked += 1;
    const { asked } = this;
    const fragment = await fragmentAt(this.address);
    if (!this.address || this.asked !== asked) return;
    if (fragment === null) this.say(this.panel.dataset.failed);
    else this.show(fragment);
  }

  /* Whoever waits in the panel goes on at the heading; whoever went back to the grid stays there. */
  show(fragment) {
    const isHere = this.panel.contains(document.activeElement);
    this.body.replaceChildren(fragment);
    if (isHere) this.body.querySelector(".cell-history__title").focus();
  }

  say(sentence) {
    this.body.textContent = sentence;
  }

  close() {
    this.address = null;
    this.panel.hidden = true;
    this.body.replaceChildren();
    this.goBack();
  }
}

function isHistoryKey(event) {
  return event.key === "." && (event.ctrlKey || event.metaKey) && !event.altKey && !event.isComposing;
}

/* Controls are named e<enrolment>-<field>. */
function addressOf(control) {
  const [, pupil, field] = control.name.match(/^e(\d+)-(.+)$/);
  const { historyUrl } = control.form.dataset;
  return `${historyUrl}?${new URLSearchParams({ pupil, field })}`;
}

/* Null without a network, and when the answer is another page, such as the one to log in. */
async function fragmentAt(address) {
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) return null;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fragment = document.createDocumentFragment();
    fragment.append(...parsed.body.childNodes);
    return fragment;
  } catch {
    return null;
  }
}
