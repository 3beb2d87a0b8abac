/* A picture that is pasted or dropped into the text goes the way of every other: into the library, with its words,
   then into the story. One that is thought better of does not stay in the library: nobody has sent it there on purpose.
   What is no picture is told of. */
import { ask } from "./dialogs.js";
import { insert } from "./inserting.js";
import { put } from "./objects.js";
import { choose, words } from "./picture.js";

const BEFORE_ALL = 0; // of CKEditor's own listeners, which would say it in other words

const filesOf = (transfer) => Array.from({ length: transfer.getFilesCount() }, (_none, number) => transfer.getFile(number));

async function take(editor, files) {
  const pictures = files.filter(({ type }) => type.startsWith("image/"));
  if (!pictures.length) {
    await ask("message", { text: words(editor).noFile });
    return editor.focus();
  }
  const several = pictures.length > 1;
  const waiting = []; // that came before it was decided
  let placed; // the pictures that stand in the story now
  const settle = (picture) => (placed ? placed.has(picture.id) || withdraw(editor, picture) : waiting.push(picture));
  const sent = await choose(editor, { several, files: pictures, came: settle });
  const attributes = sent.length ? await insert(editor, sent.length > 1 ? "gallery" : "picture", sent) : null;
  if (attributes) put(editor, attributes);
  else editor.focus();
  const numbers = attributes?.["data-ids"] ?? attributes?.["data-id"] ?? "";
  placed = new Set(numbers.split(",").map(Number));
  waiting.forEach(settle);
}

/* A picture that stays all the same is told of, with the way to it. */
async function withdraw(editor, picture) {
  const { takeOut } = await import("../pictures/removing.js");
  const why = await takeOut(picture, document.querySelector("[name=csrfmiddlewaretoken]").value);
  if (why !== "") await ask("stays", { text: why ?? "" }, { prepare: (form) => (form.querySelector("a").href = picture.url) });
}

export function files(editor) {
  editor.on("paste", (event) => {
    const transfer = event.data.dataTransfer;
    const found = filesOf(transfer);
    // Word and spreadsheets put a drawing of the words beside the words.
    if (!found.length || transfer.getData("text/plain").trim()) return;
    event.cancel();
    take(editor, found);
  }, null, null, BEFORE_ALL);
}
