/* Moves pinned stories by hand or finger, and by their buttons without asking the server. Saving is still one press. */
const list = document.querySelector("[data-pins]");
const said = document.querySelector("[data-said]");
const unsaved = document.querySelector("[data-pins-unsaved]");
const NEAR_EDGE = 120; // pixels from the edge of the window at which the page goes along
const STEP = 12; // pixels a tick
const TICK = 30; // milliseconds
const rows = () => [...list.children];
const order = () => rows().map((row) => row.querySelector("[name=story]").value).join();
// An order that came unsaved from the server stays so wherever its stories are moved.
const saved = list && unsaved.hidden ? order() : null;

function renumber() {
  rows().forEach((row, index, all) => {
    row.querySelector("[data-pins-place]").textContent = index + 1;
    row.querySelector("[name=up]").ariaDisabled = index === 0 ? "true" : null;
    row.querySelector("[name=down]").ariaDisabled = index === all.length - 1 ? "true" : null;
  });
}

function say(row) {
  const words = {
    story: row.querySelector(".pin__headline").dataset.quoted,
    place: rows().indexOf(row) + 1,
    count: rows().length,
  };
  said.textContent = said.dataset.said.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  unsaved.hidden = order() === saved;
  list.closest("form").dataset.unsaved = unsaved.hidden ? "" : "yes";
}

/* The neighbour goes round the row: a row that is taken out of the page loses the finger and the focus. */
function step(row, isUp) {
  const neighbour = isUp ? row.previousElementSibling : row.nextElementSibling;
  if (!neighbour) return false;
  if (isUp) row.after(neighbour);
  else row.before(neighbour);
  renumber();
  return true;
}

/* Rows change places when the held one then lies under the finger: else they would jump to and fro. */
function follow(row, y) {
  const held = row.getBoundingClientRect();
  const above = row.previousElementSibling?.getBoundingClientRect();
  const below = row.nextElementSibling?.getBoundingClientRect();
  if (above && y < held.top && y < above.top + held.height) step(row, true);
  else if (below && y > held.bottom && y > below.bottom - held.height) step(row, false);
  if (y < NEAR_EDGE) scrollBy(0, -STEP);
  else if (y > innerHeight - NEAR_EDGE) scrollBy(0, STEP);
}

/* While rows are sorted only their headlines stand, so that the list is short; the held one stays where it is. */
function sort(row, isOn) {
  const before = row.getBoundingClientRect().top;
  list.classList.toggle("pin-list--sorting", isOn);
  row.classList.toggle("pin--held", isOn);
  scrollBy(0, row.getBoundingClientRect().top - before);
}

function drag(grip, { pointerId, clientY }) {
  const row = grip.closest("li");
  const before = rows().indexOf(row);
  let y = clientY;
  const move = (event) => (y = event.clientY);
  grip.setPointerCapture(pointerId);
  sort(row, true);
  grip.addEventListener("pointermove", move);
  const timer = setInterval(() => follow(row, y), TICK);
  grip.addEventListener(
    "lostpointercapture",
    () => {
      clearInterval(timer);
      grip.removeEventListener("pointermove", move);
      sort(row, false);
      if (rows().indexOf(row) !== before) say(row);
    },
    { once: true },
  );
}

if (list) {
  for (const grip of list.querySelectorAll("[data-pins-grip]")) {
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      drag(grip, event);
    });
  }
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[name=up], [name=down]");
    if (!button) return;
    event.preventDefault();
    if (step(button.closest("li"), button.name === "up")) say(button.closest("li"));
  });
  renumber();
}
