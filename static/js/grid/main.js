/* The grid by keyboard. Without this script the page is a plain form that saves all the same. */

import { saveByItself, showDraftsOnly } from "./autosave.js";
import { Cells } from "./cells.js";
import { steer } from "./steering.js";

const form = document.querySelector("form[data-grid]");
const draftsPlace = document.querySelector("[data-drafts]");
if (form) {
  const cells = new Cells(form.querySelector("table"));
  steer(form, cells);
  saveByItself(form, cells, draftsPlace);
  document.getElementById("error-summary")?.focus();
} else if (draftsPlace) {
  showDraftsOnly(draftsPlace);
}
