/* When what was typed is kept: at a pause, and soon where the panel has something to say of the field it was typed into. Such
   a check is dimmed at once, for it may not be true any more; what is true the desk alone knows. */
import { whenTouched } from "./form.js";

const [PAUSE, SOON, AT_THE_LATEST] = [3000, 500, 10_000]; // milliseconds
const checks = document.querySelector("[data-checks]");
const body = document.getElementById("story-body");

export function isDue(now, changedAt, waitsSince) {
  const pause = checks.querySelector(".check--asked") ? SOON : PAUSE;
  return now - changedAt >= pause || now - waitsSince >= AT_THE_LATEST;
}

/* Nothing new stands in the form after all. */
export function settle() {
  for (const check of checks.querySelectorAll(".check--asked")) check.classList.remove("check--asked");
}

/* The checks of the field, by the links with which they lead to it. */
function ask(field) {
  for (const link of checks.querySelectorAll("li a")) {
    if (document.querySelector(link.hash)?.contains(field)) link.closest("li").classList.add("check--asked");
  }
}

whenTouched((event) => {
  if (event?.type !== "click") ask(event?.target ?? body);
});
