/* Pasted HTML as clean paragraphs. Pure functions of text; what is parsed here is shown nowhere and loads nothing. */
import { direct } from "./addresses.js";

const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, figure, aside";
const INSTEAD = { H1: "h2", H4: "h3", H5: "h3", H6: "h3", DIV: "p", B: "strong", I: "em" };

export const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

export function renamed(element, name) {
  const other = element.ownerDocument.createElement(name);
  for (const each of ["colspan", "rowspan"]) if (element.hasAttribute(each)) other.setAttribute(each, element.getAttribute(each));
  other.append(...element.childNodes);
  element.replaceWith(other);
}

export const unwrapped = (element) => element.replaceWith(...element.childNodes);

export function texts(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/* Loose words between blocks, and what two line breaks part, are paragraphs. */
function intoParagraphs(body) {
  let open = null;
  let breaks = 0;
  for (const node of [...body.childNodes]) {
    if (node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS)) {
      open = null;
    } else if (node.nodeName === "BR") {
      breaks += 1;
      if (breaks > 1) open = null;
      node.remove();
      continue;
    } else if (open || node.textContent.trim()) {
      if (open && breaks) open.append(document.createElement("br"));
      if (!open) node.before((open = document.createElement("p")));
      open.append(node);
    }
    breaks = 0;
  }
}

function splitAtBreaks(paragraph) {
  for (const line of paragraph.querySelectorAll(":scope > br + br")) {
    if (!line.isConnected || line.previousSibling?.nodeName !== "BR") continue;
    const before = document.createElement("p");
    while (paragraph.firstChild !== line) before.append(paragraph.firstChild);
    line.remove();
    paragraph.before(before);
  }
}

function trimmed(block) {
  for (const [edge, trim] of [["firstChild", "trimStart"], ["lastChild", "trimEnd"]]) {
    while (block[edge]?.nodeName === "BR") block[edge].remove();
    if (block[edge]?.nodeType === Node.TEXT_NODE) block[edge].data = block[edge].data[trim]();
  }
}

const words = (parts) => parts.map((part) => part.textContent).join("").replace(/\s/g, "");

/* A first row whose words are all bold, or said to be headings, is the head of its table. */
function headed(table) {
  const [first, second] = table.rows;
  const isHead = (cell) => cell.matches("th") || words([cell]) === words([...cell.querySelectorAll("strong")]);
  if (table.tHead || !second || !words([first]) || ![...first.cells].every(isHead)) return;
  for (const bold of first.querySelectorAll("strong")) unwrapped(bold);
  for (const cell of first.querySelectorAll("td")) renamed(cell, "th");
  table.createTHead().append(first);
}

/* As newsroom/unseen.py: what turns the direction of figures or splits words, and nobody sees. */
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

export function clean(html) {
  const body = parsed(html);
  for (const struck of body.querySelectorAll("del")) struck.remove(); // a tracked change
  for (const [tag, name] of Object.entries(INSTEAD)) for (const each of body.querySelectorAll(tag)) renamed(each, name);
  for (const next of body.querySelectorAll(":is(li, td, th) > :is(p, h2, h3) + :is(p, h2, h3)")) next.before(document.createElement("br"));
  for (const each of body.querySelectorAll("span, font, h2 strong, h2 em, h3 strong, h3 em, :is(li, td, th) > :is(p, h2, h3)")) unwrapped(each);
  for (const note of body.querySelectorAll("a[href*='#_msocom_'], p:has(a[href*='#_msoanchor_'])")) note.remove(); // Word's comments
  for (const place of body.querySelectorAll("a[href^='#']")) unwrapped(place); // of the document it was copied from
  for (const link of body.querySelectorAll("a[href]")) link.setAttribute("href", direct(link.getAttribute("href")));
  body.querySelectorAll("table").forEach(headed);
  body.normalize();
  // A no-break space between a number and its unit is meant; beside other space it is filling.
  for (const node of texts(body)) node.data = node.data.replace(UNSEEN, "").replace(/\s*\u00a0\s+|\s+\u00a0\s*|[ \t\r\n]+|\u00a0{2,}/g, " ");
  if (!body.querySelector(`${BLOCKS}, br`)) return body.innerHTML; // it goes into a line
  intoParagraphs(body);
  for (const paragraph of body.querySelectorAll("p")) splitAtBreaks(paragraph);
  for (const block of body.querySelectorAll("p, h2, h3, li")) {
    trimmed(block);
    if (!block.textContent.trim() && !block.querySelector("figure")) block.remove();
  }
  const only = body.children.length === 1 ? body.firstElementChild : null;
  return only?.nodeName === "P" ? only.innerHTML.trim() : body.innerHTML.trim();
}
