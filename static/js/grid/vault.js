/* Seals texts for one user: the key comes from the server and lives in this page's memory only.

Names of records are hashed with the key too, so that not even a class can be read from them.
Why it is built so: docs/adr/0013-drafts-in-the-browser.md. */

const VERSION = 1;
const IV_BYTES = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function canSeal() {
  return Boolean(globalThis.crypto?.subtle);
}

export class Vault {
  /* Of former keys only what they have sealed is wanted: the first one seals. */
  static async open({ keys, now }) {
    const keyrings = await Promise.all(keys.map(keyringOf));
    return new Vault(keyrings, now - Date.now());
  }

  constructor(keyrings, clockError) {
    this.keyrings = keyrings;
    this.clockError = clockError;
  }

  /* The server's time: a school's computers are often years off. */
  now() {
    return Date.now() + this.clockError;
  }

  get owners() {
    return this.keyrings.map(({ owner }) => owner);
  }

  nameOf(...place) {
    return hashed(this.keyrings[0].names, place);
  }

  async seal(name, draft) {
    const { owner, texts } = this.keyrings[0];
    const place = { name, owner, written: this.now() };
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = encoder.encode(JSON.stringify(draft));
    const sealed = await crypto.subtle.encrypt(boundTo(place, iv), texts, plain);
    return { ...place, iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)) };
  }

  /* Null for what this user has not sealed, or what was moved or changed since. */
  async open(record) {
    const keyring = this.keyrings.find(({ owner }) => owner === record.owner);
    if (!keyring) return null;
    try {
      const box = boundTo(record, fromBase64(record.iv));
      const plain = await crypto.subtle.decrypt(box, keyring.texts, fromBase64(record.sealed));
      return JSON.parse(decoder.decode(plain));
    } catch (error) {
      if (error.name === "OperationError") return null;
      throw error;
    }
  }
}

async function keyringOf(encoded) {
  const raw = fromBase64(encoded);
  const secret = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
  const texts = await derived(secret, "texts", { name: "AES-GCM", length: 256 }, [
    "encrypt",
    "decrypt",
  ]);
  const hmac = { name: "HMAC", hash: "SHA-256", length: 256 };
  const names = await derived(secret, "names", hmac, ["sign"]);
  return { texts, names, owner: await hashed(names, ["owner"]) };
}

function derived(secret, purpose, algorithm, uses) {
  const hkdf = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: encoder.encode(`hocba drafts ${VERSION} ${purpose}`),
  };
  return crypto.subtle.deriveKey(hkdf, secret, algorithm, false, uses);
}

async function hashed(key, place) {
  const digest = await crypto.subtle.sign("HMAC", key, encoder.encode(JSON.stringify(place)));
  return toBase64(new Uint8Array(digest));
}

function boundTo({ name, owner, written }, iv) {
  const place = encoder.encode(JSON.stringify([VERSION, name, owner, written]));
  return { name: "AES-GCM", iv, additionalData: place };
}

function toBase64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
