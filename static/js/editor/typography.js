/* Quotation marks, dashes and three dots as they are printed, while they are typed. Undoing once gives back what was typed. Pasted
   words, addresses and what a keyboard on a screen composes stay as they are. */
const OPENS = /(?:^|[\s([{\u2013\u2014/\u201c\u2018])$/; // before a mark that opens

const curly = (open, close) => (before) => [1, OPENS.test(before.slice(0, -1)) ? open : close];
const ADDRESS = /(?:\/\/|www\.|@)\S*$/i;

/* For a letter: how many letters become what, from the words before the cursor; null for none. */
const MARKS = {
  '"': curly("\u201c", "\u201d"),
  "'": curly("\u2018", "\u2019"),
  "-": (before) => (before.endsWith("\u2013-") ? [2, "\u2014"] : before.endsWith("--") ? [2, "\u2013"] : null),
  ".": (before) => (before.endsWith("...") && !before.endsWith("....") ? [3, "\u2026"] : null),
};

function set(editor, { $: { inputType, data, isComposing } }) {
  if (inputType !== "insertText" || isComposing || !Object.hasOwn(MARKS, data)) return;
  const selection = editor.document.$.getSelection();
  const { anchorNode: node, anchorOffset: end, isCollapsed } = selection;
  if (!isCollapsed || node?.nodeType !== Node.TEXT_NODE) return;
  const range = editor.document.$.createRange();
  range.setStart(node.parentNode.closest("p, h2, h3, li, td, th, [contenteditable]"), 0);
  range.setEnd(node, end);
  const before = range.toString().replaceAll("\u200b", "");
  const found = ADDRESS.test(before) ? null : MARKS[data](before);
  if (!found || end < found[0]) return;
  const [count, mark] = found;
  editor.fire("saveSnapshot");
  node.replaceData(end - count, count, mark);
  selection.collapse(node, end - count + mark.length);
  editor.fire("saveSnapshot");
}

export function typography(editor) {
  editor.on("contentDom", () => {
    const editable = editor.editable();
    editable.attachListener(editable, "input", ({ data }) => set(editor, data));
  });
}
