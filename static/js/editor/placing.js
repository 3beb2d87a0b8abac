/* Where an object stands: always a block of its own between the paragraphs, with somewhere to write beside it. */
const { CKEDITOR } = window;

/* The outermost block in which the cursor is. */
export function topBlock(editor) {
  const editable = editor.editable();
  const path = editor.elementPath();
  const within = path?.elements.findLast?.((each) => each.getParent()?.equals(editable));
  return within ?? editable.getLast();
}

export const isEmpty = (block) => block.is?.("p") && !block.getText().trim() && !block.findOne("img, figure");

const paragraph = (editor) => {
  const made = new CKEDITOR.dom.element("p", editor.document);
  made.appendBogus(true);
  return made;
};

export const isBlock = (node) => node?.type === CKEDITOR.NODE_ELEMENT && !node.data("cke-temp");

/* An empty paragraph at either end and between two objects: nobody can set the cursor there otherwise. */
export function room(editor, wrapper) {
  const next = wrapper.getNext(isBlock);
  const before = wrapper.getPrevious(isBlock);
  if (!next || next.data("cke-widget-wrapper")) paragraph(editor).insertAfter(wrapper);
  if (!before || before.data("cke-widget-wrapper")) paragraph(editor).insertBefore(wrapper);
}

export function write(editor, block) {
  const range = editor.createRange();
  range.moveToElementEditStart(block);
  range.select();
}

/* Sets the cursor into the paragraph below a block, which is made where there is none. ``inEmpty`` asks for one without
   words: what is typed there does not run into what stands there. */
export function writeBelow(editor, block, { inEmpty = false } = {}) {
  let next = block.getNext(isBlock);
  if (!next?.is("p") || (inEmpty && !isEmpty(next))) {
    next = paragraph(editor);
    next.insertAfter(block);
  }
  write(editor, next);
}

/* A new block behind that of the cursor, or in its place when it is empty. */
export function behind(editor, html) {
  const block = topBlock(editor);
  const element = CKEDITOR.dom.element.createFromHtml(html, editor.document);
  if (block) element.insertAfter(block);
  else editor.editable().append(element);
  if (block && isEmpty(block)) block.remove();
  return element;
}

/* CKEditor scrolls to below the bars that lie over the page, the browser keeps clear of them. The frame is as high as its
   text only after the next drawing. */
export const show = ({ wrapper: { $: box } }) =>
  requestAnimationFrame(() => requestAnimationFrame(() => box.scrollIntoView({ block: "nearest" })));

/* Puts HTML as a widget behind the block of the cursor. */
export function place(editor, html, name) {
  editor.focus();
  editor.fire("saveSnapshot");
  const element = behind(editor, html);
  editor.widgets.wrapElement(element, name);
  const widget = editor.widgets.initOn(element, name);
  room(editor, widget.wrapper);
  editor.fire("saveSnapshot");
  show(widget);
  return widget;
}
