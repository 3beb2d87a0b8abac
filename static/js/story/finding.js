/* "Go there" of a check about the text leads to the very place in it: an object is chosen there, words are marked.
   Without this the link leads to the text's beginning. */
import { texts } from "../editor/cleaning.js";
import { field } from "./form.js";

const OBJECT = ".cke_widget_element[data-object]";

/* Its top comes to a third of the window: below what lies over the head of the page, above what lies over its foot. */
function show(editor, { top }) {
  const frame = editor.window.getFrame().$.getBoundingClientRect();
  scrollBy({ top: frame.top + top - innerHeight / 3, behavior: "instant" });
}

function choose(editor, number) {
  const element = editor.editable().$.querySelectorAll(OBJECT)[number];
  const widget = element && editor.widgets.getByElement(new window.CKEDITOR.dom.element(element));
  if (!widget) return;
  editor.focus();
  widget.focus();
  show(editor, element.getBoundingClientRect());
}

const isWithout = (node) => !node.parentElement.closest("a, [contenteditable=false]");

/* Words that are partly bold stand in several pieces: then all of their block is marked. */
function mark(editor, words) {
  const body = editor.editable().$;
  const piece = texts(body).find((node) => isWithout(node) && node.data.includes(words));
  const block = [...body.querySelectorAll("p, li, td, th, h2, h3")].find((each) => each.textContent.includes(words));
  if (!piece && !block) return;
  const range = editor.createRange();
  if (piece) {
    const start = piece.data.indexOf(words);
    const text = new window.CKEDITOR.dom.text(piece);
    range.setStart(text, start);
    range.setEnd(text, start + words.length);
  } else {
    range.selectNodeContents(new window.CKEDITOR.dom.element(block));
  }
  editor.focus();
  range.select();
  show(editor, editor.getSelection().getNative().getRangeAt(0).getBoundingClientRect());
}

document.addEventListener("click", ({ target }) => {
  const link = target.closest("a[data-text-at]");
  const editor = window.CKEDITOR?.instances[field("body").id];
  if (!link || editor?.status !== "ready") return;
  const { textAt } = link.dataset;
  // After the link itself has led to the text: on a phone that shuts the sheet in which it stands.
  setTimeout(() => (/^\d+$/.test(textAt) ? choose(editor, Number(textAt)) : mark(editor, textAt)));
});
