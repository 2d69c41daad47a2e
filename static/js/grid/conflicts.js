/* The cell shows the value that was chosen; typing into it again means keeping one's own. */

export function followChoices(form) {
  for (const choice of form.querySelectorAll(".conflict input[type=radio]")) {
    const control = form.elements[choice.name.replace(/-keep$/, "")];
    const mine = control.value;
    choice.addEventListener("change", () => {
      const theirs = form.elements[`initial-${control.name}`].value;
      control.value = choice.value === "theirs" ? theirs : mine;
    });
    if (choice.value === "mine") {
      control.addEventListener("input", () => {
        choice.checked = true;
      });
    }
  }
}
