/* Nothing that is typed while an object is chosen is swallowed: it goes into a paragraph below the object.

   CKEditor keeps the selection in a hidden element meanwhile, and refuses every key. Keyboards on a screen send no keys
   at all, or one that says nothing: of these the input itself is heard. */
import { remove } from "./moving.js";
import { writeBelow } from "./placing.js";

const ENTER = [13, window.CKEDITOR.SHIFT + 13];
const BEFORE_WIDGETS = 0; // of the listeners to keys: CKEditor's for an object comes at 1
const WORDS = ["insertText", "insertReplacementText", "insertFromYank"];
const LINES = ["insertParagraph", "insertLineBreak"];

/* Off the object, into a paragraph that has no words yet; whether there was one to leave. */
export function leave(editor) {
  const { focused } = editor.widgets;
  if (!focused || editor.readOnly) return false;
  editor.fire("saveSnapshot");
  writeBelow(editor, focused.wrapper, { inEmpty: true });
  return true;
}

function key(event) {
  const { keyCode, domEvent } = event.data;
  const { key: letter, ctrlKey, metaKey, altKey, isComposing } = domEvent?.$ ?? {};
  if (ENTER.includes(keyCode)) {
    if (leave(event.editor)) event.cancel();
    return;
  }
  // AltGr, which writes letters, too, comes as Alt with Control.
  const isCommand = (ctrlKey || metaKey || altKey) && !(ctrlKey && altKey);
  if (!isCommand && !isComposing && letter && [...letter].length === 1) leave(event.editor);
}

function input(editor, { $: event }) {
  const { focused } = editor.widgets;
  if (!focused || !event.cancelable) return;
  if (event.inputType.startsWith("delete")) {
    event.preventDefault();
    remove(editor, focused);
  } else if (WORDS.includes(event.inputType) && leave(editor)) {
    event.preventDefault();
    editor.insertText(event.data ?? event.dataTransfer?.getData("text/plain") ?? "");
  } else if (LINES.includes(event.inputType) && leave(editor)) {
    event.preventDefault();
  }
}

export function typing(editor) {
  editor.on("key", key, null, null, BEFORE_WIDGETS);
  editor.on("contentDom", () => {
    const editable = editor.editable();
    editable.attachListener(editable, "beforeinput", ({ data }) => input(editor, data));
    editable.attachListener(editable, "compositionstart", () => void leave(editor));
  });
}
