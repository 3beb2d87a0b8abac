/* Tables: how large a new one is, and rows and columns of the one under the cursor. */
import { ask } from "./dialogs.js";

const MOST = 30; // rows or columns

const within = (typed, least) => Math.min(MOST, Math.max(least, Number.parseInt(typed, 10) || least));

function drawn({ rows, columns, head }) {
  const line = (tag) => `<tr>${`<${tag}></${tag}>`.repeat(within(columns, 1))}</tr>`;
  const body = line("td").repeat(within(rows, 1));
  return `<table>${head ? `<thead>${line("th")}</thead>` : ""}<tbody>${body}</tbody></table>`;
}

async function edit(editor) {
  const isOld = editor.elementPath()?.contains("table", 1);
  const bookmarks = editor.getSelection().createBookmarks2(true);
  const typed = await ask(isOld ? "table-parts" : "table");
  editor.focus();
  if (!typed) return;
  editor.getSelection().selectBookmarks(bookmarks);
  if (isOld) editor.execCommand(typed.action);
  else insert(editor, drawn(typed));
}

function insert(editor, html) {
  editor.insertHtml(html);
  const table = editor.elementPath()?.contains("table", 1);
  // Somewhere to write on, below a table that is the last thing of a story.
  if (table && !table.getNext()) new window.CKEDITOR.dom.element("p").insertAfter(table).appendBogus();
}

export function tables(editor) {
  const command = editor.addCommand("table", { exec: edit, async: true, contextSensitive: true, refresh });
  command.canUndo = false;
}

function refresh(editor, path) {
  this.setState(path.contains("table", 1) ? window.CKEDITOR.TRISTATE_ON : window.CKEDITOR.TRISTATE_OFF);
}
