/* The story editor: CKEditor with the desk's own toolbar and dialogs. Which plugins it has is said in articles/body.py. */
import { boxed } from "./boxed.js";
import { boxes } from "./boxes.js";
import { copying } from "./copied.js";
import { files } from "./files.js";
import { foreign } from "./foreign.js";
import { links } from "./links.js";
import { objects } from "./objects.js";
import { pasting } from "./pasting.js";
import { tables } from "./tables.js";
import { toolbar } from "./toolbar.js";
import { typing } from "./typing.js";
import { typography } from "./typography.js";
import { listen } from "./verbs.js";

const { CKEDITOR } = window;
const LEAST = 320; // pixels

function headings(editor) {
  for (const element of ["h2", "h3"]) {
    const style = new CKEDITOR.style({ element });
    const command = editor.addCommand(element, new CKEDITOR.styleCommand(style));
    editor.attachStyleStateChange(style, (state) => editor.readOnly || command.setState(state));
  }
}

/* Cells, items of lists and quotes have no headings of their own; a quote would take a whole table or list with it. */
function outside(editor) {
  const shut = { h2: ["td", "th", "li", "blockquote"], h3: ["td", "th", "li", "blockquote"], blockquote: ["td", "th", "li"] };
  const look = (event) => {
    for (const [name, places] of Object.entries(shut)) {
      const command = editor.getCommand(name);
      const isOn = command.state === CKEDITOR.TRISTATE_ON; // what stands there already can be taken back
      if (!isOn && places.some((place) => event.data.path.contains(place))) command.disable();
    }
  };
  editor.on("selectionChange", look, null, null, 999); // after the commands themselves
}

/* A heading that becomes an item of a list is one no more. */
function listed(editor) {
  const lists = ["bulletedlist", "numberedlist"];
  const look = ({ data: { name, command } }) => {
    if (!lists.includes(name) || command.state === CKEDITOR.TRISTATE_ON) return;
    const blocks = editor.getSelection()?.getRanges()[0]?.createIterator();
    const headed = [];
    for (let block = blocks?.getNextParagraph(); block; block = blocks.getNextParagraph()) {
      if (block.is("h2", "h3")) headed.push(block);
    }
    const bookmarks = editor.getSelection()?.createBookmarks2(true);
    for (const block of headed) block.renameNode("p");
    if (headed.length) editor.getSelection().selectBookmarks(bookmarks);
  };
  editor.on("beforeCommandExec", look, null, null, 999); // after what is kept to be taken back to
}

/* The frame has a document of its own: what the desk's switch says must be said there, too. */
function colours(editor) {
  const page = document.documentElement;
  const copy = () => editor.document && (editor.document.$.documentElement.dataset.theme = page.dataset.theme ?? "auto");
  editor.on("contentDom", copy);
  new MutationObserver(copy).observe(page, { attributeFilter: ["data-theme"] });
}

/* The frame is as high as its text, so that a page has one thing to scroll. */
function growing(editor) {
  editor.on("contentDom", () => {
    const body = editor.document.$.body;
    const space = editor.ui.space("contents").$;
    const fit = () => (space.style.blockSize = `${Math.max(LEAST, body.offsetHeight)}px`);
    new ResizeObserver(fit).observe(body);
  });
}

CKEDITOR.plugins.add("newsroom", {
  requires: "link,table,tabletools,undo,widget",
  // After the others, whose commands of the same names it takes over.
  afterInit(editor) {
    const more = editor.config.hasObjects ? [objects, boxes, boxed, copying, files, foreign, listen, typing] : [];
    for (const part of [headings, outside, listed, links, tables, pasting, typography, colours, growing, ...more]) part(editor);
    // What is double-clicked would open dialogs of CKEditor's own.
    editor.on("doubleclick", (event) => (event.data.dialog = ""), null, null, 998);
    editor.on("instanceReady", () => toolbar(editor));
  },
});
