/* Who is logged in in this browser. On a shared computer that may be somebody else by now, and
   what one teacher typed must never be saved in the name of another. */

const LONGEST_WAIT_MS = 20_000;

export class Identity {
  constructor({ keyUrl, user }) {
    this.keyUrl = keyUrl;
    this.user = Number(user);
    this.token = null;
  }

  /* Each log-in gives the browser a new token: the same token, the same person. */
  get isChecked() {
    return this.token !== null && this.token === csrfToken();
  }

  async check() {
    const token = csrfToken();
    const response = await fetch(this.keyUrl, {
      cache: "no-store",
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
    if (response.status === 401) return { kind: "session" };
    if (!response.ok || !isJson(response)) return { kind: "network" };
    const answer = await response.json();
    if (answer.user !== this.user) return { kind: "stranger" };
    this.token = token;
    return { kind: "own", ...answer };
  }
}

export function csrfToken() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie?.slice("csrftoken=".length) ?? "";
}

export function isJson(response) {
  return response.headers.get("Content-Type")?.startsWith("application/json") ?? false;
}

/* The line broke, the server is away, or something in between answered in its place. */
export function isNetworkFailure(error) {
  return error instanceof TypeError || ["TimeoutError", "AbortError", "SyntaxError"].includes(error.name);
}
