/* Tables: how large a new one is, and rows and columns of the one under the cursor. */
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
  const hasHead = Boolean(isOld?.$.tHead);
  const bookmarks = editor.getSelection().createBookmarks2(true);
  const typed = await ask(isOld ? "table-parts" : "table", { hasHead, hasNoHead: !hasHead });
  editor.focus();
  if (!typed) return;
  editor.getSelection().selectBookmarks(bookmarks);
  if (typed.action === "tableHead") turnHead(editor, isOld);
  else if (isOld) editor.execCommand(typed.action);
  else insert(editor, drawn(typed));
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
  if (isHead) element.deleteTHead();
  const range = editor.createRange();
  range.moveToElementEditStart(new window.CKEDITOR.dom.element(row.cells[0]));
  range.select();
  editor.fire("saveSnapshot");
}

/* A table stands between paragraphs: it parts none, wherever in it the cursor is. There is somewhere to write on below. */
function insert(editor, html) {
  editor.fire("saveSnapshot");
  const table = behind(editor, html);
  writeBelow(editor, table);
  const range = editor.createRange();
  range.moveToElementEditStart(table.findOne("th, td"));
  range.select();
  editor.fire("saveSnapshot");
}

export function tables(editor) {
  const command = editor.addCommand("table", { exec: edit, async: true, contextSensitive: true, refresh });
  command.canUndo = false;
}

function refresh(editor, path) {
  this.setState(path.contains("table", 1) ? window.CKEDITOR.TRISTATE_ON : window.CKEDITOR.TRISTATE_OFF);
}
