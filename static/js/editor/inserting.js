/* The dialogs by which an object gets into the text, and by which it is changed. */
import { cardOf } from "./cards.js";
import { ask } from "./dialogs.js";
import { gallery } from "./gallery.js";
import { choose, picture, words } from "./picture.js";
import { htmlOf } from "./placeholders.js";
import { chooseStory } from "./stories.js";

const THUMBNAILS = "/articles/picture/";

const without = (attributes) => Object.fromEntries(Object.entries(attributes).filter(([, value]) => value));

async function seeAlso(editor, old) {
  const id = await chooseStory(editor, old);
  return id && { "data-object": "see-also", "data-id": id };
}

const card = ({ still, url, caption }) =>
  without({ "data-object": "embed", "data-still": still, "data-url": url.trim(), "data-caption": caption.trim() });

function look(form) {
  const still = form.querySelector("img[data-still]");
  const number = form.elements.still.value;
  still.hidden = !number;
  if (number) still.src = `${THUMBNAILS}${number}/thumbnail/`;
}

/* One that has an address and no title is opened for its title. */
function prepare(form) {
  look(form);
  const { url, caption } = form.elements;
  if (url.value && !caption.value) [url.autofocus, caption.autofocus] = [false, true];
}

async function embed(editor, old, begun) {
  let clean = "";
  const check = async (typed) => {
    const { html, why } = await cardOf(htmlOf(card(typed)));
    clean = html;
    if (html) return "";
    return why && why !== "ok" ? words(editor).noDesk : words(editor).noService;
  };
  const [url, caption, still] = ["url", "caption", "still"].map((name) => (old ?? begun)?.[`data-${name}`] ?? "");
  const typed = await ask("embed", { url, caption, still }, { check, prepare });
  if (!typed) return null;
  if (typed.action === "no-still") return embed(editor, card({ ...typed, still: "" }));
  if (typed.action === "still") {
    const [chosen] = await choose(editor);
    return embed(editor, card({ ...typed, still: String(chosen?.id ?? typed.still) }));
  }
  const figure = new DOMParser().parseFromString(clean, "text/html").querySelector("figure");
  return Object.fromEntries([...figure.attributes].map(({ name, value }) => [name, value]));
}

const DIALOGS = { picture, gallery, "see-also": seeAlso, embed };

/* The attributes of what is to be put in; null when it was thought better of. ``begun`` is what there is already: pictures that were
   sent, or an embed with its address. */
export async function insert(editor, kind, begun) {
  const attributes = await DIALOGS[kind](editor, undefined, begun);
  editor.focus();
  return attributes && without(attributes);
}

export async function change(editor, old) {
  const attributes = await DIALOGS[old["data-object"]](editor, old);
  return attributes && without(attributes);
}
