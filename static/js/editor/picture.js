/* The dialog of a picture in the text: what was chosen is seen, with its own words, while it is captioned. */
import { cardOf } from "./cards.js";
import { ask } from "./dialogs.js";
import { htmlOf } from "./placeholders.js";

/* What the toolbar has to say, in the desk's words. */
export const words = (editor) => document.getElementById(`${editor.name}-toolbar`).dataset;

/* The library opens beside the story; it is a part of its own: choosePictures() says what it takes. */
export async function choose(editor, asked = {}) {
  let choosePictures;
  try {
    ({ choosePictures } = await import("../picture-chooser.js"));
  } catch {
    await ask("message", { text: words(editor).noLibrary });
    return [];
  }
  const again = () => editor.execCommand(asked.several ? "insert-gallery" : "insert-picture");
  return choosePictures({ again, ...asked });
}

/* What the desk knows of the pictures of an object that stands in the text. */
export const picturesOf = async (attributes) => (await cardOf(htmlOf(attributes))).pictures ?? [];

/* A picture and the words that go with it, as far as it has any. */
export function show(figure, picture) {
  const image = figure.querySelector("img");
  figure.hidden = !picture?.large && !picture?.thumbnail;
  if (figure.hidden) return;
  Object.assign(image, { src: picture.large ?? picture.thumbnail, alt: picture.alt ?? "", width: picture.width, height: picture.height });
  for (const place of figure.querySelectorAll("[data-own]")) place.textContent = picture[place.dataset.own] || place.dataset.lack || "";
}

/* The attributes of the placeholder; null when it was thought better of. */
export async function picture(editor, old, sent) {
  const chosen = sent ?? (old ? await picturesOf(old) : await choose(editor));
  const id = old?.["data-id"] ?? chosen[0]?.id;
  if (!id) return null;
  const values = { caption: old?.["data-caption"] ?? "", size: old?.["data-size"] ?? "text", isOld: old };
  const prepare = (form) => {
    show(form.querySelector("[data-shown]"), chosen[0]);
    // An upright picture is not made wider: it would fill more than a screen.
    form.querySelector("[data-sizes]").hidden = chosen[0]?.height > chosen[0]?.width;
  };
  const typed = await ask("picture", values, { prepare });
  if (!typed) return null;
  const placed = { "data-object": "picture", "data-size": typed.size || "text", "data-caption": typed.caption.trim() };
  if (typed.action !== "other") return { ...placed, "data-id": String(id) };
  const [other] = await choose(editor);
  // What was written of one picture is not true of another.
  return picture(editor, other ? { ...placed, "data-id": String(other.id), "data-caption": "" } : { ...placed, "data-id": String(id) });
}
