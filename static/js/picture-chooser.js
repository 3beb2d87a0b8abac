/* The dialog in which pictures of the library are found, sent and chosen. */
import { page, whole } from "./pictures/choices.js";
import { sendingIn } from "./pictures/sending.js";
import { standIns } from "./pictures/thumbnail.js";
import { sayAway, tellAway, whenBack } from "./story/away.js";

const TYPING = 300; // milliseconds after the last letter

/* Resolves to what was chosen, in the order of choosing: [{id, alt, caption, credit, thumbnail, width, height}];
   to nothing when the dialog is closed. ``files`` are sent at once; where ``came`` is told of each of these that has come, they go
   with the dialog. What else is being sent when it is closed goes on; ``again`` opens it anew, for the same use. When it
   cannot be had a dialog says why, and nothing is chosen: what was typed stays in sight. */
export async function choosePictures({ several = false, files = [], came, again = choosePictures } = {}) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog chooser";
  dialog.setAttribute("aria-labelledby", "chooser-title");
  standIns(dialog);
  const { body, why } = await whole();
  if (!body) {
    await tellAway(why);
    return [];
  }
  dialog.append(...body.childNodes);
  document.body.append(dialog);
  for (const title of several ? dialog.querySelectorAll("[data-several]") : []) title.textContent = title.dataset.several;
  const find = dialog.querySelector("[data-find]");
  const results = dialog.querySelector("[data-results]");
  const away = dialog.querySelector("[data-no-answer]");
  const use = dialog.querySelector("[data-use]");
  const chosen = new Map();
  let asked = 0;

  const closed = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      sending.closed();
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
    const { body: found, why: lack } = await page(query);
    if (mine !== asked) return;
    sayAway(away, lack);
    if (!found) return;
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
  const take = (picture) => {
    choose(picture);
    if (several) look();
  };
  const sending = sendingIn(dialog.querySelector("[data-send]"), { choose: take, open: again });

  mark();
  sayAway(away, why);
  whenBack(dialog, () => away.hidden || look());
  dialog.showModal();
  sending.opened(files, came);
  return closed;
}
