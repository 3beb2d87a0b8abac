/* Where a link to another story would stand too near another one, or too early: as articles/story_checks.py demands. */
const APART = 5; // paragraphs
const FIRST = 3; // paragraphs that come before one

const see = (node) => (node.matches("[data-cke-widget-wrapper]") ? node.querySelector("[data-object='see-also']") : null);

/* Whether a new link behind this block would stand within APART paragraphs of another. */
export function isNear(block) {
  for (const step of ["previousElementSibling", "nextElementSibling"]) {
    let count = 0;
    let node = step === "previousElementSibling" ? block : block?.nextElementSibling;
    for (; node && count < APART; node = node[step]) {
      if (see(node)) return true;
      if (node.matches("p") && node.textContent.trim()) count += 1;
    }
  }
  return false;
}

/* Whether fewer than FIRST paragraphs would stand before a new link behind this block. */
export function isEarly(editor, block) {
  const isBehind = (each) => block && !block.contains(each) && block.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
  const written = [...editor.editable().$.querySelectorAll("p")].filter((each) => each.textContent.trim());
  return written.filter((each) => !each.closest("figure, .object__kind") && !isBehind(each)).length < FIRST;
}
