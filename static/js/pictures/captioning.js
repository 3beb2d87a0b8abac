/* On the library's page: the words of each photo that has come, asked for in its row while others are still being sent.
   What is saved leads to the next one that lacks them; its full form is a link away, in another tab while photos are sent. */
import { isSending } from "./leaving.js";
import { askWords } from "./words.js";

const TYPED = ".uploads__words[data-typed]";

const nameIn = (row) => row.querySelector(".uploads__name").textContent;

function opening(row, words) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words });
  button.setAttribute("aria-label", `${words}: ${nameIn(row)}`);
  button.setAttribute("aria-expanded", "false");
  button.dataset.caption = "";
  return button;
}

/* The next row of those that have come and whose words nobody has given yet. */
function following(row) {
  for (let next = row.nextElementSibling; next; next = next.nextElementSibling) {
    const button = next.querySelector("[data-caption][aria-expanded=false]");
    if (button && !next.matches(".uploads__worded")) return button;
  }
  return null;
}

/* ``saved`` is called whenever the desk has the words of a picture. */
export function captioning(picture, row, sender, saved) {
  const list = row.parentElement;
  const skeleton = list.parentElement.querySelector("template[data-words]");
  const button = opening(row, list.dataset.words);
  let known = picture;

  const ask = async () => {
    button.setAttribute("aria-expanded", "true");
    const worded = askWords(known, row, skeleton, sender);
    const form = row.querySelector(".uploads__words");
    form.addEventListener("input", () => (form.dataset.typed = ""));
    known = await worded;
    const hadFocus = form.contains(document.activeElement);
    form.remove();
    button.setAttribute("aria-expanded", "false");
    row.classList.add("uploads__worded");
    row.querySelector(".uploads__status").textContent = list.dataset.worded;
    saved();
    const next = following(row);
    if (hadFocus) (next ?? button).focus();
    if (hadFocus) next?.click();
  };

  button.addEventListener("click", () => {
    const form = row.querySelector(".uploads__words");
    if (!form) return ask();
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) form.elements.alt_text.focus();
  });

  const link = Object.assign(document.createElement("a"), { className: "button button--plain", href: picture.url, textContent: list.dataset.full });
  link.setAttribute("aria-label", `${list.dataset.full}: ${nameIn(row)}`);
  row.querySelector(".button-row").prepend(button, link);
}

/* Links of the page that would stop what is being sent, or drop what is being typed, open beside it. */
export function stayingFor(place) {
  const isBusy = () => isSending() || document.querySelector(TYPED) !== null;
  place.addEventListener("click", ({ target }) => {
    const link = target.closest("a");
    if (link) link.target = isBusy() ? "_blank" : "";
  });
  addEventListener("beforeunload", (event) => {
    if (document.querySelector(TYPED)) event.preventDefault();
  });
}
