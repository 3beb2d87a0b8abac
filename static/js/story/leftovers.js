/* Texts that a browser took with it when it died: handed to the desk at the next opening, which offers them. */
import * as copies from "./copies.js";
import { read, tell } from "./desk.js";
import { facts } from "./form.js";

const offers = document.querySelector("[data-offers]");
const here = []; // the keys of what this device has handed in

async function hand(copy) {
  const what = { key: copy.key, version: copy.version, writer: facts.user, fields: copy.fields, after: copy.after };
  const leftover = { ...what, leftover: true };
  const url = copy.story ? facts.autosaveOf.replace("/0/", `/${copy.story}/`) : facts.autosaveNew;
  const said = await tell(url, leftover);
  // The story is not theirs to see any more, the words still are: offered as a new one.
  return said.status === 404 && copy.story ? tell(facts.autosaveNew, leftover) : said;
}

async function handIn() {
  for (const copy of await copies.leftovers(facts.user)) {
    const said = await hand(copy);
    if (said.why !== "ok") continue;
    await copies.remove(copy.id);
    if (copy.story === facts.story) here.push(said.key);
  }
  if (here.length) await list();
}

async function list() {
  const said = await read(`${facts.unsavedUrl}?${new URLSearchParams(here.map((key) => ["here", key]))}`);
  if (said.why !== "ok") return;
  const isOpen = offers.querySelector("[data-rest]")?.open;
  offers.innerHTML = said.offers;
  offers.querySelector("[data-rest]")?.toggleAttribute("open", Boolean(isOpen));
}

offers.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = await tell(event.target.action, {});
  if (said.why !== "ok") return;
  event.target.closest("[data-offer]").remove();
  await list(); // it says how many are left
  (offers.querySelector("a") ?? document.getElementById("content-start")).focus();
});

handIn().catch(() => {});
