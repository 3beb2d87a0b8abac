/* Credits in the order in which they stand: a button moves one up, and reading the form numbers them. */
const group = document.getElementById("bylines-group");
const rows = () => [...group.querySelectorAll(".byline-row:not(.empty-form)")];

function addButton(row) {
  if (row.querySelector(".byline-row__up")) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "byline-row__up" });
  button.textContent = "↑";
  button.setAttribute("aria-label", group.dataset.up);
  button.title = group.dataset.up;
  button.addEventListener("click", () => {
    const before = row.previousElementSibling;
    if (before?.matches(".byline-row")) before.before(row);
    button.focus();
  });
  row.querySelector(".byline-row__fields").append(button);
}

/* An empty row below those that are filled in is for browsers without scripts; with them a button adds one. */
function dropSpare() {
  const total = group.querySelector("input[name$='-TOTAL_FORMS']");
  for (const row of rows().reverse()) {
    if (!row.matches(".byline-row--spare")) return;
    row.remove();
    total.value -= 1;
  }
}

if (group) {
  dropSpare(); // before the admin's own script counts the rows
  rows().forEach(addButton);
  group.addEventListener("formset:added", (event) => addButton(event.target));
  // Whenever the form is read, by a press or to keep what was typed.
  group.closest("form").addEventListener("formdata", ({ formData }) => {
    rows().forEach((row, number) => {
      const position = row.querySelector("input[name$='-position']");
      const author = row.querySelector("select[name$='-author']");
      // An empty row that got a number would count as changed, and so as incomplete.
      if (author?.value) formData.set(position.name, number);
    });
  });
}
