/* What the bar says: whether everything is kept, and notes that stay until they are settled. The words are the page's. */
const status = document.querySelector("[data-status]");
const notes = document.querySelectorAll("[data-note]");
const old = document.querySelector("[data-checks-old]");
const AWAY = ["here", "offline", "waiting", "broken"]; // the desk has not seen what was typed last

/* ``name`` is one of the words on the status: kept, here, unsent, offline, waiting, broken, saving. */
export function say(name, text = status.dataset[name]) {
  const words = status.querySelector("[data-status-words]");
  status.classList.toggle("saved--waiting", ["here", "offline", "waiting", "unsent"].includes(name));
  status.classList.toggle("saved--failed", name === "broken");
  status.hidden = false;
  if (old && AWAY.includes(name)) {
    old.querySelector("[data-words]").textContent = old.dataset.checksOld.replace("{}", old.dataset.at);
    old.hidden = false;
  }
  if (words.textContent !== text) words.textContent = text;
}

/* When it was saved last, and by whom, as the desk has drawn it. */
export function saved(html) {
  say("saved", "");
  status.querySelector("[data-status-words]").innerHTML = html;
}

export function show(name, words = {}) {
  for (const note of notes) note.hidden = note.dataset.note !== name;
  for (const [part, text] of Object.entries(words)) {
    const place = document.querySelector(`[data-note="${name}"] [data-${part}]`);
    if (place) place.textContent = text;
  }
}

/* Puts what the server has drawn into its places on the page. */
export function draw(said) {
  for (const name of ["checks", "length", "presence", "meanwhile", "embargo"]) {
    const place = document.querySelector(`[data-${name}]`);
    if (place && said[name] !== undefined && place.innerHTML !== said[name]) place.innerHTML = said[name];
  }
  if (old && said.checks !== undefined) {
    old.dataset.at = said.checked_at;
    old.hidden = true;
  }
  const count = document.querySelector("[data-holds]");
  if (count && said.holds !== undefined) {
    count.textContent = said.holds;
    count.hidden = said.holds === 0;
  }
}
