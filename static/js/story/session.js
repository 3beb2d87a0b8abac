/* A session that ended while somebody writes: signing in again beside the text, which then goes through. */
import { renew } from "./desk.js";
import { show } from "./notes.js";

const EVERY = 3000; // milliseconds between two looks whether somebody has signed in
let looking;

function settled(said) {
  if (said.why === "other") show("other", { name: said.name });
  if (said.why !== "ok") return false;
  clearInterval(looking);
  looking = undefined;
  show("");
  document.dispatchEvent(new CustomEvent("desk:signed-in"));
  return true;
}

const look = async () => settled(await renew());

/* Whether the form may be sent again at once; if not, a note says what to do, and ``desk:signed-in`` tells when. */
export async function mend() {
  const said = await renew();
  if (settled(said)) return true;
  if (said.why === "signed-out") show("signed-out");
  looking ??= setInterval(look, EVERY);
  return false;
}

addEventListener("focus", () => looking && look());

// Of dialogs, too, that are not there yet.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-sign-in]");
  if (!link) return;
  event.preventDefault();
  window.open(link.href, "desk-sign-in", "popup,width=480,height=760");
  looking ??= setInterval(look, EVERY);
});
