/* The words that are marked in the text, as HTML: a paragraph for each line, without what links and emphasises. */
export function markedIn(editor) {
  const words = editor.widgets.focused ? "" : (editor.getSelection()?.getSelectedText() ?? "");
  const lines = words.split(/[\r\n]+/).filter((line) => line.trim());
  return lines.map((line) => `<p>${window.CKEDITOR.tools.htmlEncode(line.trim())}</p>`).join("");
}
