/* Puts together what saves a grid by itself; each part listens to the form and knows its own. */

import { Changes } from "./changes.js";
import { Conflicts } from "./conflicts.js";
import { openDraftStore } from "./draft_store.js";
import { Drafts } from "./drafts.js";
import { Foot } from "./foot.js";
import { Identity } from "./identity.js";
import { Notes } from "./notes.js";
import { Offers } from "./offers.js";
import { Postbox } from "./postbox.js";
import { Refusals } from "./refusals.js";
import { RowMarks } from "./row_marks.js";
import { Saving } from "./saving.js";

export function saveByItself(form, cells, place) {
  const identity = identityOf(place);
  const changes = new Changes(form, cells);
  const notes = new Notes(form);
  const conflicts = new Conflicts(form, changes, notes);
  const refusals = new Refusals(form, changes, notes);
  const parts = { changes, conflicts, refusals };
  const marks = new RowMarks(form, parts);
  const foot = new Foot(form, parts);
  const postbox = new Postbox(form.dataset.cellsUrl, identity);
  const saving = new Saving({ form, ...parts, postbox, show });
  const drafts = new Drafts(form, changes);

  function show() {
    marks.show(saving.trouble?.kind === "network");
    foot.show(saving, marks.lackingCount);
  }

  listenToCells(form, changes, saving);
  listenToWindow(changes, saving, drafts);
  offerDrafts(place, identity, { form, changes, drafts });
}

/* A grid that cannot be written any more: what was typed into it can at least be read. */
export function showDraftsOnly(place) {
  offerDrafts(place, identityOf(place), {});
}

function identityOf(place) {
  return new Identity({ keyUrl: place.dataset.draftKey, user: place.dataset.user });
}

async function offerDrafts(place, identity, { form, changes, drafts }) {
  const page = { url: location.pathname, title: place.dataset.title };
  const store = await openDraftStore(identity, page);
  const warning = place.querySelector("[data-drafts-impossible]");
  if (!store) {
    warning.hidden = !form;
    return;
  }
  store.onFailure = () => {
    warning.hidden = false;
  };
  drafts?.start(store);
  place.dataset.drafts = "kept";
  await new Offers(place, store, { form, changes, drafts }).show();
}

function listenToCells(form, changes, saving) {
  const forCells = (listen) => (event) => {
    if (changes.has(event.target)) listen(event.target);
  };
  form.addEventListener("input", forCells((control) => saving.type(control)));
  form.addEventListener("change", forCells((control) => saving.settle(control)));
  form.addEventListener("focusout", ({ target }) => {
    if (changes.has(target)) {
      changes.tidy(target);
      saving.settle(target);
    }
    saving.show();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saving.saveNow();
  });
}

function listenToWindow(changes, saving, drafts) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") saving.hurry();
    else {
      drafts.flush();
      saving.flush();
    }
  });
  window.addEventListener("online", () => saving.hurry());
  window.addEventListener("focus", () => saving.hurry());
  window.addEventListener("pagehide", () => {
    drafts.flush();
    saving.leave();
  });
  window.addEventListener("beforeunload", (event) => {
    drafts.flush();
    if (changes.unsaved.some((control) => !drafts.isKept(control))) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    if (event.shiftKey || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    saving.saveNow();
  });
}
