/* Dialogs of the editor: each a <template data-dialog="…"> beside the text, with the desk's own words in it. */

function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (field) field.value = value;
    const place = form.querySelector(`[data-text="${name}"]`);
    if (place) place.textContent = value;
  }
  for (const part of form.querySelectorAll("[data-if]")) part.hidden = !values[part.dataset.if];
}

/* Enter is "done", whatever button comes first and in a caption, too, which is one line wherever it is shown. Escape closes at
   once: browsers would empty a search first. */
function press(dialog, event) {
  const { key, target, isComposing, shiftKey } = event;
  const done = dialog.querySelector("[type=submit][value=set]");
  if (isComposing) return;
  if (key === "Escape" && target.matches("[type=search]")) {
    event.preventDefault();
    dialog.close();
  } else if (key === "Enter" && !shiftKey && done && target.matches("input, textarea")) {
    event.preventDefault();
    done.form.requestSubmit(done);
  }
}

/* What was pressed and typed, as {action, …fields}; null when it was closed.

   ``check`` may refuse what was typed: it returns, or resolves to, the words to say, and the dialog stays. ``prepare``
   is given the form before it is shown. */
export function ask(name, values = {}, { check, prepare } = {}) {
  const dialog = document.querySelector(`template[data-dialog="${name}"]`).content.firstElementChild.cloneNode(true);
  const form = dialog.querySelector("form");
  const mistake = dialog.querySelector("[data-mistake]");
  fill(form, values);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let said = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const typed = { ...Object.fromEntries(new FormData(form)), action: event.submitter?.value || "set" };
      const words = typed.action === "set" && check ? await check(typed) : "";
      if (words) {
        mistake.textContent = words;
        mistake.hidden = false;
        form.querySelector("input, textarea").focus();
        return;
      }
      said = typed;
      dialog.close();
    });
    form.addEventListener("keydown", (event) => press(dialog, event));
    dialog.addEventListener("click", (event) => event.target.closest("[data-close]") && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(said);
    });
    prepare?.(form);
    dialog.showModal();
  });
}
