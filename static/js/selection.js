/* Ticking stories of a list: all at once, or a stretch with Shift. */
const boxes = [...document.querySelectorAll(".action-select")];
const all = document.getElementById("action-toggle");
let last = null;

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
