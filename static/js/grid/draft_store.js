/* The drafts of one user, sealed, by page and window. */

import { isNetworkFailure } from "./identity.js";
import { findShelf } from "./shelf.js";
import { canSeal, Vault } from "./vault.js";

const LONGEST_WAIT_MS = 15_000;

/* Null where nothing can be kept; waits for as long as the server does not hand out the key. */
export async function openDraftStore(identity, page) {
  const shelf = canSeal() ? await findShelf() : null;
  const answer = await answered(identity);
  if (!shelf) return null;
  const vault = await Vault.open(answer);
  await shelf.purge(vault.now());
  return new DraftStore(shelf, vault, page);
}

async function answered(identity) {
  for (let wait = 1000; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const answer = await asked(identity);
    if (answer.kind === "own") return answer;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function asked(identity) {
  try {
    return await identity.check();
  } catch (error) {
    if (isNetworkFailure(error)) return { kind: "network" };
    throw error;
  }
}

export class DraftStore {
  constructor(shelf, vault, page) {
    Object.assign(this, { shelf, vault, page });
    this.window = crypto.randomUUID();
    this.onFailure = () => {};
    // Held while this window lives, so that another one does not offer what is being typed here.
    navigator.locks?.request(this.window, () => new Promise(() => {}));
  }

  nameOf(cell) {
    return this.vault.nameOf(this.page.url, cell, this.window);
  }

  async change(drafts, savedCells) {
    const origin = { ...this.page, window: this.window };
    const records = await Promise.all(
      drafts.map(async (draft) => {
        const name = await this.nameOf(draft.cell);
        return this.vault.seal(name, { ...draft, ...origin, typedAt: this.vault.now() });
      }),
    );
    const names = await Promise.all(savedCells.map((cell) => this.nameOf(cell)));
    await this.shelf.change(records, names);
  }

  remove(drafts) {
    return this.shelf.change([], drafts.map(({ name }) => name));
  }

  /* Of windows that are gone, the oldest first. */
  async left() {
    const records = await this.shelf.ofOwners(this.vault.owners);
    const living = await livingWindows();
    const drafts = await Promise.all(
      records.map(async (record) => {
        const draft = await this.vault.open(record);
        return draft && { ...draft, name: record.name };
      }),
    );
    return drafts
      .filter((draft) => draft && !living.has(draft.window))
      .sort((one, other) => one.typedAt - other.typedAt);
  }

  fail(error) {
    this.onFailure(error);
  }
}

async function livingWindows() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name }) => name));
}
