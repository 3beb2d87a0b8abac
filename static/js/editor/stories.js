/* A story is found by typing words of its headline: published ones alone. */
import { ask } from "./dialogs.js";
import { topBlock } from "./placing.js";

const story = () => Promise.all([import("../story/desk.js"), import("../story/form.js"), import("../story/away.js")]);
const PAUSE = 250; // milliseconds
const APART = 5; // paragraphs, as articles/story_checks.py demands
const FIRST = 3; // that come before one, as there

function row({ id, headline, note }) {
  const button = document.createElement("button");
  Object.assign(button, { type: "submit", className: "found", value: String(id) });
  const words = Object.assign(document.createElement("span"), { className: "found__headline", textContent: headline });
  const place = Object.assign(document.createElement("span"), { className: "found__note", textContent: note });
  button.append(words, place);
  const item = document.createElement("li");
  item.append(button);
  return item;
}

const see = (node) => (node.matches("[data-cke-widget-wrapper]") ? node.querySelector("[data-object='see-also']") : null);

/* The links of a text to other stories, but the one that is changed. */
function linksIn(editor, old) {
  const all = editor.editable().$.querySelectorAll("[data-object='see-also']");
  return [...all].map((each) => each.dataset.id).filter((id) => id !== old?.["data-id"]);
}

/* Whether a new link behind this block would stand within APART paragraphs of another. */
function isNear(block) {
  for (const step of ["previousElementSibling", "nextElementSibling"]) {
    let count = 0;
    let node = step === "previousElementSibling" ? block : block?.nextElementSibling;
    for (; node && count < APART; node = node[step]) {
      if (see(node)) return true;
      if (node.matches("p") && node.textContent.trim()) count += 1;
    }
  }
  return false;
}

/* Whether fewer than FIRST paragraphs would stand before a new link behind this block. */
function isEarly(editor, block) {
  const isBehind = (each) => block && !block.contains(each) && block.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
  const written = [...editor.editable().$.querySelectorAll("p")].filter((each) => each.textContent.trim());
  return written.filter((each) => !each.closest("figure, .object__kind") && !isBehind(each)).length < FIRST;
}

function searching(form, taken) {
  const list = form.querySelector("[data-found]");
  const none = form.querySelector("[data-none]");
  const away = form.querySelector("[data-no-answer]");
  let timer;
  let asked = 0;
  const look = async () => {
    const number = (asked += 1);
    const [{ read }, { facts }, { sayAway }] = await story();
    const said = await read(`${facts.stories}?${new URLSearchParams({ q: form.elements.q.value })}`);
    if (number !== asked) return; // somebody has typed on
    sayAway(away, said.why);
    const found = (said.stories ?? []).filter(({ id }) => String(id) !== facts.story && !taken.includes(String(id)));
    list.replaceChildren(...found.map(row));
    none.hidden = found.length > 0 || said.why !== "ok";
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  // Enter takes nothing by chance: it looks at once.
  form.elements.q.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(timer);
      look();
    }
    if (event.key === "ArrowDown") list.querySelector("button")?.focus();
  });
  story().then(([, , { whenBack }]) => whenBack(form.closest("dialog"), () => away.hidden || look()));
  look();
}

/* The id of the story, as text; empty when the dialog was closed. ``old`` is the link that is changed, if any. */
export async function chooseStory(editor, old) {
  const taken = linksIn(editor, old);
  const block = topBlock(editor)?.$;
  const [near, early] = old ? [false, false] : [isNear(block), isEarly(editor, block)];
  const typed = await ask("see-also", { near, early }, { prepare: (form) => searching(form, taken) });
  return typed ? typed.action : "";
}
