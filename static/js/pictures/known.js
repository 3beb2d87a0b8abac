/* A file that the library has already does not come twice: its row leads to the picture that is there. It is not the
   sender's to word or to remove by this. */
import { thumbnail } from "./thumbnail.js";

export function leadTo(picture, row) {
  const status = row.querySelector(".uploads__status");
  const link = Object.assign(document.createElement("a"), { href: picture.url, target: "_blank", textContent: picture.name });
  status.className = "uploads__status uploads__status--twin";
  status.replaceChildren(`${row.parentElement.dataset.known} `, link);
  row.querySelector(".uploads__blank").replaceWith(thumbnail(picture.thumbnail));
  row.querySelector("[data-away]").hidden = false;
}

/* Resolves to the picture when it is to be used all the same. */
export function offered(picture, row) {
  const use = row.parentElement.dataset.knownUse;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: use });
  button.setAttribute("aria-label", `${use}: ${picture.name}`);
  row.querySelector(".button-row").prepend(button);
  return new Promise((resolve) => button.addEventListener("click", () => resolve(picture)));
}
