/* What the parts of a box are for: said to a screen reader, and shown while nothing is written in them. */
export const hintsOf = (kind) => document.querySelector(`template[data-line="${kind}"]`).dataset;

const empty = ({ $: part }) => part.classList.toggle("is-empty", !part.textContent.replaceAll("\u200b", "").trim());

export function label(editable, hint) {
  editable.setAttributes({ role: "textbox", "aria-label": hint, "data-hint": hint });
  empty(editable);
}

export function watch(editor, kinds) {
  const look = () => {
    for (const { name, editables } of Object.values(editor.widgets.instances)) {
      if (kinds.includes(name)) Object.values(editables).forEach(empty);
    }
  };
  editor.on("contentDom", () => editor.editable().attachListener(editor.editable(), "input", look));
  editor.on("change", look);
}
