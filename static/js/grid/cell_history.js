/* Ctrl+. or the link of a row shows who wrote what there, beside the grid; Escape closes it. */

import { rememberCaret } from "./caret.js";

export function showHistories(form) {
  const panel = document.querySelector("[data-cell-history]");
  const histories = new CellHistories(panel);
  form.addEventListener("keydown", (event) => histories.press(event));
  form.addEventListener("click", (event) => histories.follow(event));
}

class CellHistories {
  constructor(panel) {
    this.panel = panel;
    this.body = panel.querySelector("[data-body]");
    this.goBack = () => {};
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

  async open(address, opener = null) {
    this.goBack = opener ? () => opener.focus() : rememberCaret();
    this.address = address;
    this.panel.hidden = false;
    this.say(this.panel.dataset.waiting);
    this.panel.querySelector("[data-close]").focus();
    const fragment = await fragmentAt(address);
    if (this.address !== address) return;
    if (fragment === null) this.say(this.panel.dataset.failed);
    else this.show(fragment);
  }

  show(fragment) {
    this.body.replaceChildren(fragment);
    this.body.querySelector(".cell-history__title").focus();
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
