/* The grid by keyboard. Without this script the page is a plain form that saves all the same. */

import { Cells } from "./cells.js";
import { watchChanges } from "./changes.js";
import { followChoices } from "./conflicts.js";
import { steer } from "./steering.js";

const form = document.querySelector("form[data-grid]");
if (form) {
  const cells = new Cells(form.querySelector("table"));
  steer(form, cells);
  watchChanges(form, cells);
  followChoices(form);
  document.getElementById("error-summary")?.focus();
}
