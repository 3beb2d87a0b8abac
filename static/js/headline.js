/* Counts the letters of the field that an <output data-counts="id" data-limit="n"> names. The limit is advice. */
for (const output of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(output.dataset.counts);
  const limit = Number(output.dataset.limit);
  const count = () => {
    const length = [...field.value.trim()].length;
    output.hidden = length === 0;
    output.textContent = `${length}/${limit}`;
    output.classList.toggle("count--over", length > limit);
  };
  // A headline is one line in print: neither Enter nor a paste breaks it.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && field.rows === 1) event.preventDefault();
  });
  field.addEventListener("paste", (event) => {
    const words = event.clipboardData?.getData("text/plain") ?? "";
    if (field.rows !== 1 || !/[\r\n]/.test(words)) return;
    event.preventDefault();
    document.execCommand("insertText", false, words.trim().replace(/\s*[\r\n]+\s*/g, " ")); // which can be undone
  });
  field.addEventListener("input", count);
  count();
}
