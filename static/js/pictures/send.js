/* Sends one file, again after a break, under a key by which it is known: nothing is there twice. */
const WAITS = [1, 2, 4, 8, 15, 30]; // seconds before it is tried again

const SHOWN = 60; // letters of a name

/* The name of a file, cut in the middle: its beginning and its end tell it from others. */
export function shortened(name) {
  const letters = [...name];
  const end = SHOWN / 3;
  return letters.length <= SHOWN ? name : [...letters.slice(0, SHOWN - end - 1), "…", ...letters.slice(-end)].join("");
}

export class Refused extends Error {}
export class Broken extends Error {}

function post(target, file, key, { watch, signal }) {
  return new Promise((resolve, reject) => {
    const data = new FormData();
    data.append("key", key);
    data.append("bureau", target.bureau());
    data.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", target.url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", target.token());
    request.upload.addEventListener("progress", ({ loaded, total }) => watch(loaded, total));
    request.addEventListener("load", () => {
      let said = null;
      try {
        said = JSON.parse(request.responseText);
      } catch {
        // A page instead of an answer: signed out, or something in between has failed.
      }
      if (request.status === 200 && said) resolve(said);
      else if (said && request.status < 500) reject(new Refused(said.error));
      else reject(new Broken(said?.error ?? (request.status < 500 ? "signed-out" : "")));
    });
    for (const name of ["error", "timeout"]) request.addEventListener(name, () => reject(new Broken("")));
    request.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
    signal?.addEventListener("abort", () => request.abort());
    request.send(data);
  });
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("", "AbortError"));
    });
  });
}

/* Resolves to what the desk knows of the picture. `watch(loaded, total)` tells how far it is, `broke(loaded)` that the
   line broke and it goes on by itself. Throws Refused with the desk's words, Broken when it gave up. */
export async function send(file, target, { key = crypto.randomUUID(), watch = () => {}, broke = () => {}, signal } = {}) {
  // A phone spares the minutes; the desk itself refuses it, too.
  if (file.size > target.most) throw new Refused(`${shortened(file.name)}: ${target.tooLarge}`);
  let far = 0;
  const watched = (loaded, total) => watch((far = loaded), total);
  for (const wait of [...WAITS, null]) {
    try {
      return await post(target, file, key, { watch: watched, signal });
    } catch (error) {
      if (!(error instanceof Broken) || error.message || wait === null) throw error;
      broke(far);
      await pause(wait, signal);
    }
  }
}

/* Where an upload form sends its files. */
export const targetOf = (form) => ({
  url: form.action,
  token: () => form.elements.csrfmiddlewaretoken.value,
  bureau: () => form.elements.bureau?.value ?? "",
  most: Number(form.dataset.most), // bytes
  tooLarge: form.dataset.tooLarge,
});
