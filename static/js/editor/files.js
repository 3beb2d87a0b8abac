/* A picture that is pasted or dropped into the text goes the way of every other: into the library, with its words,
   then into the story. What is no picture is told of. */
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
  const sent = await choose(editor, { several, files: pictures });
  if (sent.length) put(editor, await insert(editor, sent.length > 1 ? "gallery" : "picture", sent));
  else editor.focus();
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
