/* The page's own sentences, with what belongs into them. */

export function say(root, name, words = {}) {
  const sentence = root.querySelector(`template[data-say="${name}"]`).content.textContent.trim();
  return Object.entries(words).reduce(
    (text, [word, value]) => text.replaceAll(`{${word}}`, String(value)),
    sentence,
  );
}

/* "20:41" of today, "20:41 24/11/2026" of another day. */
export function timeOf(milliseconds, today = new Date()) {
  const at = new Date(milliseconds);
  const two = (number) => String(number).padStart(2, "0");
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === today.toDateString()) return time;
  return `${time} ${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
}
