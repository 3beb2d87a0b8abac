/* What is pasted into a box comes out of the editor as it is stored (articles/objects.py): a table goes behind the box
   whole, and what is a line of its own elsewhere is a paragraph. CKEditor would run the words of all of it together. */
import { parsed, renamed } from "./cleaning.js";

const { CKEDITOR } = window;
const AFTER_CLEANING = 25;

export function boxed(editor) {
  let tables = [];
  let box;
  editor.on("paste", ({ data }) => {
    box = editor.widgets.widgetHoldingFocusedEditable;
    tables = [];
    if (!box) return;
    const body = parsed(data.dataValue);
    for (const table of body.querySelectorAll("table")) {
      if (!table.parentElement.closest("table")) tables.push(table);
    }
    for (const table of tables) table.remove();
    if (box.name === "pull-quote") {
      for (const line of body.querySelectorAll("h2, h3, li")) renamed(line, "p");
    }
    data.dataValue = body.innerHTML;
  }, null, null, AFTER_CLEANING);
  editor.on("afterPaste", () => {
    let place = box?.wrapper;
    for (const table of place ? tables : []) {
      const element = CKEDITOR.dom.element.createFromHtml(table.outerHTML, editor.document);
      element.insertAfter(place);
      place = element;
    }
    if (tables.length) editor.fire("saveSnapshot");
    [tables, box] = [[], undefined];
  });
}
