/* Tables: how large a new one is, and rows and columns of the one under the cursor. */
import { pastingCells, writeIn } from "./cells.js";
import { renamed, unwrapped } from "./cleaning.js";
import { ask } from "./dialogs.js";
import { behind, writeBelow } from "./placing.js";

const MOST = 30; // rows or columns

const within = (typed, least) => Math.min(MOST, Math.max(least, Number.parseInt(typed, 10) || least));

function drawn({ rows, columns, head }) {
  // Without the line break a cell has no place for the cursor; CKEditor leaves it out of what it hands on.
  const line = (tag) => `<tr>${`<${tag}><br></${tag}>`.repeat(within(columns, 1))}</tr>`;
  const body = line("td").repeat(within(rows, 1));
  return `<table>${head ? `<thead>${line("th")}</thead>` : ""}<tbody>${body}</tbody></table>`;
}

async function edit(editor) {
  const isOld = editor.elementPath()?.contains("table", 1);
  const hasHead = Boolean(isOld?.$.tHead?.rows.length);
  const bookmarks = editor.getSelection().createBookmarks2(true);
  const typed = await ask(isOld ? "table-parts" : "table", { hasHead, hasNoHead: !hasHead });
  editor.focus();
  if (!typed) return;
  editor.getSelection().selectBookmarks(bookmarks);
  if (typed.action === "tableHead") turnHead(editor, isOld);
  else if (isOld) changeParts(editor, isOld.$, typed.action);
  else insert(editor, drawn(typed));
}

const BESIDE = {
  rowInsertBefore: (cell) => cell.parentNode.previousElementSibling?.cells[cell.cellIndex],
  rowInsertAfter: (cell) => cell.parentNode.nextElementSibling?.cells[cell.cellIndex],
  columnInsertBefore: (cell) => cell.previousElementSibling,
  columnInsertAfter: (cell) => cell.nextElementSibling,
};

/* CKEditor leaves what it has changed chosen, so that the next letter would take the place of a cell's words: here the
   cursor stands in what is new, or in what is nearest to what is gone. */
function changeParts(editor, table, action) {
  const cell = editor.elementPath().contains(["td", "th"], 1)?.$;
  const [row, column] = [cell?.parentNode.rowIndex ?? 0, cell?.cellIndex ?? 0];
  if (action === "rowInsertAfter" && cell?.parentNode.parentNode === table.tHead) firstRow(editor, table);
  else editor.execCommand(action);
  if (!table.isConnected) return;
  if (!table.tHead?.rows.length) table.deleteTHead();
  const near = table.rows[Math.min(row, table.rows.length - 1)];
  const there = (cell?.isConnected && BESIDE[action]?.(cell)) || table.tBodies[0]?.rows[0]?.cells[column];
  writeIn(editor, action in BESIDE ? there : near?.cells[Math.min(column, near.cells.length - 1)]);
}

/* Below the headings there is the first row of what they head. */
function firstRow(editor, table) {
  editor.fire("saveSnapshot");
  const columns = [...table.tHead.rows[0].cells].reduce((sum, { colSpan }) => sum + colSpan, 0);
  const row = (table.tBodies[0] ?? table.createTBody()).insertRow(0);
  for (let number = 0; number < columns; number += 1) row.insertCell().append(document.createElement("br"));
  editor.fire("saveSnapshot");
}

/* The first row becomes the head of its table, or a row like the others again. */
function turnHead(editor, table) {
  const { $: element } = table;
  editor.fire("saveSnapshot");
  const [row] = element.rows;
  const isHead = row.parentNode === element.tHead;
  if (isHead) (element.tBodies[0] ?? element.createTBody()).prepend(row);
  else element.createTHead().append(row);
  for (const bold of row.querySelectorAll("strong")) unwrapped(bold);
  for (const cell of [...row.cells]) renamed(cell, isHead ? "td" : "th");
  if (isHead && !element.tHead.rows.length) element.deleteTHead();
  writeIn(editor, row.cells[0]);
  editor.fire("saveSnapshot");
}

/* A table stands between paragraphs: it parts none, wherever in it the cursor is. There is somewhere to write on below. */
function insert(editor, html) {
  editor.fire("saveSnapshot");
  const table = behind(editor, html);
  writeBelow(editor, table);
  writeIn(editor, table.findOne("th, td").$);
  editor.fire("saveSnapshot");
}

export function tables(editor) {
  const command = editor.addCommand("table", { exec: edit, async: true, contextSensitive: true, refresh });
  command.canUndo = false;
  pastingCells(editor);
}

function refresh(editor, path) {
  this.setState(path.contains("table", 1) ? window.CKEDITOR.TRISTATE_ON : window.CKEDITOR.TRISTATE_OFF);
}
