/* A story is found by typing words of its headline: published ones alone. */
import { ask } from "./dialogs.js";

const story = () => Promise.all([import("../story/desk.js"), import("../story/form.js")]);
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

function searching(form) {
  const list = form.querySelector("[data-found]");
  const none = form.querySelector("[data-none]");
  let timer;
  let asked = 0;
  const look = async () => {
    const number = (asked += 1);
    const [{ read }, { facts }] = await story();
    const said = await read(`${facts.stories}?${new URLSearchParams({ q: form.elements.q.value })}`);
    if (number !== asked) return; // somebody has typed on
    const found = (said.stories ?? []).filter(({ id }) => String(id) !== facts.story);
    list.replaceChildren(...found.map(row));
    none.hidden = found.length > 0;
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
  look();
}

/* The id of the story, as text; empty when the dialog was closed. */
export async function chooseStory() {
  const typed = await ask("see-also", {}, { prepare: searching });
  return typed ? typed.action : "";
}
