/* What the server made of a request, as one of a few kinds. */

import { csrfToken, isJson, isNetworkFailure } from "../grid/identity.js";

const LONGEST_WAIT_MS = 180_000; // a slow token takes seconds a card
const TOO_EARLY_OR_TOO_OFTEN = [408, 425, 429];

/* kind: "answered" with the fields of the answer, "refused" with a sentence, "session", "denied",
   "network". */
export async function ask(url, body) {
  try {
    return await answerOf(await post(url, body));
  } catch (error) {
    if (isNetworkFailure(error)) return { kind: "network" };
    throw error;
  }
}

function post(url, body) {
  return fetch(url, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "X-CSRFToken": csrfToken(),
      ...(typeof body === "string" && { "Content-Type": "application/json" }),
    },
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(LONGEST_WAIT_MS),
  });
}

async function answerOf(response) {
  const isTemporary = response.status >= 500 || TOO_EARLY_OR_TOO_OFTEN.includes(response.status);
  if (isTemporary) return { kind: "network" };
  if (response.status === 401 || response.type === "opaqueredirect") return { kind: "session" };
  if (!isJson(response)) return { kind: "denied" };
  const answer = await response.json();
  return response.ok ? { kind: "answered", ...answer } : { kind: "refused", ...answer };
}
