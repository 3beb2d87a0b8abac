// The phone's own share sheet and the clipboard, where the browser has them.
const share = document.querySelector(".share");
const done = share?.querySelector(".share__done");

function offer(name, can, act) {
  const button = share?.querySelector(`[data-share="${name}"]`);
  if (!button || !can) return;
  button.closest("li").hidden = false;
  button.addEventListener("click", () => act(button));
}

offer("sheet", navigator.share, async () => {
  try {
    await navigator.share({ title: share.dataset.title, url: share.dataset.url });
  } catch {
    // Closed without choosing: nothing is to be said.
  }
});

offer("copy", navigator.clipboard?.writeText, async (button) => {
  // Emptied first, so that a second copy is said again.
  done.textContent = "";
  try {
    await navigator.clipboard.writeText(share.dataset.url);
    done.textContent = button.dataset.done;
  } catch {
    done.textContent = share.dataset.url;
  }
});
