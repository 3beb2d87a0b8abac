/* Objects on the clipboard: as they stand in a text, without the frame and the buttons that they have while it is
   written. What is copied here is pasted into another story, another tab, a mail. */
import { parsed, renamed, unwrapped } from "./cleaning.js";
import { ATTRIBUTES, attributesOf } from "./placeholders.js";

const FRAMES = "[data-cke-widget-wrapper], .cke_widget_wrapper";
const OWN = ".object__kind, .cke_widget_drag_handler_container, .cke_widget_mask, [data-cke-hidden-sel]";
const COPYBIN = "[data-cke-copybin], [data-cke-copybin-start], [data-cke-copybin-end]";
const NOTHING = /[\u200b\ufeff]/g; // what CKEditor gives the cursor to stand on

/* An object without words of its own is its attributes; of one with words each part is what it is stored as. */
function bareObject(object) {
  const attributes = attributesOf((name) => object.getAttribute(name));
  if (object.nodeName === "FIGURE") object.replaceChildren();
  for (const part of object.querySelectorAll(".object__name")) renamed(part, "h3");
  for (const part of object.querySelectorAll(".object__source")) {
    const words = part.ownerDocument.createElement("cite");
    words.append(...part.childNodes);
    part.replaceChildren(words);
    renamed(part, "p");
  }
  for (const part of object.querySelectorAll(".object__words")) unwrapped(part);
  for (const { name } of [...object.attributes]) if (!ATTRIBUTES.includes(name) || !attributes[name]) object.removeAttribute(name);
}

export function bare(html) {
  if (!html.includes("data-object") && !html.includes("data-cke-")) return html;
  const body = parsed(html);
  for (const own of body.querySelectorAll(OWN)) own.remove();
  for (const mark of body.querySelectorAll(COPYBIN)) {
    mark.innerHTML = mark.innerHTML.replace(NOTHING, "");
    unwrapped(mark);
  }
  body.querySelectorAll("[data-object]").forEach(bareObject);
  for (const frame of body.querySelectorAll(FRAMES)) unwrapped(frame);
  return body.innerHTML.trim();
}

/* For programs that take no HTML: a block a paragraph, a cell a column, of a card its address. */
function asWords(html) {
  const body = parsed(html);
  for (const figure of body.querySelectorAll("figure")) figure.textContent = figure.dataset.url ?? "";
  for (const cell of body.querySelectorAll(":is(td, th) + :is(td, th)")) cell.prepend("\t");
  for (const line of body.querySelectorAll("br")) line.replaceWith("\n");
  for (const block of body.querySelectorAll("p, h2, h3, li, tr, figure")) block.append("\n");
  return body.textContent.replace(/\n{3,}/g, "\n\n").trim();
}

export function copying(editor) {
  editor.on("contentDom", () => {
    const editable = editor.editable();
    for (const name of ["copy", "cut"]) {
      // After CKEditor, which has put there what it takes for the text.
      editable.attachListener(editable, name, ({ data }) => {
        const clipboard = data.$.clipboardData;
        const html = clipboard?.getData("text/html") ?? "";
        const clean = bare(html);
        if (!data.$.defaultPrevented || !html || clean === html) return;
        clipboard.setData("text/html", clean);
        clipboard.setData("text/plain", asWords(clean));
      }, null, null, 999);
    }
  });
}
