/* The lead picture of a story, or a portrait: chosen in the library's dialog, shown at once. */
import { choosePictures } from "./picture-chooser.js";
import { dropping, strayFiles } from "./pictures/dropping.js";

for (const box of document.querySelectorAll("[data-picture-choice]")) {
  const select = box.querySelector("select");
  const figure = box.querySelector("[data-picture-preview]");
  const [choose, remove] = box.querySelectorAll("[data-choose], [data-remove]");

  const buttons = () => {
    choose.querySelector("span").textContent = select.value ? choose.dataset.other : choose.dataset.choose;
    remove.hidden = !select.value;
  };

  const show = (picture) => {
    const line = (text) => Object.assign(document.createElement("span"), { textContent: text });
    const image = Object.assign(document.createElement("img"), { src: picture.lead, alt: picture.alt });
    [image.width, image.height] = [picture.width, picture.height];
    const words = document.createElement("figcaption");
    words.append(line(picture.caption), picture.creditLine ? line(picture.creditLine) : "");
    if (picture.aiLabel) words.append(Object.assign(document.createElement("b"), { className: "lead-picture__ai", textContent: picture.aiLabel }));
    for (const reason of picture.held ?? []) {
      const said = reason[0].toLocaleUpperCase() + reason.slice(1);
      words.append(Object.assign(line(said), { className: "lead-picture__held" }));
    }
    figure.classList.toggle("lead-picture--tall", picture.height > picture.width);
    figure.replaceChildren(image, words);
  };

  const set = (value) => {
    select.value = value;
    figure.hidden = !value;
    for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
  };

  const pick = async (files = []) => {
    const [picture] = await choosePictures({ files, again: () => choose.click() });
    choose.focus();
    if (!picture) return;
    const known = [...select.options].some((option) => option.value === String(picture.id));
    if (!known) select.add(new Option(picture.caption || picture.name, picture.id));
    show(picture);
    set(picture.id);
  };

  choose.addEventListener("click", () => pick());
  dropping(box, box, pick);
  remove.addEventListener("click", () => {
    set("");
    choose.focus();
  });
  select.addEventListener("change", buttons);
  box.classList.add("is-scripted");
  buttons();
}
strayFiles();
