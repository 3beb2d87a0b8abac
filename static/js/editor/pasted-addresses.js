/* An address that was pasted alone on a line becomes its card if a service is known for it; undoing gives the line back. */
import { cardOf } from "./cards.js";
import { htmlOf } from "./placeholders.js";
import { room, topBlock, writeBelow } from "./placing.js";

const { CKEDITOR } = window;
const ADDRESS = /^https?:\/\/\S{1,500}$/i;

/* Puts HTML as a widget in the place of a block; the cursor, if it was there, goes below it. */
function replace(editor, block, html, name) {
  const wasThere = topBlock(editor)?.equals(block);
  editor.fire("saveSnapshot");
  const element = CKEDITOR.dom.element.createFromHtml(html, editor.document);
  element.replace(block);
  editor.widgets.wrapElement(element, name);
  const { wrapper } = editor.widgets.initOn(element, name);
  room(editor, wrapper);
  if (wasThere) writeBelow(editor, wrapper);
  editor.fire("saveSnapshot");
}

export function becoming(editor, name) {
  let pasted = "";
  const isAlone = (block, address) => Boolean(block?.is?.("p")) && block.$.isConnected && block.getText().trim() === address;
  editor.on("paste", ({ data }) => {
    const isMoved = data.dataTransfer.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_INTERNAL;
    const isPlain = editor.getCommand("pasteText").state === CKEDITOR.TRISTATE_ON;
    const words = data.dataTransfer.getData("text/plain").trim();
    pasted = !isMoved && !isPlain && ADDRESS.test(words) ? words : "";
  }, null, null, 0); // before the words are taken up
  editor.on("afterPaste", async () => {
    const [block, address] = [topBlock(editor), pasted];
    pasted = "";
    if (!address || !isAlone(block, address)) return;
    const { html } = await cardOf(htmlOf({ "data-object": "embed", "data-url": address }));
    if (html && isAlone(block, address)) replace(editor, block, html, name);
  });
}
