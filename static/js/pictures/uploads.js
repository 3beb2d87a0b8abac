/* The library's line of uploads: several files at once, dropped or chosen, each with its progress. */
import { begun, done } from "./leaving.js";
import { leadTo } from "./known.js";
import { offerRemoval } from "./removing.js";
import { Broken, Refused, send, shortened, targetOf } from "./send.js";
import { taking } from "./taking.js";

const AT_ONCE = 2;
const MEGABYTE = 1024 * 1024;

/* `form` has the file fields, `list` takes a row for each file, `arrived(picture, row)` is told of each. */
export function uploads(form, list, arrived = () => {}) {
  const words = list.dataset;
  const skeleton = list.parentElement.querySelector("template");
  const waiting = [];
  let running = 0;

  const number = (value) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  const say = (row, text, kind = "") => {
    const status = row.querySelector(".uploads__status");
    status.className = `uploads__status ${kind && `uploads__status--${kind}`}`.trim();
    status.textContent = text;
  };

  async function run(file, row, key) {
    const bar = row.querySelector("progress");
    const [stop, again, , away] = row.querySelectorAll("button");
    away.onclick = () => row.remove();
    const stopping = new AbortController();
    stop.hidden = false;
    again.hidden = away.hidden = true;
    stop.onclick = () => stopping.abort();
    const watch = (loaded, total) => {
      bar.value = (loaded / total) * 100;
      const shown = words.progress.replace("{share}", Math.round(bar.value)).replace("{size}", number(total / MEGABYTE));
      say(row, loaded < total ? shown : words.reading);
    };
    const broke = () => say(row, words.broke.replace("{share}", Math.round(bar.value)), "failed");
    try {
      const picture = await send(file, targetOf(form), { key, watch, broke, signal: stopping.signal });
      bar.remove();
      say(row, [words.done, picture.note].filter(Boolean).join(". "));
      stop.remove();
      again.remove();
      if (picture.known) leadTo(picture, row);
      else offerRemoval(picture, row, form);
      arrived(picture, row);
    } catch (error) {
      stop.hidden = true;
      if (error.name === "AbortError") return row.remove();
      bar.hidden = true;
      away.hidden = false;
      const isOut = error.message === "signed-out";
      say(row, (isOut ? words.signedOut : error.message) || words.failed, "failed");
      if (error instanceof Refused || !(error instanceof Broken)) return;
      again.hidden = false;
      again.onclick = () => queue(file, row, key);
    }
  }

  async function next() {
    if (running >= AT_ONCE || !waiting.length) return;
    running += 1;
    await run(...waiting.shift());
    running -= 1;
    done();
    next();
  }

  function queue(file, row, key) {
    const place = [file, row, key];
    row.querySelector("progress").hidden = false;
    waiting.push(place);
    begun();
    // Until it is its turn.
    row.querySelector("button").onclick = () => {
      waiting.splice(waiting.indexOf(place), 1);
      done();
      row.remove();
    };
    next();
  }

  function add(files) {
    return [...files].map((file) => {
      const row = skeleton.content.firstElementChild.cloneNode(true);
      const name = shortened(file.name);
      row.querySelector(".uploads__name").textContent = name;
      for (const button of row.querySelectorAll("button")) button.querySelector(".visually-hidden").textContent += ` ${name}`;
      row.querySelector("progress").setAttribute("aria-label", name);
      list.append(row);
      queue(file, row, crypto.randomUUID());
      return row;
    });
  }

  taking(form, add);
  form.classList.add("is-scripted");
  return add;
}
