/* A wrong photo goes again as soon as it has come: the desk refuses what stands in a story by now. */

/* Takes a picture out of the library; resolves to why it stays: empty when it is gone, null when nobody has answered. */
export async function takeOut(picture, token) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  const answer = await fetch(picture.remove, { method: "POST", headers }).catch(() => null);
  if (answer?.status === 404 || (answer?.ok && !answer.redirected)) return "";
  const said = await answer?.json().catch(() => null);
  return said?.error ?? null;
}

export function offerRemoval(picture, row, sender) {
  const button = row.querySelector("[data-remove]");
  const status = row.querySelector(".uploads__status");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const why = await takeOut(picture, sender.elements.csrfmiddlewaretoken.value);
    if (why === "") {
      row.dispatchEvent(new Event("picture-gone", { bubbles: true }));
      return row.remove();
    }
    status.textContent = why ?? row.parentElement.dataset.failed;
    status.className = "uploads__status uploads__status--failed";
    button.disabled = false;
  });
}
