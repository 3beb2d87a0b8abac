/* The library's page: what was sent leads to its words at once. */
import { uploads } from "./pictures/uploads.js";

const form = document.querySelector("[data-uploads]");
const list = document.querySelector("[data-uploads-list]");

if (form && list) {
  uploads(form, list, (picture, row) => {
    const image = Object.assign(document.createElement("img"), { src: picture.thumbnail, alt: "" });
    row.querySelector(".uploads__blank").replaceWith(image);
    const link = Object.assign(document.createElement("a"), { className: "button", href: picture.url });
    link.textContent = list.dataset.words;
    link.setAttribute("aria-label", `${list.dataset.words}: ${row.querySelector(".uploads__name").textContent}`);
    row.querySelector(".button-row").prepend(link);
  });
  // A photo dropped beside the zone would replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
}
