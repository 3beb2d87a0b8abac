/* A story is found by typing words of its headline: published ones alone. */
import { ask } from "./dialogs.js";
import { isEarly, isNear } from "./nearness.js";
import { topBlock } from "./placing.js";

const story = () => Promise.all([import("../story/desk.js"), import("../story/form.js"), import("../story/away.js")]);
const PAUSE = 250; // milliseconds

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

/* The links of a text to other stories, but the one that is changed. */
function linksIn(editor, old) {
  const all = editor.editable().$.querySelectorAll("[data-object='see-also']");
  return [...all].map((each) => each.dataset.id).filter((id) => id !== old?.["data-id"]);
}

function searching(form, taken) {
  const list = form.querySelector("[data-found]");
  const none = form.querySelector("[data-none]");
  const linked = form.querySelector("[data-linked]");
  const away = form.querySelector("[data-no-answer]");
  let timer;
  let asked = 0;
  let shown; // the words to which the list belongs
  const look = async () => {
    const number = (asked += 1);
    const [{ read }, { facts }, { sayAway }] = await story();
    const q = form.elements.q.value;
    const said = await read(`${facts.stories}?${new URLSearchParams({ q })}`);
    if (number !== asked) return; // somebody has typed on
    sayAway(away, said.why);
    shown = said.why === "ok" ? q : undefined;
    const others = (said.stories ?? []).filter(({ id }) => String(id) !== facts.story);
    const found = others.filter(({ id }) => !taken.includes(String(id)));
    list.replaceChildren(...found.map(row));
    linked.hidden = found.length > 0 || !others.length;
    none.hidden = others.length > 0 || said.why !== "ok";
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  /* Enter takes the first of what is seen to be found; nothing by chance: with other words typed it looks at once, and
     takes what alone has them. */
  const take = async () => {
    const q = form.elements.q.value;
    const isSeen = shown === q;
    if (!isSeen) await look();
    const [first, second] = list.querySelectorAll("button");
    if (first && q.trim() && shown === q && q === form.elements.q.value && (isSeen || !second)) form.requestSubmit(first);
  };
  form.elements.q.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      clearTimeout(timer);
      take();
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
