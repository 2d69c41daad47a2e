/* Takes cells to the server and tells what became of them. */

import { csrfToken, isJson, isNetworkFailure } from "./identity.js";

const LONGEST_WAIT_MS = 20_000;
const MOST_BYTES_ON_LEAVING = 60_000; // browsers let a page leave 64 KiB behind
const TOO_EARLY_OR_TOO_OFTEN = [408, 425, 429];

export class Postbox {
  constructor(url, identity) {
    this.url = url;
    this.identity = identity;
  }

  async send(cells, { isLeaving = false } = {}) {
    try {
      if (!this.identity.isChecked) {
        if (isLeaving) return { kind: "network" };
        const { kind } = await this.identity.check();
        if (kind !== "own") return { kind };
      }
      return await answerOf(await this.post(cells));
    } catch (error) {
      if (isNetworkFailure(error)) return { kind: "network" };
      throw error;
    }
  }

  post(cells) {
    const body = JSON.stringify({ preview: false, cells });
    const { length } = new TextEncoder().encode(body);
    return fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body,
      keepalive: length <= MOST_BYTES_ON_LEAVING,
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
  }
}

async function answerOf(response) {
  if (response.ok && isJson(response)) return { kind: "answered", ...(await response.json()) };
  if (response.status === 401 || response.type === "opaqueredirect") return { kind: "session" };
  const isTemporary = response.status >= 500 || TOO_EARLY_OR_TOO_OFTEN.includes(response.status);
  if (isTemporary || response.ok) return { kind: "network" };
  const sentence = isJson(response) ? (await response.json()).sentence : "";
  return { kind: "denied", sentence };
}
