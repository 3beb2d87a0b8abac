/* A story that is only read: says that somebody is there, and hears who else is. */
const page = document.querySelector("[data-presence-url]");

async function pulse() {
  try {
    const response = await fetch(page.dataset.presenceUrl, {
      method: "POST",
      redirect: "manual",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": page.elements.csrfmiddlewaretoken.value,
      },
      body: JSON.stringify({ writer: page.dataset.user, version: page.elements.version.value, seen: page.dataset.seen }),
    });
    const said = await response.json();
    for (const name of ["presence", "meanwhile"]) document.querySelector(`[data-${name}]`).innerHTML = said[name] ?? "";
  } catch {
    // Nobody is told that the line is down: there is nothing here to lose.
  }
}

setInterval(pulse, page.dataset.pulse * 1000);
pulse();
