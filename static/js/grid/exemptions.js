/* Who is made exempt gets a field for the reason under her row, as the page has it after a save. */

export function askForReasons(form, template) {
  if (!template) return;
  form.addEventListener("input", ({ target }) => {
    if (target.matches(".grid__control[name$='-level']")) follow(form, template, target);
  });
}

function follow(form, template, level) {
  const name = level.name.replace(/level$/, "exemption_reason");
  const field = form.elements[name];
  const isExempt = level.value === template.dataset.exemption;
  if (isExempt && !field) insert(template, level, name);
  if (!isExempt && field?.closest("[data-added]") && !field.value) {
    field.closest("[data-added]").remove();
  }
}

function insert(template, level, name) {
  const note = template.content.cloneNode(true);
  const [reason, base] = note.querySelectorAll("input");
  const label = note.querySelector("label");
  reason.name = name;
  reason.id = label.htmlFor = `id_${name}`;
  base.name = `initial-${name}`;
  note.querySelector("tr").dataset.added = "";
  level.closest("tr").after(note);
}
