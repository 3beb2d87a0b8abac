/* Keys of the desk. An element names its own in aria-keyshortcuts (a letter, or Control+…) or, two letters in a row, in
   data-keys. Letters never act while somebody types, and each device can switch them off (WCAG 2.1.4). */
const sheet = document.getElementById("keys");
const choice = sheet?.querySelector("[data-letters]");
const OFF = "desk.letters-off";
const SOON = 1500; // milliseconds between two letters in a row

const TYPING = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]";
const ROWS = "#result_list tbody tr, .queue tbody tr, #changelist [data-pictures] > li";
const isOff = () => localStorage.getItem(OFF) !== null;
const rowInHand = () => document.activeElement?.closest(ROWS) ?? null;

let before = ""; // the letter that began a pair
let at = 0;

/* What the key presses: seen before in a closed menu, in the row in hand or in no row, and in the sheet only if nowhere else. */
function find(attribute, keys) {
  const named = [...document.querySelectorAll(`[${attribute}]`)].filter((element) =>
    attribute === "data-keys" ? element.dataset.keys === keys : element.getAttribute(attribute).split(" ").includes(keys),
  );
  const row = rowInHand();
  const ofRow = named.find((element) => row?.contains(element));
  const free = named.filter((element) => !element.closest(ROWS) && !sheet.contains(element));
  const inSheet = named.find((element) => sheet.contains(element));
  const seen = free.filter((element) => element.checkVisibility());
  const inMenu = free.find((element) => element.closest("details.menu"));
  return ofRow ?? seen.find((element) => element.closest("main")) ?? seen[0] ?? inMenu ?? inSheet;
}

function press(element) {
  if (!element) return false;
  if (element.matches("input:not([type=submit])")) element.focus();
  else element.click();
  if (element.matches("summary")) element.focus();
  return true;
}

function step(by) {
  const rows = [...document.querySelectorAll(ROWS)];
  const place = rows.indexOf(rowInHand());
  const next = rows[place < 0 ? (by > 0 ? 0 : rows.length - 1) : place + by];
  next?.querySelector("th a, a")?.focus();
  return rows.length > 0;
}

function tick() {
  const box = rowInHand()?.querySelector(".action-select");
  box?.click();
  return Boolean(box);
}

/* A verb for many, pressed where nothing is ticked: the row in hand is meant. */
function ofRowAlone(keys) {
  const box = rowInHand()?.querySelector(".action-select");
  if (!box || document.querySelector(".action-select:checked")) return null;
  const button = box.form.querySelector(`.actions [aria-keyshortcuts="${CSS.escape(keys)}"]`);
  if (button) box.click();
  return button;
}

const OWN = {
  "?": () => (sheet.open ? sheet.close() : sheet.showModal(), true),
  j: () => step(1),
  k: () => step(-1),
  x: tick,
};

function letter(key) {
  const pair = Date.now() - at < SOON ? `${before} ${key}` : "";
  [before, at] = [key, Date.now()];
  return press(pair && find("data-keys", pair)) || (OWN[key]?.() ?? press(ofRowAlone(key) ?? find("aria-keyshortcuts", key)));
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.isComposing || event.repeat && event.key !== "j" && event.key !== "k") return;
  let isDone;
  // What a dialog asks is answered in it: no key reaches past it.
  const isAsked = document.querySelector("dialog:modal:not(#keys)") !== null;
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const found = find("aria-keyshortcuts", `Control+${key}`);
    isDone = isAsked ? Boolean(found) : press(found);
  } else if (!isAsked) {
    const isTyping = event.target.closest?.(TYPING);
    isDone = event.key.length === 1 && !isTyping && !isOff() && letter(event.key);
  }
  if (isDone) event.preventDefault();
});

if (sheet) {
  choice.checked = !isOff();
  choice.addEventListener("change", () => (choice.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "")));
  for (const opener of document.querySelectorAll("[data-sheet]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => sheet.showModal());
  }
  sheet.querySelector("[data-close]").addEventListener("click", () => sheet.close());
}
