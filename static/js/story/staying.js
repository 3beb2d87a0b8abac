/* What a writer sees of a save. Where nothing around the text has changed, the page stays; else the next one opens where
   this one was left. Nothing can be typed into a page that is being left. */
import { editor, facts, field, form, ready, written } from "./form.js";
import * as keeping from "./keeping.js";
import { mended } from "./mistakes.js";
import { saved } from "./notes.js";

const PLACE = "desk-place";
const SETTLED = 100; // milliseconds: by then the editor has grown with its text
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

/* Where the line stands in the window in which the cursor is, or the field. */
function height(text, box) {
  if (box) return box.getBoundingClientRect().top;
  const { $: node } = text.getSelection().getRanges()[0].startContainer;
  const line = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return text.window.getFrame().$.getBoundingClientRect().top + line.getBoundingClientRect().top;
}

function remember() {
  const text = editor();
  const isInText = text?.status === "ready" && text.focusManager.hasFocus;
  const { id, selectionStart } = document.activeElement;
  const cursor = isInText ? text.getSelection().createBookmarks2(true) : undefined;
  const box = form.contains(document.activeElement) ? document.activeElement : undefined;
  const top = isInText || box ? height(text, isInText ? undefined : box) : undefined;
  sessionStorage.setItem(PLACE, JSON.stringify({ id, selectionStart, cursor, top, at: Date.now() }));
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
  } else {
    return;
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  scrollBy({ top: height(text, place.cursor ? undefined : box) - place.top, behavior: "instant" });
}

comeBack().catch(() => {});
