/* Nothing typed is lost: a copy on this device within two seconds, on the server when somebody pauses. */
import * as copies from "./copies.js";
import { tell } from "./desk.js";
import { copyOf, facts, field, pairs, ready, whenTouched, written } from "./form.js";
import { draw, say, show } from "./notes.js";
import { isDue, settle } from "./pace.js";
import { mend } from "./session.js";

let fields, looking, current, kept; // the last two: what stands in the form, what the server has
let asked; // the answer that is under way
// The second: the form itself is being sent. The third: nobody is signed in, or somebody else.
let [isTouched, isPaused, isHeld] = [false, false, false];
let [changedAt, waitsSince, heardAt] = [0, 0, 0];

/* The copy on this device is written all the same. Tells when the last answer is there. */
export const pause = (isOn) => ((isPaused = isOn), asked);

export const isKept = () => kept === undefined || written(pairs()) === kept;

/* The desk has this text. Where the form is as good as new, what was typed meanwhile is copied anew. */
export function has(text, isNew) {
  if (isNew) [current, isTouched] = [text, true];
  [kept, waitsSince] = [text, 0];
  if (text === current) copies.remove().catch(() => {});
}

export function leave() {
  clearInterval(looking); // the desk has it all, the next page is on its way
  kept = undefined;
  return copies.remove().catch(() => {});
}

function read(now) {
  if (!isTouched) return;
  isTouched = false;
  fields = pairs();
  const text = written(fields);
  if (text === current) return;
  current = text;
  changedAt = now;
  waitsSince ||= now;
  copies.put(copyOf(fields)).catch(() => say("unsent"));
}

/* What stands in the form goes to the desk at once; answers "ok" when it is there, else why it is not. */
export async function keepNow() {
  await ready;
  isTouched = true;
  read(Date.now());
  while (asked) await asked;
  return current === kept ? "ok" : keep();
}

async function look() {
  const now = Date.now();
  read(now);
  if (asked || isPaused || isHeld) return;
  if (current === kept) settle();
  if (current !== kept && isDue(now, changedAt, waitsSince)) await keep();
  else if (now - heardAt >= facts.pulse * 1000) await keep(true);
}

async function keep(isPulse) {
  const text = current;
  const said = { key: field("key").value, version: field("version").value, writer: facts.user, after: facts.after, seen: facts.seen };
  const answer = await (asked = tell(facts.autosave, isPulse ? said : { ...said, fields }));
  [asked, heardAt] = [undefined, Date.now()];
  if (answer.why === "ok") {
    draw(answer);
    if (isPulse || field("key").value !== said.key) return answer.why;
    field("key").value = answer.key;
    facts.after = answer.after;
    say("kept", answer.kept_at);
    has(text);
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
  return answer.why;
}

const hurry = () => ([isHeld, changedAt] = [false, 0]);
for (const [target, name] of [[document, "desk:signed-in"], [window, "online"]]) target.addEventListener(name, hurry);

ready.then((start) => {
  current = written(start);
  // What came back with mistakes is nowhere yet but on this page.
  kept = facts.unsaved === "yes" ? "" : current;
  fields = start;
  isTouched = true;
  whenTouched(() => (isTouched = true));
  looking = setInterval(look, 1000); // milliseconds
});
