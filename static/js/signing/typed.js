/* Signing with a passphrase or PIN: it stays in this closure and in the body of each request, and
   is gone when the last card is signed, when it is refused, and when the page is left. */

import { say } from "../grid/saying.js";
import { ask } from "./answers.js";
import { pause, showProgress } from "./progress.js";

const LONGEST_PAUSE_MS = 15_000;
const PAUSE_MS = 2_000;

export function signByTypedSecret(form) {
  const field = form.querySelector("input[type=password]");
  const button = form.querySelector("button");
  const status = form.querySelector("[data-status]");
  let secret = "";

  form.querySelector("[data-without-script]").remove();
  field.removeAttribute("name"); // the browser itself neither sends nor restores it
  field.value = "";
  addEventListener("pagehide", forget);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    secret = field.value;
    forgetTyped();
    if (secret) signAll();
    else field.focus();
  });

  async function signAll() {
    setBusy(true);
    refuse("");
    tell("signing");
    let wait = PAUSE_MS;
    while (secret) {
      const answer = await ask(form.action, batch());
      if (answer.kind === "network") {
        tell("network");
        await pause(wait);
        wait = Math.min(2 * wait, LONGEST_PAUSE_MS);
      } else if (answer.kind === "answered") {
        wait = PAUSE_MS;
        if (!answer.waiting) return finish();
        await showProgress();
        tell(answer.tried ? "signing" : "waiting");
        if (!answer.tried) await pause(PAUSE_MS); // another page's lease
      } else {
        return stop(answer);
      }
    }
  }

  function batch() {
    const body = new FormData(form);
    body.set("secret", secret);
    body.set("most", form.dataset.most);
    return body;
  }

  function finish() {
    forget();
    location.reload();
  }

  function stop({ kind, sentence }) {
    forget();
    setBusy(false);
    status.textContent = "";
    refuse(sentence ?? say(form, kind));
    showProgress();
    field.focus();
  }

  function setBusy(isBusy) {
    field.disabled = isBusy;
    button.disabled = isBusy;
  }

  function refuse(sentence) {
    const place = form.querySelector("[data-refusal]");
    place.querySelector("[data-refusal-sentence]").textContent = sentence;
    place.hidden = !sentence;
    field.setAttribute("aria-invalid", String(Boolean(sentence)));
    form.querySelector(".field").classList.toggle("field--invalid", Boolean(sentence));
  }

  function tell(name) {
    const sentence = say(form, name);
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  function forget() {
    secret = "";
    forgetTyped();
  }

  function forgetTyped() {
    field.value = "";
  }
}
