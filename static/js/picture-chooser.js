/* The dialog in which pictures of the library are found, sent and chosen. */
import { uploads } from "./pictures/uploads.js";
import { askWords } from "./pictures/words.js";

const ADDRESS = "/articles/picture/choose/";
const TYPING = 300; // milliseconds after the last letter

async function page(query) {
  const answer = await fetch(`${ADDRESS}?${new URLSearchParams(query)}`, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}

/* Resolves to what was chosen, in the order of choosing: [{id, alt, caption, credit, thumbnail, width, height}];
   to nothing when the dialog is closed. ``files`` are sent at once; ``came`` is told of each of these that has come. */
export async function choosePictures({ several = false, files = [], came = () => {} } = {}) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog chooser";
  dialog.setAttribute("aria-labelledby", "chooser-title");
  try {
    dialog.append(...(await page({})).childNodes);
  } catch {
    location.assign("/articles/picture/");
    return [];
  }
  document.body.append(dialog);
  const [find, sent] = ["find", "uploads"].map((name) => dialog.querySelector(`[data-${name}]`));
  const results = dialog.querySelector("[data-results]");
  const use = dialog.querySelector("[data-use]");
  const chosen = new Map();
  let asked = 0;

  const closed = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "use" ? [...chosen.values()] : []);
    });
  });

  const mark = () => {
    for (const each of results.querySelectorAll("[data-picture]")) {
      each.setAttribute("aria-pressed", chosen.has(JSON.parse(each.dataset.picture).id));
    }
    use.hidden = !several;
    use.disabled = !chosen.size;
    use.querySelector("[data-count]").textContent = chosen.size || "";
  };

  const choose = (picture) => {
    if (several && chosen.delete(picture.id)) return mark();
    if (!several) chosen.clear();
    chosen.set(picture.id, picture);
    return several ? mark() : dialog.close("use");
  };

  const look = async (more = {}) => {
    const mine = (asked += 1);
    const query = { part: 1, q: find.elements.q.value, bureau: find.elements.bureau?.value ?? "", ...more };
    const found = await page(query).catch(() => null);
    if (!found || mine !== asked) return;
    if (more.before) results.querySelector("[data-more]").replaceWith(...found.childNodes);
    else results.replaceChildren(...found.childNodes);
    mark();
  };

  /* The words of photos that were just sent are asked for above the results. */
  const seek = async () => {
    await look();
    if (results.getBoundingClientRect().top > innerHeight / 2) results.scrollIntoView({ block: "start" });
  };

  let timer = 0;
  find.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(seek, TYPING);
  });
  find.addEventListener("submit", (event) => (event.preventDefault(), seek()));
  dialog.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (target === dialog || button?.matches("[data-close]")) dialog.close("");
    else if (button === use) dialog.close("use");
    else if (button?.dataset.picture) choose(JSON.parse(button.dataset.picture));
    else if (button?.dataset.more) look({ before: button.dataset.more });
  });
  let rows = []; // of the files
  const send = uploads(sent, dialog.querySelector("[data-uploads-list]"), async (picture, row) => {
    if (rows.includes(row)) came(picture);
    if (!dialog.open) return;
    const worded = await askWords(picture, row, dialog.querySelector("template[data-words]"), sent);
    row.remove();
    choose(worded);
    if (several) look();
  });

  mark();
  dialog.showModal();
  if (files.length) rows = send(files);
  return closed;
}
