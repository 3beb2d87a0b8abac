/* Pictures, galleries, see-also and embeds in the text: shown as cards, stored as the placeholders of articles/objects.py. */
import { cardOf } from "./cards.js";
import { addressOfLine, becoming, replaceLine } from "./pasted-addresses.js";
import { change, insert } from "./inserting.js";
import { ATTRIBUTES, attributesOf, htmlOf } from "./placeholders.js";
import { place, room, writeBelow } from "./placing.js";
import { keys } from "./verbs.js";

const { CKEDITOR } = window;
const NAME = "placeholder";
const attributes = (element) => attributesOf((name) => element.getAttribute(name));

/* What a card is, for whoever does not see it. */
const said = (card) =>
  [...card.querySelectorAll(".object__kind > span:not(.object__verbs), .object__headline, .object__caption, .object__missing")]
    .map((part) => part.textContent.trim().replace(/\s+/g, " "))
    .filter(Boolean)
    .join(": ");

async function draw(widget) {
  const { editor, element } = widget;
  const words = document.getElementById(`${editor.name}-toolbar`).dataset;
  const { card } = await cardOf(htmlOf(attributes(element)));
  if (!element.$.isConnected) return;
  editor.fire("lockSnapshot");
  const shown = card || `<div class="object object--missing">${words.noCard}</div>`;
  element.setHtml(shown);
  widget.wrapper?.setAttribute("aria-label", said(element.$));
  editor.fire("unlockSnapshot");
}

async function edit(widget) {
  const { editor, element } = widget;
  const changed = await change(editor, attributes(element));
  editor.focus();
  if (!changed) return;
  editor.fire("saveSnapshot");
  element.removeAttributes(ATTRIBUTES);
  element.setAttributes(changed);
  await draw(widget);
  editor.fire("saveSnapshot");
}

/* Puts what a dialog made into the text, where one writes on below it; nothing when it was thought better of. */
export function put(editor, placed) {
  if (placed) writeBelow(editor, place(editor, htmlOf(placed), NAME).wrapper);
}

/* A line that is an address and no more is what the card is made of, and makes room for it. */
async function insertEmbed(editor) {
  const url = addressOfLine(editor);
  const made = await insert(editor, "embed", url ? { "data-url": url } : undefined);
  if (made && url) replaceLine(editor, htmlOf(made), NAME);
  else put(editor, made);
}

const COMMAND = { async: true, canUndo: false };

export function objects(editor) {
  becoming(editor, NAME);
  editor.widgets.add(NAME, {
    inline: false,
    draggable: false,
    allowedContent: "figure[!data-object,data-id,data-ids,data-still,data-size,data-url,data-caption]",
    upcast: (element) => element.name === "figure" && Boolean(element.attributes["data-object"]),
    downcast: (element) =>
      new CKEDITOR.htmlParser.element("figure", attributesOf((name) => element.attributes[name])),
    getLabel: () => "", // until the card is drawn
    init() {
      this.change = () => edit(this);
      keys(this);
      draw(this);
      this.on("ready", () => room(editor, this.wrapper));
    },
  });
  for (const kind of ["picture", "gallery", "see-also"]) {
    editor.addCommand(`insert-${kind}`, { ...COMMAND, exec: async () => put(editor, await insert(editor, kind)) });
  }
  editor.addCommand("insert-embed", { ...COMMAND, exec: () => insertEmbed(editor) });
}
