/* Sends the story: once, however often the line breaks. What was typed stays on the page until the desk has it. */
import { renew, send } from "./desk.js";
import { field, form, pairs, written } from "./form.js";
import { isKept, pause } from "./keeping.js";
import { mistakes } from "./mistakes.js";
import { saved, say, show } from "./notes.js";
import { goOn, lock, quiet } from "./place.js";
import { isAsked } from "./publishing.js";
import { mend } from "./session.js";
import { adopt, stay } from "./staying.js";

const [SOON, FIRST, LONGEST] = [2000, 1000, 30_000]; // milliseconds; the second until the next attempt, doubled each time

let button; // what was pressed, until it has been answered
let [isSending, wait, timer] = [false, FIRST, undefined];
let anew = ""; // where the page is loaded again, for other steps are open now

const isVerb = (pressed) => pressed.some(([name]) => ["_verb", "_as"].includes(name));

async function attempt() {
  clearTimeout(timer);
  if (!button || isSending) return;
  isSending = true;
  const pressed = button;
  say("saving");
  // What is under way to be kept must not arrive after what is saved.
  await Promise.race([pause(true), new Promise((resolve) => setTimeout(resolve, SOON))]);
  if (isVerb(pressed)) lock(true); // what is typed now would come too late for it
  const sent = pairs();
  const said = await send([...sent, ["csrfmiddlewaretoken", field("csrfmiddlewaretoken").value], ...pressed]);
  isSending = false;
  await answered(said, sent, pressed);
}

async function arrived(said, sent, pressed) {
  if (isVerb(pressed)) return goOn(said.url, true);
  if (said.version) adopt(said, sent);
  const isChanged = written(pairs()) !== written(sent);
  // What was pressed meanwhile comes next; and elsewhere what was typed meanwhile would be missing.
  if (button !== pressed || (!said.version && isChanged)) return attempt();
  if (!said.version) return goOn(said.url);
  finish();
  if (said.stays && !anew) return stay(said);
  anew = said.url;
  saved(said.saved);
  await quiet();
  // What the desk keeps for its writer alone is not in the story yet.
  if (!button && !isSending) written(pairs()) === written(sent) ? goOn(anew) : press([]);
}

async function answered(said, sent, pressed) {
  if (said.why === "ok") return arrived(said, sent, pressed);
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

addEventListener("beforeunload", (event) => isKept() || event.preventDefault());

document.querySelector("[data-save-as]")?.addEventListener("click", async () => {
  const said = await renew();
  if (said.token) field("csrfmiddlewaretoken").value = said.token;
  press([...(button ?? []), ["_as", String(said.user)]]);
});

for (const [target, name] of [[document, "desk:signed-in"], [window, "online"]]) target.addEventListener(name, attempt);
