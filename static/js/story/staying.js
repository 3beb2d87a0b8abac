/* What a writer sees of a save: the page stays, with a form that is as good as new. Where other steps are open now it is
   loaded anew, as soon as nobody types. */
import { editor, facts, field, form, written } from "./form.js";
import { has } from "./keeping.js";
import { mended } from "./mistakes.js";
import { draw, saved } from "./notes.js";

function set(name, value) {
  if (!field(name)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field(name).value = value;
}

/* The form goes on from what was saved: sent once more, it is no second story and no stranger's text. */
export function adopt(said, sent) {
  mended();
  for (const name of ["version", "opened", "around"]) set(name, said[name]);
  set("key", crypto.randomUUID());
  set("stayed", "yes");
  form.action = said.url;
  facts.story = said.story;
  facts.autosave = facts.autosaveOf.replace("/0/", `/${said.story}/`);
  facts.after = "";
  has(written(sent), true);
}

export function stay(said) {
  document.querySelector("[data-log]").innerHTML = said.log;
  const heading = form.querySelector("h1");
  document.title = [said.title, ...document.title.split(" | ").slice(-1)].join(" | ");
  heading.textContent = said.heading;
  draw(said);
  saved(said.saved);
  if (editor()?.status === "ready") editor().fire("saveSnapshot"); // undoing stops here
}
