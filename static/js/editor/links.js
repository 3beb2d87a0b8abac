/* Links: the address of what is marked, of the link under the cursor, or of words that are typed with it. */
import { direct } from "./addresses.js";
import { ask } from "./dialogs.js";

const SCHEME = /^(?:https?|mailto|tel):/i;
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d)/i;

/* As it is stored, from what people type or paste; empty when it can be no link of a story. */
export function address(typed) {
  const text = typed.trim();
  if (!text || /\s/.test(text)) return "";
  if (SCHEME.test(text)) return URL.canParse(text) ? direct(text) : "";
  if (ANY_SCHEME.test(text)) return "";
  if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(text)) return `mailto:${text}`;
  if (/^\+\d[\d-]{6,}$/.test(text)) return `tel:${text}`;
  return /^[^/]+\.[^/]+/.test(text) ? `https://${text}` : "";
}

function set(editor, href, words) {
  const attributes = { href, "data-cke-saved-href": href };
  const link = window.CKEDITOR.plugins.link.getSelectedLink(editor);
  if (link) {
    link.setAttributes(attributes);
    return;
  }
  const range = editor.getSelection().getRanges()[0];
  if (range.collapsed) {
    const text = new window.CKEDITOR.dom.text(words || href, editor.document);
    range.insertNode(text);
    range.selectNodeContents(text);
  }
  const style = new window.CKEDITOR.style({ element: "a", attributes });
  style.type = window.CKEDITOR.STYLE_INLINE; // it takes a link for an object otherwise
  style.applyToRange(range, editor);
  range.collapse();
  range.select();
}

/* Makes the words that are marked lead to an address; false when none are, or where no link may stand. */
export function linkMarked(editor, typed) {
  const selection = editor.getSelection();
  const range = selection?.getRanges()[0];
  const words = selection?.getSelectedText().trim();
  if (!words || range.collapsed || editor.widgets.focused || address(words).startsWith("http")) return false;
  const [first, last] = [range.startPath().block, range.endPath().block];
  if (!first || !last?.equals(first) || !editor.activeFilter.check("a[href]")) return false;
  editor.fire("saveSnapshot");
  set(editor, address(typed));
  editor.fire("saveSnapshot");
  return true;
}

async function edit(editor) {
  const link = window.CKEDITOR.plugins.link.getSelectedLink(editor);
  const isNew = !link;
  const asksWords = isNew && editor.getSelection().getRanges()[0]?.collapsed;
  const href = link?.data("cke-saved-href") ?? link?.getAttribute("href") ?? "";
  const bookmarks = editor.getSelection().createBookmarks2(true);
  const words = document.getElementById(`${editor.name}-toolbar`).dataset;
  const typed = await ask("link", { href, isNew, isOld: link, asksWords }, {
    check: ({ href: typedHref }) => (address(typedHref) ? "" : words.noAddress),
  });
  editor.focus();
  if (!typed) return;
  editor.getSelection().selectBookmarks(bookmarks);
  editor.fire("saveSnapshot");
  if (typed.action === "remove") editor.execCommand("unlink");
  else set(editor, address(typed.href), typed.words?.trim());
  editor.fire("saveSnapshot");
}

export function links(editor) {
  const command = editor.addCommand("link", { exec: edit, async: true, contextSensitive: true, refresh });
  command.canUndo = false;
  editor.setKeystroke(window.CKEDITOR.CTRL + 75, "link"); // K
}

function refresh(editor, path) {
  this.setState(path.contains("a", 1) ? window.CKEDITOR.TRISTATE_ON : window.CKEDITOR.TRISTATE_OFF);
}
