/* A table that is pasted into a box goes behind it, as when it is stored (articles/objects.py): CKEditor would run its
   cells together. Of whatever else a box may not hold it makes paragraphs by itself. */
import { parsed } from "./cleaning.js";

const { CKEDITOR } = window;
const AFTER_CLEANING = 25;

export function boxed(editor) {
  let tables = [];
  let box;

  const putBehind = () => {
    let before = box?.wrapper;
    for (const table of tables) {
      const element = CKEDITOR.dom.element.createFromHtml(table.outerHTML, editor.document);
      element.insertAfter(before);
      before = element;
    }
    if (tables.length) editor.fire("saveSnapshot");
    [tables, box] = [[], undefined];
  };

  editor.on("paste", (event) => {
    box = editor.widgets.widgetHoldingFocusedEditable;
    tables = [];
    if (!box) return;
    const body = parsed(event.data.dataValue);
    tables = [...body.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
    for (const table of tables) table.remove();
    event.data.dataValue = body.innerHTML;
    if (!tables.length || body.textContent.trim()) return;
    // Of nothing else CKEditor would tell no end.
    event.cancel();
    editor.fire("saveSnapshot");
    putBehind();
  }, null, null, AFTER_CLEANING);
  editor.on("afterPaste", putBehind);
}
