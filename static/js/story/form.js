/* The story form as its other scripts read it: every field as pairs, the editor and the credits' order included. */
export const form = document.querySelector("[data-story-form]");
export const facts = form.dataset;
export const field = (name) => form.elements[name];

const BOOKKEEPING = new Set(["csrfmiddlewaretoken", "key", "writer", "version", "opened", "around", "stayed"]);
const EDITOR_PATIENCE = 8000; // milliseconds: without the network it may never come

let body; // what the editor held when it was last asked: asking costs time in a long story
export const editor = () => window.CKEDITOR?.instances[field("body").id];
const isReady = () => editor()?.status === "ready";

form.addEventListener("formdata", ({ formData }) => {
  if (!isReady()) return;
  body ??= editor().getData();
  formData.set("body", body);
});

/* What would be sent, buttons left out. */
export const pairs = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

/* As this device keeps it. */
export function copyOf(fields) {
  const { user, story, after } = facts;
  return { user, story, after, key: field("key").value, version: field("version").value, fields };
}

/* The same as one text, to tell whether anything was typed. */
export const written = (fields) => JSON.stringify(fields.filter(([name]) => !BOOKKEEPING.has(name)));

/* Tells of whatever may have changed a field, scripts of the admin's included. */
export function whenTouched(act) {
  for (const name of ["input", "change", "click"]) form.addEventListener(name, act);
  for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, act);
  window.django?.jQuery(form).on("change", act);
  ready.then(() =>
    editor()?.on("change", () => {
      body = undefined;
      act();
    }),
  );
}

/* The fields as the server sent them, once the editor has read its own. */
export const ready = new Promise((resolve) => {
  const start = pairs();
  const done = () => resolve(start.map(([name, value]) => [name, name === "body" && isReady() ? editor().getData() : value]));
  const timer = setTimeout(done, EDITOR_PATIENCE);
  const wait = () => {
    if (isReady()) {
      clearTimeout(timer);
      done();
    } else if (editor()) {
      editor().on("instanceReady", wait);
    } else {
      setTimeout(wait, 50);
    }
  };
  wait();
});
