/* Text without HTML as paragraphs, with or without the marks that people set in messengers: *bold*, _italic_, and
   lines that begin as those of a list. Pure functions of text. */
const MARKS = [["*", "strong"], ["_", "em"]];
const ADDRESS = /(https?:\/\/\S+)/i;
const LISTS = [
  { tag: "ul", begins: /^[-*\u2022]\s+(?=\S)/ },
  { tag: "ol", begins: /^\d{1,2}[.)]\s+(?=\S)/ },
];

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const lines = (text) => text.split(/\s*\n\s*/).map((line) => line.trim()).filter(Boolean);

const paragraph = (html) => `<p>${html}</p>`;

/* Each line a paragraph: people who write without formatting part them by one line break or by two. */
export function plain(text) {
  const found = lines(text).map(escaped);
  return found.length > 1 ? found.map(paragraph).join("") : (found[0] ?? "");
}

/* As messengers read their marks: close to the words within, apart from those around. Addresses have none. */
function marked(line) {
  return line.split(ADDRESS).map((part, number) => {
    if (number % 2) return escaped(part);
    let html = escaped(part);
    for (const [mark, tag] of MARKS) {
      const around = `\\p{L}\\p{N}@/${mark}`;
      const pattern = `(?<![${around}])[${mark}](?![\\s${mark}])([^${mark}]+)(?<!\\s)[${mark}](?![${around}])`;
      html = html.replace(new RegExp(pattern, "gu"), `<${tag}>$1</${tag}>`);
    }
    return html;
  }).join("");
}

/* The lines that are a list together, from the first on: two at least, those with numbers from 1. */
function listed(rest) {
  for (const { tag, begins } of LISTS) {
    const end = rest.findIndex((line, number) => !begins.test(line) || (tag === "ol" && parseInt(line, 10) !== number + 1));
    const count = end < 0 ? rest.length : end;
    if (count > 1) return { count, tag, items: rest.slice(0, count).map((line) => line.replace(begins, "")) };
  }
  return null;
}

export function formatted(text) {
  const found = lines(text);
  let html = "";
  for (let here = 0; here < found.length;) {
    const list = listed(found.slice(here));
    if (!list && found.length === 1) return marked(found[0]);
    html += list
      ? `<${list.tag}>${list.items.map((item) => `<li>${marked(item)}</li>`).join("")}</${list.tag}>`
      : paragraph(marked(found[here]));
    here += list?.count ?? 1;
  }
  return html;
}
