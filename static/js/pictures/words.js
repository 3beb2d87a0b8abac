/* Asks for the words of a picture that was just sent: no story goes out without them. */
import { offered } from "./known.js";
import { ownAtOnce } from "./own.js";
import { thumbnail } from "./thumbnail.js";

let asked = 0;

/* The reason stands above its field, and both are in view: on a phone the keyboard hides the lower half. */
function refuse(field, reason) {
  const place = field.parentElement;
  if (reason) place.hidden = false;
  place.querySelector("[data-reason]")?.remove();
  field.toggleAttribute("aria-invalid", Boolean(reason));
  const help = place.querySelector(".help")?.id ?? "";
  help ? field.setAttribute("aria-describedby", help) : field.removeAttribute("aria-describedby");
  if (!reason) return;
  const said = Object.assign(document.createElement("p"), { id: `${field.id}-reason`, className: "uploads__status uploads__status--failed", textContent: reason });
  said.dataset.reason = "";
  field.before(said);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${said.id} ${help}`.trim());
}

/* Whether nothing was refused; else the first that was has the focus. */
function isComplete(form, reasons) {
  const fields = [...form.querySelectorAll("textarea, input, select")];
  for (const field of fields) refuse(field, reasons(field));
  const first = fields.find((field) => field.hasAttribute("aria-invalid"));
  first?.focus({ preventScroll: true });
  first?.parentElement.scrollIntoView({ block: "nearest" });
  return !first;
}

const lacking = (field) => (field.required && !field.value.trim() ? field.dataset.lack : "");

const told = ({ alt, caption, credit, source, licence, owner, ai }) => Object.entries({ alt_text: alt, caption, credit, source, licence, owner, ai });

/* What is sent, beside what stood in each field when it was shown: so nobody overwrites unknowingly. */
function sent(form, was) {
  const data = new FormData(form);
  for (const [name, value] of Object.entries(was)) data.set(`was_${name}`, value);
  return data;
}

function ask(form, picture) {
  for (const label of form.querySelectorAll("label")) {
    const field = form.querySelector(`#${label.htmlFor}`);
    label.htmlFor = field.id = `${field.id}-${asked}`;
    const help = field.parentElement.querySelector(".help");
    if (help) field.setAttribute("aria-describedby", (help.id = `${field.id}-help`));
  }
  for (const [name, value] of told(picture)) form.elements[name].value = value;
  for (const name of ["source", "licence"]) {
    const field = form.elements[name];
    field.required = picture[name] === "";
    field.parentElement.hidden = !field.required;
  }
  form.elements.owner.parentElement.hidden = Boolean(picture.source && picture.licence);
  const whose = form.querySelector("[data-whose]");
  whose.hidden = !picture.asked;
  whose.querySelector("p").textContent = picture.asked;
  ownAtOnce(form.elements, form.dataset.sender);
  whose.querySelector("button").addEventListener("click", () => {
    form.elements.source.value = "own";
    form.elements.source.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/* Resolves to the picture with its words, when the desk has them. */
export function askWords(picture, row, skeleton, sender) {
  if (picture.known) return offered(picture, row);
  const form = skeleton.content.firstElementChild.cloneNode(true);
  const problem = form.querySelector("[data-problem]");
  const was = Object.fromEntries(told(picture));
  asked += 1;
  ask(form, picture);
  row.querySelector(".uploads__blank")?.replaceWith(thumbnail(picture.thumbnail));
  row.append(form);
  // Whoever is typing elsewhere goes on typing there.
  if (!document.activeElement?.matches("textarea, input, select")) form.elements.alt_text.focus();
  return new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.hidden = true;
      if (!isComplete(form, lacking)) return;
      const headers = { Accept: "application/json", "X-CSRFToken": sender.elements.csrfmiddlewaretoken.value };
      const address = form.getAttribute("action").replace("/0/", `/${picture.id}/`);
      const answer = await fetch(address, { method: "POST", headers, body: sent(form, was) }).catch(() => null);
      const said = await answer?.json().catch(() => null);
      if (answer?.ok && said) return resolve(said);
      // Of a refused field the reason shows what stands there now; of the others nothing was shown.
      for (const [name, value] of said?.picture ? told(said.picture) : []) if (name in said.fields) was[name] = value;
      if (said?.fields?.source) form.elements.owner.parentElement.hidden = false;
      if (said?.fields && !isComplete(form, ({ name }) => said.fields[name])) return;
      problem.textContent = said?.error ?? row.closest("[data-uploads-list]").dataset.failed;
      problem.hidden = false;
      problem.scrollIntoView({ block: "nearest" });
    });
  });
}
