/* Asks for the words of a picture that was just sent: no story goes out without them. */
import { thumbnail } from "./thumbnail.js";

let asked = 0;

/* Resolves to the picture with its words, when the desk has them. */
export function askWords(picture, row, skeleton, sender) {
  const form = skeleton.content.firstElementChild.cloneNode(true);
  const problem = form.querySelector("[role=alert]");
  asked += 1;
  for (const label of form.querySelectorAll("label")) {
    const field = form.querySelector(`#${label.htmlFor}`);
    label.htmlFor = field.id = `${field.id}-${asked}`;
  }
  for (const [name, value] of [["alt_text", picture.alt], ["caption", picture.caption], ["credit", picture.credit]]) {
    form.elements[name].value = value;
  }
  const rights = form.querySelector("[data-rights]");
  rights.hidden = picture.licence !== "";
  form.elements.licence.required = !rights.hidden;
  const owner = rights.querySelector("[data-owner]");
  const { owner: named, passedOn } = owner.dataset;
  owner.textContent = picture.owner ? named.replace("{owner}", picture.owner) : passedOn;
  row.querySelector(".uploads__blank").replaceWith(thumbnail(picture.thumbnail));
  row.append(form);
  form.elements.alt_text.focus();
  return new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const token = sender.elements.csrfmiddlewaretoken.value;
      const headers = { Accept: "application/json", "X-CSRFToken": token };
      const address = form.getAttribute("action").replace("/0/", `/${picture.id}/`);
      const answer = await fetch(address, { method: "POST", headers, body: new FormData(form) }).catch(() => null);
      const said = await answer?.json().catch(() => null);
      if (answer?.ok && said) return resolve(said);
      problem.textContent = said?.error ?? row.parentElement.dataset.failed;
      problem.hidden = false;
    });
  });
}
