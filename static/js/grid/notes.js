/* The row under a pupil's row, where what concerns its cells is said. */

export class Notes {
  constructor(form) {
    this.template = form.querySelector("template[data-note-row]");
  }

  add(control, element) {
    this.placeUnder(control.closest("tr")).append(element);
  }

  remove(element) {
    const note = element.closest("tr");
    element.remove();
    if (note && !note.querySelector("td").childElementCount) note.remove();
  }

  placeUnder(row) {
    const next = row.nextElementSibling;
    if (next?.matches(".grid__note")) return next.querySelector("td");
    const note = this.template.content.firstElementChild.cloneNode(true);
    row.after(note);
    return note.querySelector("td");
  }
}

export function copyOf(form, name) {
  const template = form.querySelector(`template[data-${name}]`);
  return template.content.firstElementChild.cloneNode(true);
}

export function labelOf(control) {
  return control.closest("td").dataset.label;
}

export function nameOf(control) {
  return control.closest("tr").querySelector("[data-pupil-name]").textContent.trim();
}
