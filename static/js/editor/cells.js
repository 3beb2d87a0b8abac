/* Cells of a table: the cursor in one, and those of a spreadsheet pasted over them. */
import { clean, parsed } from "./cleaning.js";

const BEFORE_SELECTED = 9; // CKEditor's listener for pastes into tables, which comes at 10; after its filters

export function writeIn(editor, cell) {
  if (!cell) return;
  const range = editor.createRange();
  range.moveToElementEditEnd(new window.CKEDITOR.dom.element(cell));
  range.select();
}

/* As many cells in each row as that, and as many rows. */
function widen(table, rows, columns) {
  while (table.rows.length < rows) (table.tBodies[0] ?? table.createTBody()).insertRow();
  for (const row of table.rows) {
    while (row.cells.length < columns) {
      const cell = row.appendChild(row.ownerDocument.createElement(row.parentNode === table.tHead ? "th" : "td"));
      cell.append(row.ownerDocument.createElement("br"));
    }
  }
}

/* Cells that are pasted into a table take their places from the cell with the cursor on, as in a spreadsheet; a table
   within a cell is meant by nobody. */
function pasteCells(event) {
  const { editor, data } = event;
  const first = editor.elementPath()?.contains(["td", "th"], 1)?.$;
  const pasted = first && parsed(clean(data.dataValue));
  const [from] = pasted?.children ?? [];
  if (!from?.matches("table") || pasted.children.length > 1) return;
  event.cancel();
  const table = first.closest("table");
  const [top, left] = [first.parentNode.rowIndex, first.cellIndex];
  const columns = Math.max(...[...from.rows].map(({ cells }) => cells.length));
  editor.fire("saveSnapshot");
  widen(table, top + from.rows.length, Math.max(left + columns, table.rows[0].cells.length));
  let last = first;
  for (const [down, row] of [...from.rows].entries()) {
    for (const [right, cell] of [...row.cells].entries()) {
      last = table.rows[top + down].cells[left + right];
      last.innerHTML = cell.innerHTML || "<br>";
    }
  }
  writeIn(editor, last);
  editor.fire("saveSnapshot");
}

export const pastingCells = (editor) => editor.on("paste", pasteCells, null, null, BEFORE_SELECTED);
