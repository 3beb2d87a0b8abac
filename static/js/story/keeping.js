/* Nothing typed is lost: a copy on this device within two seconds, on the server when somebody pauses. */
import * as copies from "./copies.js";
import { tell } from "./desk.js";
import { facts, field, pairs, ready, whenTouched, written } from "./form.js";
import { draw, say, show } from "./notes.js";
import { mend } from "./session.js";

const LOOK = 1000; // milliseconds: how often the form is read while somebody types
const PAUSE = 3000;
const AT_THE_LATEST = 10_000;

let fields, looking;
let current; // what stands in the form
let kept; // what the server has
let isTouched = false;
let asked; // the answer that is under way
let isPaused = false; // the form itself is being sent
let isHeld = false; // nobody is signed in, or somebody else
let changedAt = 0;
let waitsSince = 0;
let heardAt = 0;

/* The copy on this device is written all the same. Tells when the last answer is there. */
export const pause = (isOn) => ((isPaused = isOn), asked);

export function leave() {
  clearInterval(looking); // the desk has it all, the next page is on its way
  kept = undefined;
  return copies.remove().catch(() => {});
}

async function look() {
  const now = Date.now();
  if (isTouched) {
    isTouched = false;
    fields = pairs();
    const text = written(fields);
    if (text !== current) {
      current = text;
      changedAt = now;
      waitsSince ||= now;
      const { user, story, after } = facts;
      const copy = { user, story, after, key: field("key").value, version: field("version").value, fields };
      copies.put(copy).catch(() => say("unsent"));
    }
  }
  if (asked || isPaused || isHeld) return;
  const isDue = now - changedAt >= PAUSE || now - waitsSince >= AT_THE_LATEST;
  if (current !== kept && isDue) await keep();
  else if (now - heardAt >= facts.pulse * 1000) await keep(true);
}

async function keep(isPulse) {
  const text = current;
  const said = { key: field("key").value, version: field("version").value, writer: facts.user, after: facts.after, seen: facts.seen };
  asked = tell(facts.autosave, isPulse ? said : { ...said, fields });
  const answer = await asked;
  asked = undefined;
  heardAt = Date.now();
  if (answer.why === "ok") {
    draw(answer);
    if (!isPulse) acknowledged(text, answer);
  } else if (["signed-out", "token", "other"].includes(answer.why)) {
    say("here");
    isHeld = true;
    isHeld = !(await mend());
  } else if (answer.why === "refused") {
    show("refused", { text: answer.message ?? answer.status });
    kept = text; // again when something else stands there
  } else if (current !== kept) {
    say(answer.why === "offline" ? "offline" : "broken");
    changedAt = waitsSince = Date.now();
  }
}

function acknowledged(text, answer) {
  kept = text;
  waitsSince = 0;
  field("key").value = answer.key;
  facts.after = answer.after;
  say("kept", answer.kept_at);
  if (text === current) copies.remove().catch(() => {});
}

addEventListener("beforeunload", (event) => {
  if (kept !== undefined && written(pairs()) !== kept) event.preventDefault();
});

const hurry = () => ([isHeld, changedAt] = [false, 0]);
for (const [target, name] of [[document, "desk:signed-in"], [window, "online"]]) target.addEventListener(name, hurry);

ready.then((start) => {
  current = written(start);
  // What came back with mistakes is nowhere yet but on this page.
  kept = facts.unsaved === "yes" ? "" : current;
  fields = start;
  isTouched = true;
  whenTouched(() => (isTouched = true));
  looking = setInterval(look, LOOK);
});
