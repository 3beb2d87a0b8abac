/* Text without HTML as paragraphs, with or without the marks that people set in messengers: *bold*, _italic_, ~struck
   out~, lines that begin as those of a list or a quotation, and the tabs of a spreadsheet. Pure functions of text. */
const MARKS = [
  ["```", (words) => words],
  ["*", (words) => `<strong>${words}</strong>`],
  ["_", (words) => `<em>${words}</em>`],
  ["~", (words) => words], // a story has nothing to strike out with: whoever wrote it decides what stays
];
const ADDRESS = /(https?:\/\/\S+)/i;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const trimmed = (line) => (line.includes("\t") ? line.replace(/^ +|[ \r]+$/g, "") : line.trim());
const lines = (text) => text.split("\n").map(trimmed).filter((line) => line.trim());
const paragraph = (html) => `<p>${html}</p>`;

/* Each line a paragraph: people who write without formatting part them by one line break or by two. */
export function plain(text) {
  const found = lines(text).map(escaped);
  return found.length > 1 ? found.map(paragraph).join("") : (found[0] ?? "");
}

/* As messengers read their marks: close to the words within, apart from those around. Addresses have none. */
function marked(line) {
  return line.split(ADDRESS).map((part, number) => {
    let html = escaped(part);
    for (const [mark, write] of number % 2 ? [] : MARKS) {
      const [sign] = mark;
      const around = `\\p{L}\\p{N}@/${sign}`;
      const pattern = `(?<![${around}])[${sign}]{${mark.length}}(?![\\s${sign}])([^${sign}]+)(?<!\\s)[${sign}]{${mark.length}}(?![${around}])`;
      html = html.replace(new RegExp(pattern, "gu"), (_all, words) => write(words));
    }
    return html;
  }).join("").replace(/ {2,}/g, " ").trim();
}

const items = (tag, begins) => (found) =>
  `<${tag}>${found.map((line) => `<li>${marked(line.replace(begins, ""))}</li>`).join("")}</${tag}>`;
const table = (found) => {
  const row = (line) => `<tr>${line.split("\t").map((cell) => `<td>${marked(cell.trim())}</td>`).join("")}</tr>`;
  return `<table><tbody>${found.map(row).join("")}</tbody></table>`;
};
const QUOTED = /^>\s+(?=\S)/;
const POINT = /^[-*\u2022]\s+(?=\S)/;
const NUMBER = /^\d{1,2}[.)]\s+(?=\S)/;

/* What belongs together from a line on: ``least`` lines, each of which ``goes`` at its place. */
const GROUPS = [
  { least: 2, goes: (line) => line.includes("\t"), write: table },
  { least: 2, goes: (line) => POINT.test(line), write: items("ul", POINT) },
  { least: 2, goes: (line, place) => NUMBER.test(line) && parseInt(line, 10) === place + 1, write: items("ol", NUMBER) },
  {
    least: 1,
    goes: (line) => QUOTED.test(line),
    write: (found) => `<blockquote>${found.map((line) => paragraph(marked(line.replace(QUOTED, "")))).join("")}</blockquote>`,
  },
];

function grouped(rest) {
  for (const { least, goes, write } of GROUPS) {
    const end = rest.findIndex((line, place) => !goes(line, place));
    const count = end < 0 ? rest.length : end;
    if (count >= least) return { count, html: write(rest.slice(0, count)) };
  }
  return null;
}

export function formatted(text) {
  const found = lines(text);
  let html = "";
  for (let here = 0; here < found.length;) {
    const group = grouped(found.slice(here));
    if (!group && found.length === 1) return marked(found[0]);
    html += group?.html ?? paragraph(marked(found[here]));
    here += group?.count ?? 1;
  }
  return html;
}
