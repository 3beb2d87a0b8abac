/* What other programs say by their style sheets, said by elements. Word's HTML is left to CKEditor's own filter for it. */
import { parsed, texts, unwrapped } from "./cleaning.js";

const BOLD = 600; // font-weight

export function spelledOut(html) {
  if (/urn:schemas-microsoft-com|\bmso-/.test(html)) return html;
  return fromMessenger(withEmphasis(html));
}

/* Google Docs and Sheets write bold and italic as styles; Docs wraps all in a <b> that is not bold. */
function withEmphasis(html) {
  if (!/<(?:span|td)[^>]+font-(?:weight|style)/.test(html)) return html;
  const body = parsed(html);
  for (const whole of body.querySelectorAll("b[id^='docs-internal-guid']")) unwrapped(whole);
  for (const span of body.querySelectorAll(":is(span, td)[style]")) {
    const { fontStyle, fontWeight } = span.style;
    for (const name of [Number(fontWeight) >= BOLD || fontWeight === "bold" ? "strong" : "", fontStyle === "italic" ? "em" : ""]) {
      if (!name) continue;
      const inner = span.ownerDocument.createElement(name);
      inner.append(...span.childNodes);
      span.append(inner);
    }
  }
  return body.innerHTML;
}

/* WhatsApp and Telegram in a browser: drawn emoji, and line breaks that stand in the text itself. */
function fromMessenger(html) {
  if (!/selectable-text|copyable-text|class="[^"]*\bemoji\b/.test(html)) return html;
  const body = parsed(html);
  for (const emoji of body.querySelectorAll("img[alt]")) emoji.replaceWith(emoji.alt);
  for (const node of texts(body)) {
    if (!node.data.includes("\n")) continue;
    const pieces = node.data.split("\n").flatMap((line, number) => (number ? [document.createElement("br"), line] : [line]));
    node.replaceWith(...pieces);
  }
  for (const line of body.querySelectorAll("br")) line.after(line.cloneNode());
  return body.innerHTML;
}
