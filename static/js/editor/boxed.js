/* What is pasted into a box comes out of the editor as it is stored (articles/objects.py): a table goes behind the box
   whole, and what is a line of its own elsewhere is a paragraph. CKEditor would run the words of all of it together. */
import { parsed, renamed, unwrapped } from "./cleaning.js";

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
    if (box.name === "pull-quote") {
      for (const line of body.querySelectorAll("h2, h3, li")) renamed(line, "p");
      for (const list of body.querySelectorAll("ul, ol")) unwrapped(list);
    }
    event.data.dataValue = body.innerHTML;
    if (!tables.length || body.textContent.trim()) return;
    // Of nothing else CKEditor would tell no end.
    event.cancel();
    editor.fire("saveSnapshot");
    putBehind();
  }, null, null, AFTER_CLEANING);
  editor.on("afterPaste", putBehind);
}
