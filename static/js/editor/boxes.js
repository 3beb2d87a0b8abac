/* Pull quotes and fact boxes: blocks of the text whose words are written where they stand. */
import { hintsOf, label, watch } from "./hints.js";
import { markedIn } from "./marked.js";
import { place, room } from "./placing.js";
import { keys, lineOf } from "./verbs.js";

const { CKEDITOR } = window;
const parsed = (html) => CKEDITOR.htmlParser.fragment.fromHtml(html).children;
const box = (name, kind, children) => filled(new CKEDITOR.htmlParser.element(name, { "data-object": kind }), children);
const isElement = (node, ...names) => node.type === CKEDITOR.NODE_ELEMENT && names.includes(node.name);

function filled(element, children) {
  for (const child of children) element.add(child);
  return element;
}

const part = (name, children) => filled(new CKEDITOR.htmlParser.element(name.split(".")[0], { class: name.split(".")[1] }), children);

const KINDS = {
  "pull-quote": {
    tag: "blockquote",
    editables: {
      words: { selector: ".object__words", allowedContent: "p br strong em sub sup" },
      source: { selector: ".object__source", allowedContent: "strong em" },
    },
    // A paragraph that is a <cite> names who said it; the others are what was said.
    read(children) {
      const cited = children.filter((node) => isElement(node, "p") && node.children.some((each) => isElement(each, "cite")));
      const words = children.filter((node) => !cited.includes(node));
      const source = cited.flatMap((node) => node.children.flatMap((each) => (isElement(each, "cite") ? each.children : [each])));
      return [part("div.object__words", words), part("p.object__source", source)];
    },
    write({ words, source }) {
      const cited = source.trim() ? parsed(`<p><cite>${source}</cite></p>`) : [];
      return box("blockquote", "pull-quote", [...parsed(words), ...cited]);
    },
  },
  "fact-box": {
    tag: "aside",
    editables: {
      name: { selector: ".object__name", allowedContent: "strong em" },
      words: { selector: ".object__words", allowedContent: "p br strong em ul ol li sub sup; a[!href]" },
    },
    read(children) {
      const name = isElement(children[0] ?? {}, "h3") ? children[0].children : [];
      const words = isElement(children[0] ?? {}, "h3") ? children.slice(1) : children;
      return [part("h3.object__name", name), part("div.object__words", words)];
    },
    write({ name, words }) {
      const heading = name.trim() ? parsed(`<h3>${name}</h3>`) : [];
      return box("aside", "fact-box", [...heading, ...parsed(words)]);
    },
  },
};

function define(editor, kind) {
  const { tag, editables, read, write } = KINDS[kind];
  editor.widgets.add(kind, {
    inline: false,
    draggable: false,
    editables,
    allowedContent: `${tag}[!data-object]; cite p h3 div`,
    upcast(element) {
      if (element.name !== tag || element.attributes["data-object"] !== kind) return false;
      const parts = read(element.children.filter((node) => node.type === CKEDITOR.NODE_ELEMENT || node.value?.trim()));
      element.children = [];
      filled(element, parts);
      return element;
    },
    downcast() {
      const texts = Object.entries(this.editables).map(([name, editable]) => [name, editable.getData()]);
      return write(Object.fromEntries(texts));
    },
    getLabel: () => hintsOf(kind).label,
    init() {
      this.element.addClass("object").addClass(`object--${kind}`);
      for (const [name, editable] of Object.entries(this.editables)) label(editable, hintsOf(kind)[name]);
      this.element.findOne(".object__kind")?.remove(); // of a state that was restored
      this.element.append(lineOf(editor, kind), true);
      keys(this);
      this.on("ready", () => room(editor, this.wrapper));
    },
  });
  editor.addCommand(`insert-${kind}`, {
    exec: () => {
      const said = kind === "pull-quote" ? parsed(markedIn(editor)) : [];
      const [first, second] = read(said).map((each) => each.getOuterHtml());
      const widget = place(editor, `<${tag} data-object="${kind}">${first}${second}</${tag}>`, kind);
      // Who said the words that were marked is yet to be written.
      Object.values(widget.editables)[said.length ? 1 : 0].focus();
    },
  });
}

export function boxes(editor) {
  watch(editor, Object.keys(KINDS));
  for (const kind of Object.keys(KINDS)) define(editor, kind);
}
