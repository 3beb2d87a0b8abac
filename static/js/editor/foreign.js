/* What a pasted page shows besides its words: posts and films of known services become their cards, which articles/embeds.py
   reads; pictures cannot come along, and are told of. */
import { parsed } from "./cleaning.js";
import { htmlOf } from "./placeholders.js";
import { words } from "./picture.js";

const AFTER_OWN = 2; // of the listeners to pastes: objects that were copied here are stripped before, CKEditor's filters come after
const SMALL = 48; // pixels: faces, signs and dots of another page are no pictures of a story
const CODE = /^\s*<(?:iframe|blockquote)\b[^>]*>[\s\S]*>\s*$/i;
const EMOJI = /^\p{Extended_Pictographic}\S{0,10}$/u;

/* Addresses under which services let a post or a film stand in other pages, and those of the thing itself. */
const FRAMES = [
  [/^\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/(?!videoseries)([\w-]{6,20})/, (id) => `https://www.youtube.com/watch?v=${id}`],
  [/^\/\/(?:www\.)?instagram\.com\/((?:p|reel|tv)\/[\w-]+)\/embed\b/, (path) => `https://www.instagram.com/${path}/`],
  [/^\/\/platform\.twitter\.com\/embed\/.*[?&]id=(\d{1,25})/, (id) => `https://x.com/i/status/${id}`],
  [/^\/\/(?:www\.)?facebook\.com\/plugins\/(?:post|video)\.php\?.*\bhref=(https?%3A[^&]+)/i, (href) => new URLSearchParams(`href=${href}`).get("href")],
];

function framed(element) {
  const address = (element.dataset.src ?? element.src).replace(/^https?:/, ""); // the first waits until it is in sight
  for (const [pattern, write] of FRAMES) {
    const found = address.match(pattern);
    if (found) return write(found[1]);
  }
  return "";
}

const without = (address) => (address ?? "").split("?")[0]; // what tells the service whose page it was

/* How each of them stands in a page, with what gives its address. The first is the card of our own pages. */
const SHOWN = {
  "a.embed__card[href]": (link) => link.href,
  iframe: framed,
  ".twitter-tweet": (quote) => without([...quote.querySelectorAll("a[href*='/status/']")].at(-1)?.href),
  "[data-instgrm-permalink]": (quote) => without(quote.dataset.instgrmPermalink),
  ".tiktok-embed[cite]": (quote) => quote.getAttribute("cite"),
  ".fb-post[data-href], .fb-video[data-href]": (post) => post.dataset.href,
};

/* {element, url} of what becomes a card, in its order; of what stands within another only the outer one. */
function shownIn(body) {
  const all = [...body.querySelectorAll(Object.keys(SHOWN).join())].map((element) => {
    const [, read] = Object.entries(SHOWN).find(([selector]) => element.matches(selector));
    return { element, url: read(element) };
  });
  const found = all.filter(({ url }) => url);
  return found.filter(({ element }) => !found.some((other) => other.element !== element && other.element.contains(element)));
}

const LINES = "p, a, span, b, strong, i, em, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, aside, figure";

/* The card in the place of what was shown, named by the words below it; behind the block in which it stood. */
function put({ element, url }) {
  const frame = element.closest("figure");
  const name = element.matches(".embed__card") ? element.querySelector(".embed__caption") : frame?.querySelector("figcaption");
  const caption = name?.textContent.trim();
  let place = frame ?? element;
  for (let around = place; around; around = around.parentElement.closest(LINES)) place = around;
  place.insertAdjacentHTML("afterend", htmlOf({ "data-object": "embed", "data-url": url, ...(caption && { "data-caption": caption }) }));
  (frame ?? element).remove();
}

const isSmall = ({ width, height }) => Math.max(width, height) > 0 && Math.min(width || SMALL, height || SMALL) < SMALL;

/* {html, count}: with the cards and with drawn emoji as letters, and how many pictures there were. */
export function brought(html) {
  if (!/<(?:img|iframe|blockquote|a|div)\b/i.test(html)) return { html, count: 0 };
  const body = parsed(html);
  const emoji = [...body.querySelectorAll("img[alt]")].filter(({ alt }) => EMOJI.test(alt));
  for (const image of emoji) image.replaceWith(image.alt);
  const pictures = [...body.querySelectorAll("img")].filter((image) => !image.closest("noscript") && !isSmall(image));
  const cards = shownIn(body);
  for (const card of cards.reverse()) put(card);
  return { html: cards.length || emoji.length ? body.innerHTML : html, count: pictures.length };
}

/* What a service gives to be put into a page, where a card comes of it; scripts and all. */
const codeIn = (plain) => (CODE.test(plain) && shownIn(parsed(plain)).length ? plain.replace(/<script\b[\s\S]*/i, "") : "");

export function foreign(editor) {
  const hint = document.getElementById(`${editor.name}-toolbar`).querySelector("[data-left-out]");
  hint.querySelector("[data-close]").addEventListener("click", () => (hint.hidden = true));
  editor.on("paste", ({ data }) => {
    if (data.dataTransfer.getTransferType(editor) === window.CKEDITOR.DATA_TRANSFER_INTERNAL) return;
    const code = data.dataTransfer.getData("text/html") ? "" : codeIn(data.dataTransfer.getData("text/plain"));
    const { html, count } = brought(code || data.dataValue);
    data.dataValue = html;
    if (code) data.type = "html";
    hint.querySelector("p").textContent = words(editor).leftOut.replace("{count}", count);
    hint.hidden = !count;
  }, null, null, AFTER_OWN);
}
