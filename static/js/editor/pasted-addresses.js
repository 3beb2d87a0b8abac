/* Addresses that are pasted. Alone on a line, one of a service that is known becomes its card; over words that are
   marked, it becomes their link. Undoing gives back what was pasted, or what was marked. */
import { cardOf } from "./cards.js";
import { parsed } from "./cleaning.js";
import { linkMarked } from "./links.js";
import { htmlOf } from "./placeholders.js";
import { room, topBlock, writeBelow } from "./placing.js";

const { CKEDITOR } = window;
const ADDRESS = /^https?:\/\/\S{1,500}$/i;
const SHOWN_ADDRESS = /^\S+\.\S+$/; // as programs shorten it
const MOST = 20; // cards of one paste
const LAST = 30; // when what is pasted has become clean paragraphs

/* {url, caption} of a line that is an address and no more, or words that lead to one; null for any other line. */
function lineOf(block) {
  const words = block.textContent.trim();
  if (ADDRESS.test(words)) return { url: words, caption: "" };
  const link = block.querySelector("a[href]");
  if (!link || !words || link.textContent.trim() !== words) return null;
  return { url: link.getAttribute("href"), caption: SHOWN_ADDRESS.test(words) ? "" : words };
}

const paragraphs = (editor) => [...editor.editable().$.children].filter((block) => block.matches("p"));

/* The address of the line in which the cursor is, when nothing else stands on it. */
export function addressOfLine(editor) {
  const block = topBlock(editor);
  return block?.is?.("p") ? lineOf(block.$)?.url ?? "" : "";
}

/* Puts HTML as a widget in the place of a block; the cursor, if it was there, goes into an empty line below it: what is
   pasted next must not run into the words that follow. */
function change(editor, block, html, name) {
  const wasThere = topBlock(editor)?.equals(block);
  const element = CKEDITOR.dom.element.createFromHtml(html, editor.document);
  element.replace(block);
  editor.widgets.wrapElement(element, name);
  const { wrapper } = editor.widgets.initOn(element, name);
  room(editor, wrapper);
  if (wasThere) writeBelow(editor, wrapper, { inEmpty: true });
}

/* Puts what a dialog made in the place of the line with the cursor. */
export function replaceLine(editor, html, name) {
  editor.fire("saveSnapshot");
  change(editor, topBlock(editor), html, name);
  editor.fire("saveSnapshot");
}

const isStill = (block, words) => block.isConnected && block.textContent.trim() === words;

/* All that have a card become it in one step; without a line to the desk once there is one again. */
async function becomeCards(editor, blocks, name) {
  const lines = blocks.map((block) => ({ block, words: block.textContent.trim(), ...lineOf(block) }));
  const asked = lines.map(({ url, caption }) =>
    cardOf(htmlOf({ "data-object": "embed", "data-url": url, ...(caption && { "data-caption": caption }) })));
  const cards = await Promise.all(asked);
  const found = lines.map((line, number) => ({ ...line, ...cards[number] })).filter(({ block, words }) => isStill(block, words));
  const late = found.filter(({ why }) => why === "offline").map(({ block }) => block);
  if (late.length) addEventListener("online", () => becomeCards(editor, late.filter((block) => block.isConnected), name), { once: true });
  const ready = found.filter(({ html }) => html);
  if (!ready.length) return;
  editor.fire("saveSnapshot");
  for (const { block, html } of ready) change(editor, new CKEDITOR.dom.element(block), html, name);
  editor.fire("saveSnapshot");
}

export function becoming(editor, name) {
  let takes = false; // whether this paste is one from outside that is not asked for as plain text
  let pasted = new Set(); // the words of its lines that are addresses
  let old = new Set(); // paragraphs that stood there before it
  editor.on("paste", (event) => {
    const { dataTransfer } = event.data;
    const isMoved = dataTransfer.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_INTERNAL;
    takes = !isMoved && editor.getCommand("pasteText").state !== CKEDITOR.TRISTATE_ON;
    const words = dataTransfer.getData("text/plain").trim();
    if (takes && ADDRESS.test(words) && linkMarked(editor, words)) event.cancel();
  }, null, null, 0); // before the words are taken up
  editor.on("paste", ({ data }) => {
    const body = parsed(data.dataValue);
    const lines = body.querySelector("p") ? [...body.querySelectorAll(":scope > p")] : [body];
    pasted = new Set(takes ? lines.filter(lineOf).map((line) => line.textContent.trim()) : []);
    old = new Set(paragraphs(editor).filter((block) => block.textContent.trim()));
  }, null, null, LAST);
  editor.on("afterPaste", () => {
    const lines = paragraphs(editor).filter((block) => !old.has(block) && pasted.has(block.textContent.trim()) && lineOf(block));
    if (lines.length) becomeCards(editor, lines.slice(0, MOST), name);
    pasted = old = new Set();
  });
}
