/* The same story, open twice by the same person: said, for whoever writes in both has two texts of it. */
import { facts } from "./form.js";

const EVERY = 3000; // milliseconds
const note = document.querySelector("[data-other-tab]");
const name = `desk-story-${facts.user}-${facts.story}`;

async function look() {
  const { held } = await navigator.locks.query();
  note.hidden = held.filter((lock) => lock.name === name).length < 2;
}

if (facts.story && navigator.locks) {
  // Held while this page lives; a tab that dies without a word lets go of it, too.
  navigator.locks.request(name, { mode: "shared" }, () => new Promise(() => {}));
  setInterval(look, EVERY);
}
