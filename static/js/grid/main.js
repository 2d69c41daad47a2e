/* The grid by keyboard. Without this script the page is a plain form that saves all the same. */

import { saveByItself, showDraftsOnly } from "./autosave.js";
import { Cells } from "./cells.js";
import { watchClipboard } from "./clipboard.js";
import { showHistories } from "./cell_history.js";
import { offerComments } from "./comment_bank.js";
import { countComments } from "./comment_counter.js";
import { fillComments } from "./comment_fill.js";
import { askForReasons } from "./exemptions.js";
import { KeySheet } from "./help.js";
import { Hints } from "./hints.js";
import { Preview } from "./paste.js";
import { rulesOf } from "./rules.js";
import { Selection } from "./selection.js";
import { steer } from "./steering.js";
import { asOneStep, Steps } from "./undo.js";

const form = document.querySelector("form[data-grid]");
const draftsPlace = document.querySelector("[data-drafts]");
if (form) {
  const cells = new Cells(form.querySelector("table"));
  steerByKeyboard(form, cells);
  saveByItself(form, cells, draftsPlace);
  showHistories(form);
  offerComments(form, asOneStep);
  countComments(form);
  fillComments(form, asOneStep);
  askForReasons(form, document.querySelector("template[data-exemption]"));
  document.getElementById("error-summary")?.focus();
} else if (draftsPlace) {
  showDraftsOnly(draftsPlace);
}

function steerByKeyboard(form, cells) {
  const rules = rulesOf(document.querySelector("[data-grid-rules]"));
  const selection = new Selection(form, cells);
  const hints = new Hints(form, rules);
  const steps = new Steps(form, cells);
  const keySheet = new KeySheet(form);
  const steering = steer(form, { cells, selection, steps, hints, rules, keySheet });
  const preview = new Preview(form, { cells, selection, rules });
  watchClipboard({ cells, selection, hints, rules, preview, steering });
}
