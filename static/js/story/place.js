/* A page that is loaded anew after a save opens where it was left, with whatever was typed into it until it went. */
import { editor, facts, form, pairs, ready, whenTouched, written } from "./form.js";
import { leave } from "./keeping.js";

const PLACE = "desk-place";
const QUIET = 2500; // milliseconds without a letter
const SETTLED = 100; // milliseconds: by then the editor has grown with its text
const SOON = 60_000; // milliseconds: what was left longer ago is another visit

let touchedAt = 0;
whenTouched((event) => {
  if (event?.type !== "click") touchedAt = Date.now();
});

export async function quiet() {
  while (Date.now() - touchedAt < QUIET) await new Promise((resolve) => setTimeout(resolve, 100));
}

export function lock(isOn) {
  const text = editor();
  form.inert = isOn;
  if (text?.status === "ready" && text.readOnly !== isOn) text.setReadOnly(isOn);
}

/* Where the line stands in the window in which the cursor is, or the field. */
function height(text, box) {
  if (box) return box.getBoundingClientRect().top;
  const { $: node } = text.getSelection().getRanges()[0].startContainer;
  const line = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return text.window.getFrame().$.getBoundingClientRect().top + line.getBoundingClientRect().top;
}

function remember(left) {
  const text = editor();
  const isInText = text?.status === "ready" && text.focusManager.hasFocus;
  const { id, selectionStart } = document.activeElement;
  const cursor = isInText ? text.getSelection().createBookmarks2(true) : undefined;
  const box = form.contains(document.activeElement) ? document.activeElement : undefined;
  const top = isInText || box ? height(text, isInText ? undefined : box) : undefined;
  const late = written(pairs()) === left ? [] : pairs();
  sessionStorage.setItem(PLACE, JSON.stringify({ story: facts.story, id, selectionStart, cursor, top, late, at: Date.now() }));
}

export async function goOn(url, isVerb) {
  const left = written(pairs());
  if (isVerb) lock(true);
  else addEventListener("pagehide", () => remember(left));
  await leave();
  location.assign(url);
}

function fill(text, [name, value]) {
  const box = form.elements[name];
  if (name === "body") return new Promise((resolve) => text.setData(value, resolve));
  if (!box?.matches?.("input:not([type=checkbox], [type=hidden]), textarea, select") || box.value === value) return null;
  box.value = value;
  return box.dispatchEvent(new Event("input", { bubbles: true }));
}

let early = ""; // what is typed before the editor is there

/* Before the page's own keys: a letter of a sentence is no command. */
function hear(event) {
  const isElsewhere = document.activeElement !== document.body;
  if (isElsewhere || event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  early += event.key;
}

async function comeBack() {
  const place = JSON.parse(sessionStorage.getItem(PLACE));
  sessionStorage.removeItem(PLACE);
  if (!place || place.story !== facts.story || Date.now() - place.at > SOON) return;
  if (place.cursor) addEventListener("keydown", hear, true);
  await ready;
  const text = editor();
  const box = document.getElementById(place.id);
  for (const pair of place.late) await fill(text, pair);
  removeEventListener("keydown", hear, true);
  if (place.cursor && text?.status === "ready") {
    text.focus();
    text.getSelection().selectBookmarks(place.cursor);
    text.resetUndo();
    if (early) text.insertText(early);
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
