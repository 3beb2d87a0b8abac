/* Photos that are being sent outlive the dialog in which they were chosen: closed and opened again it has their rows,
   and meanwhile a strip on the page says how far they are. */
import { dropping } from "./dropping.js";
import { letGo } from "./leaving.js";
import { told } from "./telling.js";
import { uploads } from "./uploads.js";
import { askWords } from "./words.js";

let part; // of the dialog: the form that sends, with a row for each file
let add; // takes files
let dialog; // {choose, look, open}: of the dialog that is open, or was last
let isOpen = false;
let strip;
let held; // the button by which the story was to be saved
const pasted = new Map(); // row: who is told when it has come

const rows = () => [...part.querySelector("[data-uploads-list]").children];
const words = () => told(rows(), strip.dataset, Boolean(held));

async function arrived(picture, row) {
  if (!picture.known) pasted.get(row)?.(picture);
  if (!part.contains(row)) return;
  const worded = await askWords(picture, row, part.querySelector("template[data-words]"), part.querySelector("form"));
  row.remove();
  dialog.choose(worded);
}

function draw() {
  const { text, share, isSending } = words();
  const isShown = Boolean(text) && !isOpen;
  strip.classList.toggle("sending--shown", isShown);
  const write = (place, now) => place.textContent === now || (place.textContent = now); // said once
  write(strip.querySelector("[role=status]"), isShown ? text : "");
  write(strip.querySelector("[data-share]"), isShown ? share : "");
  strip.querySelector("[data-away]").hidden = isSending;
  strip.querySelector("[data-save-all-the-same]").hidden = !held;
}

/* A story that is saved leaves the page, and with it what is being sent. */
function hold(event) {
  const stays = event.submitter?.formTarget === "_blank" || event.target.closest("dialog");
  if (stays || !words().isSending) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held = { form: event.target, button: event.submitter };
  draw();
  strip.querySelector("[data-save-all-the-same]").focus();
}

function begin(fresh) {
  part = fresh;
  strip = part.querySelector("template[data-strip]").content.firstElementChild.cloneNode(true);
  document.body.append(strip);
  const list = part.querySelector("[data-uploads-list]");
  add = uploads(part.querySelector("form"), list, arrived);
  new MutationObserver(draw).observe(list, { childList: true, subtree: true, attributeFilter: ["hidden", "value", "class"] });
  strip.querySelector("[data-open]").addEventListener("click", () => dialog.open());
  strip.querySelector("[data-away]").addEventListener("click", () => {
    held = undefined;
    for (const row of rows()) row.remove();
  });
  strip.querySelector("[data-save-all-the-same]").addEventListener("click", () => {
    removeEventListener("submit", hold, { capture: true });
    letGo();
    held.form.requestSubmit(held.button);
  });
  addEventListener("submit", hold, { capture: true });
}

/* Puts what is being sent into a dialog that opens. Returns what is to be done when it is open, with files to be sent
   at once, and when it is closed: files go with it of which somebody is told when they have come. */
export function sendingIn(fresh, ways) {
  dialog = ways;
  if (!part) begin(fresh);
  else {
    const [old, now] = [part, fresh].map((each) => each.querySelector("[name=csrfmiddlewaretoken]"));
    old.value = now.value; // of whoever has signed in again meanwhile
    fresh.replaceWith(part);
  }
  dropping(part.closest("dialog"), part.querySelector("form"), (files) => add(files));
  let own = [];
  return {
    opened(files, came) {
      isOpen = true;
      draw();
      const taken = files.length ? add(files) : [];
      if (came) for (const row of (own = taken)) pasted.set(row, came);
      part.querySelector(".uploads__words textarea")?.focus();
    },
    closed() {
      isOpen = false;
      // What was pasted goes with the dialog: what the desk cannot have yet is not sent on.
      for (const row of own) {
        if (row.querySelector("progress")?.value < 100) row.querySelector("button").click();
        row.remove();
      }
      draw();
    },
  };
}
