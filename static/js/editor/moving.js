/* Objects that are moved among the blocks of the text, and taken away. */
import { isBlock, isEmpty, room, show, write } from "./placing.js";

const isObject = (block) => Boolean(block?.data("cke-widget-wrapper"));

/* The empty lines beside an object are there for its sake: where it is gone, one stays between two objects and at an end. */
function tidy(lines) {
  for (const line of lines) {
    const [before, next] = [line.getPrevious(isBlock), line.getNext(isBlock)];
    if (before && next && !(isObject(before) && isObject(next))) line.remove();
  }
}

/* Past the next block that has something in it. */
export function move(editor, widget, isUp) {
  const { wrapper } = widget;
  const step = (node) => (isUp ? node.getPrevious(isBlock) : node.getNext(isBlock));
  let there = step(wrapper);
  while (there && isEmpty(there) && step(there)) there = step(there);
  if (!there) return;
  editor.fire("saveSnapshot");
  const lines = [wrapper.getPrevious(isBlock), wrapper.getNext(isBlock)].filter((block) => block && isEmpty(block));
  if (isUp) wrapper.insertBefore(there);
  else wrapper.insertAfter(there);
  room(editor, wrapper);
  tidy(lines);
  widget.focus();
  show(widget);
  editor.fire("saveSnapshot");
}

export function remove(editor, widget) {
  editor.fire("saveSnapshot");
  const { wrapper } = widget;
  const [next, before] = [wrapper.getNext(isBlock), wrapper.getPrevious(isBlock)];
  editor.widgets.del(widget); // with its wrapper
  editor.focus();
  const there = next ?? before;
  if (there) write(editor, there);
  editor.fire("saveSnapshot");
}
