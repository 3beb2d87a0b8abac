/* What is to be mended, where the page says it that is drawn without a script: above the form and at its fields. */
import { form } from "./form.js";

function row(name) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"], [name^="${CSS.escape(name)}_"]`);
  // From its parent on: the fields of the printed text have such a class of their own.
  return field?.parentElement.closest("[class*='field-']");
}

export function mended() {
  for (const old of form.querySelectorAll(".errornote, .errorlist")) old.remove();
  for (const old of form.querySelectorAll(".errors")) old.classList.remove("errors");
}

export function mistakes({ note, errors }) {
  mended();
  for (const [name, list] of Object.entries(errors)) {
    row(name)?.insertAdjacentHTML("afterbegin", list);
    row(name)?.classList.add("errors");
  }
  form.insertAdjacentHTML("afterbegin", note);
  const shown = form.querySelector(".errornote");
  shown.focus();
  shown.addEventListener("click", (event) => {
    const field = document.getElementById(event.target.hash?.slice(1) ?? "");
    const box = window.CKEDITOR?.instances[field?.id];
    if (!box) return;
    event.preventDefault();
    box.focus();
  });
}
