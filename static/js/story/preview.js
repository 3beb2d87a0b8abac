/* The preview shows what has just been typed: the desk keeps it first, for its writer alone. */
import { facts, field } from "./form.js";
import { keepNow } from "./keeping.js";
import { show } from "./notes.js";

const PATIENCE = 8000; // milliseconds: nobody looks at an empty page for longer

const slow = () => new Promise((resolve) => setTimeout(resolve, PATIENCE, "offline"));

async function preview(link) {
  // Opened by the press itself: a browser takes a window that opens later for an advertisement.
  const page = open("", link.target);
  const said = await Promise.race([keepNow(), slow()]);
  const why = navigator.onLine ? said : "offline";
  if (why === "ok") {
    show("");
    const url = new URL(link.href);
    if (facts.after) url.searchParams.set("text", field("key").value);
    (page ?? window).location.assign(url);
    page?.focus();
    return;
  }
  if (page?.location.href === "about:blank") page.close();
  if (why === "offline" || why === "broken") show("preview");
}

for (const link of document.querySelectorAll("[data-preview]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    preview(link);
  });
}
