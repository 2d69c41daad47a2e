/* The desk says in which grids something lies that was typed in this browser and not saved. */

import { openDraftStore } from "./grid/draft_store.js";
import { Identity } from "./grid/identity.js";
import { say, timeOf } from "./grid/saying.js";
import { isAnythingKept } from "./grid/shelf.js";

const place = document.querySelector("[data-drafts]");
if (place && (await isAnythingKept())) showWaiting(place);

async function showWaiting({ dataset }) {
  const identity = new Identity({ keyUrl: dataset.draftKey, user: dataset.user });
  const store = await openDraftStore(identity, {});
  const drafts = (await store?.left()) ?? [];
  const grids = new Map();
  for (const draft of drafts) grids.set(draft.url, [...(grids.get(draft.url) ?? []), draft]);
  place.querySelector("[data-drafts-list]").append(...Array.from(grids.values(), lineOf));
  place.querySelector("[data-drafts-notice]").hidden = !grids.size;
}

function lineOf(drafts) {
  const template = place.querySelector("template[data-draft-line]");
  const line = template.content.firstElementChild.cloneNode(true);
  const link = line.querySelector("[data-draft-link]");
  const { url, title, typedAt } = drafts.at(-1);
  link.href = url;
  link.textContent = title;
  line.querySelector("[data-draft-count]").textContent = say(place, "drafts-left", {
    count: drafts.length,
    time: timeOf(typedAt),
  });
  return line;
}
