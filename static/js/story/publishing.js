/* Publishing reaches readers and cannot be taken back: a press on it is a question first, with what the checks still say
   and, under an embargo, with what is possible instead. */
import { field } from "./form.js";

const TOO_SOON = 500; // milliseconds: the second tap of two is no answer
const dialog = document.querySelector("[data-publishing]");
const checks = document.querySelector("[data-checks]");
const embargo = dialog?.querySelector("[data-embargo]");
const instead = dialog?.querySelector("[data-instead]");

let goOn; // what a yes does
let openedAt = 0;

function fill() {
  const bureau = field("bureau").selectedOptions?.[0]?.text;
  const headline = field("headline").value.trim();
  if (bureau) dialog.querySelector("[data-bureau]").textContent = bureau;
  if (headline) dialog.querySelector("[data-headline]").textContent = headline;
  const open = [...checks.querySelectorAll(".check--block, .check--warn")].map((check) => check.cloneNode(true));
  for (const check of open) check.querySelector("a")?.remove(); // it would lead behind the dialog
  const isBarred = embargo.childElementCount > 0;
  for (const name of ["means", "publish"]) dialog.querySelector(`[data-${name}]`).hidden = isBarred;
  if (instead) instead.hidden = !isBarred;
  const part = dialog.querySelector("[data-open-checks]");
  part.hidden = open.length === 0;
  part.querySelector("ul").replaceChildren(...open);
}

/* Whether the press of this button is asked first; ``go`` then follows a yes. */
export function isAsked(button, go) {
  if (!dialog || button?.name !== "_verb" || button.value !== dialog.dataset.publishing) return false;
  goOn = go;
  if (dialog.open) return true;
  fill();
  dialog.showModal();
  openedAt = performance.now();
  return true;
}

if (dialog) {
  for (const part of [checks, embargo]) new MutationObserver(fill).observe(part, { childList: true });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-publish]").addEventListener("click", () => {
    if (performance.now() - openedAt < TOO_SOON) return;
    dialog.close();
    goOn();
  });
  instead?.addEventListener("click", (event) => {
    if (performance.now() - openedAt < TOO_SOON) event.preventDefault();
    else dialog.close();
  });
}
