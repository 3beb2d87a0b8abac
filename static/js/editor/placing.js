/* Where an object stands: always a block of its own between the paragraphs, with somewhere to write beside it. */
const { CKEDITOR } = window;

/* The outermost block in which the cursor is. */
export function topBlock(editor) {
  const editable = editor.editable();
  const path = editor.elementPath();
  const within = path?.elements.findLast?.((each) => each.getParent()?.equals(editable));
  return within ?? editable.getLast();
}

const isEmpty = (block) => block.is?.("p") && !block.getText().trim() && !block.findOne("img, figure");

const paragraph = (editor) => {
  const made = new CKEDITOR.dom.element("p", editor.document);
  made.appendBogus(true);
  return made;
};

/* An empty paragraph at either end and between two objects: nobody can set the cursor there otherwise. */
export function room(editor, wrapper) {
  const isBlock = (node) => node?.type === CKEDITOR.NODE_ELEMENT && !node.data("cke-temp");
  const next = wrapper.getNext(isBlock);
  const before = wrapper.getPrevious(isBlock);
  if (!next || next.data("cke-widget-wrapper")) paragraph(editor).insertAfter(wrapper);
  if (!before || before.data("cke-widget-wrapper")) paragraph(editor).insertBefore(wrapper);
}

/* Puts HTML as a widget behind the block of the cursor, or in the place of that block when it is empty. */
export function place(editor, html, name) {
  editor.focus();
  editor.fire("saveSnapshot");
  const block = topBlock(editor);
  const element = CKEDITOR.dom.element.createFromHtml(html, editor.document);
  if (block) element.insertAfter(block);
  else editor.editable().append(element);
  if (block && isEmpty(block)) block.remove();
  editor.widgets.wrapElement(element, name);
  const widget = editor.widgets.initOn(element, name);
  room(editor, widget.wrapper);
  editor.fire("saveSnapshot");
  widget.wrapper.scrollIntoView();
  return widget;
}

/* Past the next block that has something in it. */
export function move(editor, widget, isUp) {
  const step = (node) => (isUp ? node.getPrevious() : node.getNext());
  let there = step(widget.wrapper);
  while (there && (there.type !== CKEDITOR.NODE_ELEMENT || isEmpty(there)) && step(there)) there = step(there);
  if (!there) return;
  editor.fire("saveSnapshot");
  if (isUp) widget.wrapper.insertBefore(there);
  else widget.wrapper.insertAfter(there);
  room(editor, widget.wrapper);
  widget.focus();
  widget.wrapper.scrollIntoView();
  editor.fire("saveSnapshot");
}

export function remove(editor, widget) {
  editor.fire("saveSnapshot");
  const next = widget.wrapper.getNext();
  editor.widgets.del(widget);
  widget.wrapper.remove();
  editor.focus();
  if (next) {
    const range = editor.createRange();
    range.moveToElementEditStart(next);
    range.select();
  }
  editor.fire("saveSnapshot");
}
