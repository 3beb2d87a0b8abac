/* Ticking stories of a list: all at once, a stretch with Shift, the row in hand with x; j and k go to the next row. */
const boxes = [...document.querySelectorAll(".action-select")];
const all = document.getElementById("action-toggle");
let last = null;

const rowOf = (element) => element?.closest("tr");
const inHand = () => boxes.findIndex((box) => rowOf(box) === rowOf(document.activeElement));

const settle = () => {
  const ticked = boxes.filter((box) => box.checked).length;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
};

if (all && boxes.length) {
  all.dataset.ready = "";
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    settle();
  });
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last && last !== box) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      settle();
    });
  }
  settle();
}

document.addEventListener("keydown", (event) => {
  if (!boxes.length || document.documentElement.dataset.shortcuts === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    const place = inHand();
    const next = boxes[place < 0 ? (step > 0 ? 0 : boxes.length - 1) : place + step];
    rowOf(next)?.querySelector("th a").focus();
  } else if (event.key === "x" && inHand() >= 0) {
    boxes[inHand()].click();
  } else return;
  event.preventDefault();
});
