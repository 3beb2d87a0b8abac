/* What is pasted becomes the paragraphs of a story, wherever it comes from. CKEditor's own filters know the markup of
   Word and LibreOffice; before and after them the rest is done here. */
import { clean } from "./cleaning.js";
import { bare } from "./copied.js";
import { formatted, plain } from "./plain-text.js";
import { topBlock, writeBelow } from "./placing.js";
import { spelledOut } from "./programs.js";
import { leave } from "./typing.js";

const FIRST = 1; // before the filters that know a program
const CLOSED = ["table", "ul", "ol"]; // blocks that take what comes next for their own
const PLAIN = 86; // V, with Control and Shift; on a Mac with Alt, too
const SOON = 500; // milliseconds from the keys to the paste that they ask for
const LAST = 20; // after the filter of what a story may hold, which comes at 6

/* What a paste ends with does not swallow the next one: the cursor stands in a paragraph below it. */
function goingOn(editor) {
  let isClosed = false;
  editor.on("paste", ({ data }) => {
    leave(editor); // nor does it take the place of an object that is chosen
    const { body } = new DOMParser().parseFromString(data.dataValue, "text/html");
    const isWithin = editor.widgets.widgetHoldingFocusedEditable || editor.elementPath()?.contains(CLOSED);
    const last = body.lastElementChild;
    isClosed = !isWithin && Boolean(last?.matches([...CLOSED, "[data-object]"])) && !last.nextSibling;
  }, null, null, LAST + 1);
  editor.on("afterPaste", () => {
    if (isClosed) writeBelow(editor, topBlock(editor), { inEmpty: true });
    isClosed = false;
  });
}

/* The browser's own keys for a paste without formatting say the same as the button: marks stay as they are. */
function keys(editor, command, turn) {
  const { ALT, CTRL, SHIFT, TRISTATE_ON } = window.CKEDITOR;
  editor.on("key", ({ data }) => {
    if (![CTRL + SHIFT + PLAIN, CTRL + SHIFT + ALT + PLAIN].includes(data.keyCode) || command.state === TRISTATE_ON) return;
    turn(true);
    setTimeout(() => turn(false), SOON); // nothing was there to be pasted
  });
}

export function pasting(editor) {
  goingOn(editor);
  let asText = false; // the next paste comes without its formatting
  const command = editor.addCommand("pasteText", {
    exec: () => turn(!asText),
    readOnly: false,
    canUndo: false,
  });
  const turn = (isOn) => {
    asText = isOn;
    command.setState(isOn ? window.CKEDITOR.TRISTATE_ON : window.CKEDITOR.TRISTATE_OFF);
  };

  keys(editor, command, turn);

  editor.on("paste", ({ data }) => {
    // What is dragged about within the text is no paste.
    if (data.dataTransfer.getTransferType(editor) === window.CKEDITOR.DATA_TRANSFER_INTERNAL) return;
    const text = data.dataTransfer.getData("text/plain");
    if (text && (asText || !data.dataTransfer.getData("text/html"))) {
      data.type = "html";
      data.dataValue = asText ? plain(text) : formatted(text);
    } else {
      data.dataValue = spelledOut(bare(data.dataValue));
    }
    turn(false);
  }, null, null, FIRST);

  editor.on("paste", ({ data }) => {
    if (data.dataTransfer.getTransferType(editor) === window.CKEDITOR.DATA_TRANSFER_INTERNAL) return;
    data.dataValue = clean(data.dataValue);
  }, null, null, LAST);
}
