/* What the server has written into the page: levels, the scale of scores, sentences. */

export function rulesOf(page) {
  const scale = page.dataset;
  return {
    levels: Array.from(page.querySelectorAll("[data-level]"), (element) => ({
      code: element.dataset.level,
      name: element.textContent.trim(),
    })),
    scale: {
      minimum: Number(scale.scoreMinimum),
      maximum: Number(scale.scoreMaximum),
      allowsZero: "scoreAllowsZero" in scale,
    },
    refusals: new Map(
      Array.from(page.querySelectorAll("[data-refusal]"), (element) => [
        element.dataset.refusal,
        element.textContent.trim(),
      ]),
    ),
  };
}
