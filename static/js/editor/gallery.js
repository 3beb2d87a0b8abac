/* The dialog of a gallery: its pictures in their order, each moved and taken out by buttons. */
import { ask } from "./dialogs.js";
import { choose, picturesOf, words } from "./picture.js";

const MOST = 20; // as articles/objects.py keeps

function row(skeleton, picture) {
  const line = skeleton.content.firstElementChild.cloneNode(true);
  const name = picture.caption || picture.name;
  Object.assign(line.querySelector("img"), { src: picture.thumbnail, alt: picture.alt });
  line.querySelector("[data-name]").textContent = name;
  line.querySelector("[data-credit]").textContent = picture.credit;
  const link = line.querySelector("[data-fill-in]");
  Object.assign(link, { href: picture.url, hidden: Boolean(picture.alt && picture.credit) });
  link.setAttribute("aria-label", `${link.textContent}: ${name}`);
  for (const button of line.querySelectorAll("button")) button.setAttribute("aria-label", `${button.title}: ${name}`);
  return line;
}

/* Draws the list anew after each change; the form's ``ids`` has the order. */
function arranging(form, pictures) {
  const list = form.querySelector("[data-pictures]");
  const skeleton = form.querySelector("template");
  const status = form.querySelector("[role=status]");

  const draw = (here, move) => {
    list.replaceChildren(...pictures.map((picture) => row(skeleton, picture)));
    form.elements.ids.value = pictures.map(({ id }) => id).join(",");
    list.querySelector("[data-move='-1']")?.setAttribute("disabled", "");
    [...list.querySelectorAll("[data-move='1']")].at(-1)?.setAttribute("disabled", "");
    if (here === undefined) return;
    status.textContent = list.dataset.place.replace("{place}", here + 1).replace("{count}", pictures.length);
    const buttons = [...(list.children[here]?.querySelectorAll("button:enabled") ?? [])];
    (buttons.find((button) => button.dataset.move === move) ?? buttons.at(0) ?? form.elements.caption).focus();
  };

  list.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const here = [...list.children].indexOf(button.closest("li"));
    const [taken] = pictures.splice(here, 1);
    if (!button.dataset.move) return draw(Math.min(here, pictures.length - 1));
    const there = here + Number(button.dataset.move);
    pictures.splice(there, 0, taken);
    draw(there, button.dataset.move);
  });
  draw();
}

const together = (pictures) => [...new Map(pictures.map((each) => [each.id, each])).values()].slice(0, MOST);

/* The attributes of the placeholder; null when it was thought better of. */
export async function gallery(editor, old, sent) {
  const pictures = sent ?? (old ? await picturesOf(old) : await choose(editor, { several: true }));
  if (!pictures.length) {
    if (old) await ask("message", { text: words(editor).noCard });
    return null;
  }
  return arranged(editor, together(pictures), old?.["data-caption"] ?? "");
}

async function arranged(editor, pictures, caption) {
  const check = ({ ids }) => (ids ? "" : words(editor).noPictures);
  const typed = await ask("gallery", { caption }, { check, prepare: (form) => arranging(form, pictures) });
  if (!typed) return null;
  const text = typed.caption.trim();
  if (typed.action !== "more") return { "data-object": "gallery", "data-ids": typed.ids, "data-caption": text };
  return arranged(editor, together([...pictures, ...(await choose(editor, { several: true }))]), text);
}
