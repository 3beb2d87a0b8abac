/* What can be done with an object where it stands: by its buttons, by keys while it is chosen, by a double click. */
import { move, remove } from "./moving.js";

const { CKEDITOR } = window;

const VERBS = {
  edit: (widget) => widget.change?.(),
  up: (widget) => move(widget.editor, widget, true),
  down: (widget) => move(widget.editor, widget, false),
  remove: (widget) => remove(widget.editor, widget),
};

const TWICE = 1000; // milliseconds: no system takes a slower second press for a double click
let pressedAt = 0; // when a button of an object was pressed last

const KEYS = { [CKEDITOR.ALT + 13]: "edit", [CKEDITOR.ALT + 38]: "up", [CKEDITOR.ALT + 40]: "down" };

/* Alt with Enter edits, with an arrow moves; deleting is CKEditor's own. What is typed is for typing.js. */
export function keys(widget) {
  widget.on("key", (event) => {
    const verb = KEYS[event.data.keyCode];
    if (!verb) return;
    event.cancel();
    VERBS[verb](widget);
  });
  widget.on("doubleclick", (event) => {
    // After a first press of a button something else may be under the pointer.
    if (!widget.change || Date.now() - pressedAt < TWICE) return;
    event.cancel();
    widget.change();
  });
}

/* The line of an object that says what it is and has its buttons, in the desk's words. */
export function lineOf(editor, kind) {
  const line = document.querySelector(`template[data-line="${kind}"]`).content.firstElementChild;
  return new CKEDITOR.dom.element(editor.document.$.importNode(line, true));
}

/* Enter leaves a part that is one line: a box's name for its words, a quote's source for the text behind it. */
function leaveLine(event) {
  const { editor } = event;
  const widget = editor.widgets.widgetHoldingFocusedEditable;
  const line = widget?.focusedEditable;
  if (event.data.keyCode !== 13 || !line?.hasClass) return;
  const isName = line.hasClass("object__name");
  if (!isName && !line.hasClass("object__source")) return;
  event.cancel();
  if (isName) {
    widget.editables.words.focus();
    return;
  }
  const range = editor.createRange();
  range.moveToElementEditStart(widget.wrapper.getNext());
  editor.focus();
  range.select();
}

export function listen(editor) {
  editor.on("key", leaveLine, null, null, 1);
  editor.on("contentDom", () => {
    editor.editable().attachListener(editor.editable(), "click", (event) => {
      const button = event.data.getTarget().getAscendant((each) => each.data?.("verb"), true);
      const widget = button && editor.widgets.getByElement(button);
      if (!widget) return;
      event.data.preventDefault();
      pressedAt = Date.now();
      VERBS[button.data("verb")](widget);
    });
  });
}
