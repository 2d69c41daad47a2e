/* How long a comment is, beside it, once most of its room is taken; the server stays the judge. */

import { lengthOf } from "./comment_match.js";

const MOSTLY_FULL = 0.8;

export function countComments(form) {
  const words = form.querySelector("[data-comment-bank]")?.dataset;
  if (!words) return;
  const show = ({ target }) => {
    if (target.matches(".grid__control[data-longest]")) showLength(target, words);
  };
  form.addEventListener("input", show);
  form.addEventListener("focusin", show);
}

function showLength(control, words) {
  const longest = Number(control.dataset.longest);
  const length = lengthOf(control.value);
  const counter = counterOf(control);
  counter.hidden = length <= MOSTLY_FULL * longest;
  counter.classList.toggle("comment-counter--over", length > longest);
  const sentence = length > longest ? words.tooLong : words.length;
  counter.textContent = sentence
    .replace("{length}", length)
    .replace("{longest}", longest)
    .replace("{over}", length - longest);
}

function counterOf(control) {
  const after = control.parentElement.querySelector(".comment-counter");
  if (after) return after;
  const counter = document.createElement("span");
  counter.className = "comment-counter";
  counter.id = `${control.id}_length`;
  control.parentElement.append(counter);
  const described = control.getAttribute("aria-describedby") ?? "";
  control.setAttribute("aria-describedby", `${described} ${counter.id}`.trim());
  return counter;
}
