/* A wrong photo goes again as soon as it has come: the desk refuses what stands in a story by now. */
export function offerRemoval(picture, row, sender) {
  const button = row.querySelector("[data-remove]");
  const status = row.querySelector(".uploads__status");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const headers = { Accept: "application/json", "X-CSRFToken": sender.elements.csrfmiddlewaretoken.value };
    const answer = await fetch(picture.remove, { method: "POST", headers }).catch(() => null);
    if (answer?.ok && !answer.redirected) return row.remove();
    const said = await answer?.json().catch(() => null);
    status.textContent = said?.error ?? row.parentElement.dataset.failed;
    status.className = "uploads__status uploads__status--failed";
    button.disabled = false;
  });
}
