/* Digests go to a signing service and its values come back, 50 cards at a time. */

import { say } from "../grid/saying.js";
import { ask } from "./answers.js";
import { ServiceUnreachable } from "./local_service.js";
import { pause, showProgress } from "./progress.js";

const PAUSE_MS = 2_000;

export function signByLocalService(section, service) {
  const button = section.querySelector("[data-sign-locally]");
  const status = section.querySelector("[data-status]");
  section.querySelector("[data-local]").hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = say(section, "asking");
    const trouble = await signAll();
    if (!trouble) return location.reload();
    status.textContent = trouble;
    button.disabled = false;
  });

  /* The sentence of what stopped it, or nothing. */
  async function signAll() {
    for (;;) {
      const prepared = await ask(section.dataset.digests, new FormData());
      if (prepared.kind !== "answered") return sentenceOf(prepared);
      if (!prepared.signatures.length) {
        if (!prepared.waiting) return "";
        await pause(PAUSE_MS); // their PDFs are being laid out
        continue;
      }
      const signatures = await signed(prepared);
      if (!signatures?.length) return say(section, "unreachable");
      const kept = await ask(section.dataset.signatures, JSON.stringify(signatures));
      if (kept.kind !== "answered") return sentenceOf(kept);
      await showProgress();
    }
  }

  async function signed(prepared) {
    try {
      return await service.sign(prepared);
    } catch (error) {
      if (error instanceof ServiceUnreachable) return null;
      throw error;
    }
  }

  function sentenceOf({ kind, sentence }) {
    return sentence ?? say(section, kind === "session" ? "session" : "network");
  }
}
