/* A photo that was passed on is not its sender's without a word: as soon as such a file is chosen, what the form began
   with, or what the file of before has, is emptied and asked for, and nothing is sent until it is answered. The server
   asks likewise. */
import { ownAtOnce } from "./own.js";

const asked = document.querySelector("[data-origin]");
const fields = asked && ["source", "licence"].map((name) => asked.form.elements[name]);
const file = asked?.form.elements.file;

if (file && fields.every(Boolean)) {
  const pattern = new RegExp(`^(?:${asked.dataset.origin})`, "i");
  const began = asked.value;
  const former = fields.map((field) => field.value);
  const demanded = fields.map((field) => field.required);
  const places = fields.map((field) => {
    const place = Object.assign(document.createElement("p"), { className: "help help--asked" });
    place.setAttribute("role", "status");
    field.after(place);
    return place;
  });

  const empty = (field) => {
    if (field.options[0].value) field.prepend(new Option(asked.dataset.choose, ""));
    field.value = "";
  };

  let isAsked = false;
  const look = () => {
    const was = isAsked;
    isAsked = Boolean(file.files.length) && pattern.test(file.files[0].name);
    fields.forEach((field, number) => (field.required = isAsked || demanded[number]));
    for (const place of places) place.textContent = isAsked ? asked.dataset.words : "";
    if (isAsked === was) return;
    asked.value = isAsked ? began || "true" : began;
    fields.forEach((field, number) => (isAsked ? empty(field) : (field.value ||= former[number])));
  };

  file.addEventListener("change", look);
  asked.form.addEventListener(
    "submit",
    (event) => {
      const lacking = fields.find((field) => field.required && !field.value);
      if (!lacking) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      lacking.reportValidity();
    },
    { capture: true },
  );
  ownAtOnce(asked.form.elements, asked.dataset.sender);
  look();
}
