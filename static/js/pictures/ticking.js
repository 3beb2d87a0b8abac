/* Ticking pictures of the library for many at once: a stretch with Shift, all, none. The list may be drawn anew meanwhile. */
let last = null;

export const boxes = (form) => [...form.querySelectorAll(".action-select")];

function tick(form, isTicked) {
  for (const box of boxes(form)) box.checked = isTicked;
}

export function ticking(form) {
  form.addEventListener("click", (event) => {
    if (event.target.matches("[data-tick-all]")) tick(form, true);
    if (event.target.matches("[data-tick-none]")) {
      tick(form, false);
      boxes(form)[0]?.focus();
    }
    if (!event.target.matches(".action-select")) return;
    const all = boxes(form);
    if (event.shiftKey && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
      for (const between of all.slice(from, to + 1)) between.checked = event.target.checked;
    }
    last = event.target;
  });
  for (const button of form.querySelectorAll("[data-tick-all], [data-tick-none]")) button.hidden = false;
}
