/* Sends the story: once, however often the line breaks. What was typed stays on the page until the desk has it. */
import { renew, send } from "./desk.js";
import { field, form, pairs, written } from "./form.js";
import { isKept, pause } from "./keeping.js";
import { mistakes } from "./mistakes.js";
import { say, show } from "./notes.js";
import { isAsked } from "./publishing.js";
import { mend } from "./session.js";
import { goOn, lock, stay } from "./staying.js";

const FIRST = 1000; // milliseconds until the next attempt, doubled each time
const LONGEST = 30_000;
const SOON = 2000;

let button; // what was pressed, until it has been answered
let isSending = false;
let wait = FIRST;
let timer;

const isVerb = () => button.some(([name]) => name === "_verb");

async function attempt() {
  clearTimeout(timer);
  if (!button || isSending) return;
  isSending = true;
  say("saving");
  // What is under way to be kept must not arrive after what is saved.
  await Promise.race([pause(true), new Promise((resolve) => setTimeout(resolve, SOON))]);
  if (isVerb()) lock(true); // what is typed now would come too late for it
  const sent = pairs();
  const said = await send([...sent, ["csrfmiddlewaretoken", field("csrfmiddlewaretoken").value], ...button]);
  isSending = false;
  await answered(said, sent);
}

async function answered(said, sent) {
  if (said.why === "ok") {
    if (said.version) {
      finish();
      stay(sent, said);
    } else if (written(pairs()) === written(sent)) {
      await goOn(said.url, isVerb());
    } else {
      attempt(); // somebody wrote on meanwhile
    }
    return;
  }
  lock(false);
  if (said.why === "offline" || said.why === "broken") {
    say(said.why === "offline" ? "waiting" : "broken");
    timer = setTimeout(attempt, wait);
    wait = Math.min(2 * wait, LONGEST);
    return;
  }
  if (["signed-out", "token", "other"].includes(said.why)) {
    say("here");
    if (said.why !== "other" && (await mend())) return;
    if (said.why === "other") show("other", { name: said.name });
    return;
  }
  finish();
  say("unsent");
  if (said.why === "mistakes") mistakes(said);
  else show("refused", { text: said.message ?? said.status });
}

function finish() {
  button = undefined;
  wait = FIRST;
  pause(false);
}

function press(pressed) {
  button = pressed;
  wait = FIRST;
  show("");
  attempt();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, value } = event.submitter ?? {};
  const pressed = name ? [[name, value]] : [];
  if (!isAsked(event.submitter, () => press([...pressed, ["_confirmed", "yes"]]))) press(pressed);
});

addEventListener("beforeunload", (event) => {
  if (!isKept()) event.preventDefault();
});

document.querySelector("[data-save-as]")?.addEventListener("click", async () => {
  const said = await renew();
  if (said.token) field("csrfmiddlewaretoken").value = said.token;
  press([...(button ?? []), ["_as", String(said.user)]]);
});

document.addEventListener("desk:signed-in", attempt);
addEventListener("online", attempt);
