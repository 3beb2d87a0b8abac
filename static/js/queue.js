/* Looks again each minute while the page is seen, and changes only what stands in [data-live].
   Nothing moves under a finger, a focus or a selection: such a part waits for the next look. */
const EVERY = 60_000; // milliseconds

const isInUse = (part) =>
  part.contains(document.activeElement) ||
  part.matches(":hover:has(:active)") ||
  (!getSelection().isCollapsed && part.contains(getSelection().anchorNode));

let looked = Date.now();

async function look() {
  if (document.hidden || Date.now() - looked < EVERY) return;
  looked = Date.now();
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Looks-Again": "1" } });
  // Logged out: what stands here stays, and the link to reload leads on.
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...document.querySelectorAll("[data-live]")];
  if (parts.some(isInUse)) return;
  for (const part of parts) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (fresh) part.replaceChildren(...document.importNode(fresh, true).childNodes);
  }
}

const quietly = () => look().catch(() => {}); // offline: the next look tells
setInterval(quietly, 1_000);
document.addEventListener("visibilitychange", quietly);
