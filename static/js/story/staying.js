/* What a writer sees of a save. Where nothing around the text has changed, the page stays; else the next one opens where
   this one was left. Nothing can be typed into a page that is being left. */
import { editor, facts, field, form, ready, written } from "./form.js";
import * as keeping from "./keeping.js";
import { mended } from "./mistakes.js";
import { saved } from "./notes.js";

const PLACE = "desk-place";
const SOON = 60_000; // milliseconds: what was left longer ago is another visit

export function lock(isOn) {
  const text = editor();
  form.inert = isOn;
  if (text?.status === "ready" && text.readOnly !== isOn) text.setReadOnly(isOn);
}

export function stay(sent, said) {
  mended();
  for (const name of ["version", "opened"]) field(name).value = said[name];
  field("key").value = crypto.randomUUID();
  facts.after = "";
  if (!field("stayed")) form.insertAdjacentHTML("beforeend", '<input type="hidden" name="stayed" value="yes">');
  keeping.has(written(sent), true);
  document.querySelector("[data-log]").innerHTML = said.log;
  saved(said.saved);
}

function remember() {
  const text = editor();
  const isInText = text?.status === "ready" && text.focusManager.hasFocus;
  const { id, selectionStart } = document.activeElement;
  const cursor = isInText ? text.getSelection().createBookmarks2(true) : undefined;
  sessionStorage.setItem(PLACE, JSON.stringify({ id, selectionStart, cursor, top: scrollY, at: Date.now() }));
}

export async function goOn(url, isVerb) {
  if (!isVerb) remember();
  lock(true);
  await keeping.leave();
  location.assign(url);
}

async function comeBack() {
  const place = JSON.parse(sessionStorage.getItem(PLACE));
  sessionStorage.removeItem(PLACE);
  if (!place || Date.now() - place.at > SOON) return;
  await ready;
  const text = editor();
  const box = document.getElementById(place.id);
  if (place.cursor && text?.status === "ready") {
    text.focus();
    text.getSelection().selectBookmarks(place.cursor);
  } else if (form.contains(box)) {
    box.focus({ preventScroll: true });
    if (Number.isInteger(place.selectionStart)) box.setSelectionRange(place.selectionStart, place.selectionStart);
  }
  scrollTo({ top: place.top, behavior: "instant" });
}

comeBack().catch(() => {});
