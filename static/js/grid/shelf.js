/* Where sealed drafts lie in this browser: in IndexedDB, or else in localStorage. */

const DATABASE = "hocba-drafts";
const STORE = "drafts";
const PREFIX = "hocba-draft:";
export const DAYS_KEPT = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/* Null where the browser keeps nothing at all. */
export async function findShelf() {
  for (const shelf of [new DatabaseShelf(), new PlainShelf()]) {
    try {
      await shelf.all();
      return shelf;
    } catch {
      // the next one, then
    }
  }
  return null;
}

/* Asked before a key is fetched: most desks have nothing to show. */
export async function isAnythingKept() {
  const records = await (await findShelf())?.all();
  return Boolean(records?.length);
}

class Shelf {
  async ofOwners(owners) {
    const records = await this.all();
    return records.filter(({ owner }) => owners.includes(owner));
  }

  async purge(now) {
    const records = await this.all();
    const old = records.filter(({ written }) => now - written > DAYS_KEPT * DAY_MS);
    if (old.length) await this.change([], old.map(({ name }) => name));
  }
}

class DatabaseShelf extends Shelf {
  all() {
    return this.use("readonly", (store) => store.getAll());
  }

  change(records, removedNames) {
    return this.use("readwrite", (store) => {
      for (const record of records) store.put(record);
      for (const name of removedNames) store.delete(name);
    });
  }

  /* "strict" asks for the disk, not only for the system's memory: there are power cuts. */
  async use(mode, work) {
    const database = await opened();
    try {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      return request?.result;
    } finally {
      database.close();
    }
  }
}

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "name" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

class PlainShelf extends Shelf {
  async all() {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => JSON.parse(localStorage.getItem(key)));
  }

  async change(records, removedNames) {
    for (const record of records) localStorage.setItem(PREFIX + record.name, JSON.stringify(record));
    for (const name of removedNames) localStorage.removeItem(PREFIX + name);
  }
}
