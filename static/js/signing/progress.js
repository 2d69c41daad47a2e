/* How far the run is, drawn by the server. */

export async function showProgress() {
  const shown = document.querySelector("[data-progress]");
  const response = await fetch(shown.dataset.progress, { redirect: "manual" }).catch(() => null);
  if (!response?.ok) return; // the next batch shows it
  const drawn = new DOMParser().parseFromString(await response.text(), "text/html");
  const isOpen = shown.querySelector("details")?.open;
  shown.replaceChildren(...drawn.querySelector("[data-progress]").childNodes);
  const details = shown.querySelector("details");
  if (details) details.open = isOpen;
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
