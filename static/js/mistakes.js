/* From a mistake in the list to its field, also where a script has put a box of its own in the field's place. */
const note = document.querySelector(".errornote[tabindex]");

note?.focus();
note?.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.hash?.slice(1) ?? "");
  const row = field?.closest("[class*='field-']");
  const box = window.CKEDITOR?.instances[field?.id] ?? row?.querySelector(".select2-selection, .tag-input .input");
  if (!box) return;
  event.preventDefault();
  row.scrollIntoView({ block: "center" });
  box.focus({ preventScroll: true });
});
