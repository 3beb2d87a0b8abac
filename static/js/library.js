/* The library's page: what was sent is given its words at once, and stands in the list below. */
import { captioning, stayingFor } from "./pictures/captioning.js";
import { dropping, pasting } from "./pictures/dropping.js";
import { standIns, thumbnail } from "./pictures/thumbnail.js";
import { boxes, ticking } from "./pictures/ticking.js";
import { uploads } from "./pictures/uploads.js";

const form = document.querySelector("[data-uploads]");
const list = document.querySelector("[data-uploads-list]");
const next = document.querySelector("[data-next]");
const said = document.querySelector("[data-tally]");
const MANY = 3; // files whose lines are no longer seen at a glance
const SOON = 400; // milliseconds: what arrives together is asked for together
const sent = new Set();
let timer = 0;
let asked = 0;

const changelist = () => document.querySelector("#changelist-form");

/* The list as it is now, by the page's own filters. What somebody types into them, or has ticked, stays. */
async function refresh() {
  const mine = (asked += 1);
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isSame = changelist() && there.querySelector("#changelist-form");
  const parts = isSame ? "[data-pictures]" : "[data-library]";
  const [old, now] = [document, there].map((page) => page.querySelector(parts));
  if (mine !== asked || !old || !now) return;
  const ticked = new Set(boxes(old).filter((box) => box.checked).map((box) => box.value));
  for (const box of boxes(now)) box.checked = ticked.has(box.value);
  old.replaceWith(now);
  if (!isSame && changelist()) ticking(changelist());
}

function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, SOON);
}

/* Several that were sent together are credited together. */
function offerNext() {
  const link = next.querySelector("a");
  link.textContent = link.dataset.words.replace("{count}", sent.size);
  link.search = new URLSearchParams([...sent].map((id) => ["picture", id]));
  next.hidden = sent.size < 2;
}

/* How far many files are, beside the lines of each. */
function tally() {
  const rows = [...list.children];
  const open = (row) => row.querySelector("progress:not([hidden])") !== null;
  const refused = rows.filter((row) => !open(row) && row.querySelector("progress")).length;
  const done = rows.filter((row) => !row.querySelector("progress")).length;
  const { words, refused: also } = said.dataset;
  const text = words.replace("{done}", done).replace("{all}", rows.length);
  const now = refused ? `${text} ${also.replace("{count}", refused)}` : text;
  if (said.textContent !== now) said.textContent = now;
  said.hidden = rows.length < MANY;
}

if (form && list) {
  new MutationObserver(tally).observe(list, { childList: true, subtree: true, attributeFilter: ["hidden"] });
  const add = uploads(form, list, (picture, row) => {
    if (picture.known) return;
    row.querySelector(".uploads__blank").replaceWith(thumbnail(picture.thumbnail));
    captioning(picture, row, form, refreshSoon);
    row.addEventListener("picture-gone", () => (sent.delete(picture.id), offerNext()));
    sent.add(picture.id);
    offerNext();
    refreshSoon();
  });
  list.addEventListener("picture-gone", refreshSoon);
  stayingFor(document.querySelector("#content-main"));
  dropping(document, form, add);
  pasting(add);
}
if (changelist()) ticking(changelist());
standIns(document);
