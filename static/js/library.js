/* The library's page: what was sent leads to its words at once, and stands in the list below. */
import { uploads } from "./pictures/uploads.js";

const form = document.querySelector("[data-uploads]");
const list = document.querySelector("[data-uploads-list]");
const SOON = 400; // milliseconds: what arrives together is asked for together
let timer = 0;
let asked = 0;

/* The list as it is now, by the page's own filters. What somebody types into them stays. */
async function refresh() {
  const mine = (asked += 1);
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = document.querySelector("#changelist") && there.querySelector("#changelist") ? "[data-pictures]" : "[data-library]";
  const [old, now] = [document, there].map((page) => page.querySelector(parts));
  if (mine === asked && old && now) old.replaceWith(now);
}

function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, SOON);
}

if (form && list) {
  uploads(form, list, (picture, row) => {
    const image = Object.assign(document.createElement("img"), { src: picture.thumbnail, alt: "" });
    row.querySelector(".uploads__blank").replaceWith(image);
    const link = Object.assign(document.createElement("a"), { className: "button", href: picture.url });
    link.textContent = list.dataset.words;
    link.setAttribute("aria-label", `${list.dataset.words}: ${row.querySelector(".uploads__name").textContent}`);
    row.querySelector(".button-row").prepend(link);
    refreshSoon();
  });
  list.addEventListener("picture-gone", refreshSoon);
  // A photo dropped beside the zone would replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
}
