/* The boxes that select2 draws: named by the label of their select, as their search fields are, and opened downwards. */
const $ = window.django?.jQuery;

function name(root) {
  for (const box of root.querySelectorAll(".select2-selection[role='combobox']")) {
    const select = box.closest(".select2-container").previousElementSibling;
    const label = select?.labels?.[0];
    const shown = box.querySelector(".select2-selection__rendered");
    if (!label) continue;
    label.id ||= `${select.id}_label`;
    select.setAttribute("aria-label", label.textContent);
    box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    // select2 calls it a text box, and one that is empty has no other name.
    shown.setAttribute("aria-labelledby", label.id);
  }
}

if ($) {
  // Twice ready: after whatever else draws boxes as soon as the page is ready.
  $(() => $(() => name(document)));
  document.addEventListener("formset:added", (event) => name(event.target));
  // With room below, the list does not open upwards over the error of its field.
  $(document).on("select2:opening", ({ target }) => {
    const row = target.closest("[class*='field-']");
    if (innerHeight - row.getBoundingClientRect().bottom < innerHeight / 2) row.scrollIntoView({ block: "start" });
  });
  $(document).on("select2:open", ({ target }) => {
    const search = document.querySelector(".select2-container--open .select2-search__field");
    search?.setAttribute("aria-label", target.labels?.[0]?.textContent ?? "");
  });
}
