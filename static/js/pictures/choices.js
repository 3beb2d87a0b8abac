/* What the library offers in the chooser's dialog. */
const ADDRESS = "/articles/picture/choose/";
let former; // the dialog as it came last

/* Throws when it cannot be had. */
export async function page(query) {
  const answer = await fetch(`${ADDRESS}?${new URLSearchParams(query)}`, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}

/* The dialog with its first pictures; without a line as it came last. Throws when there is none. */
export async function whole() {
  const got = await page({}).catch((error) => {
    if (former) return former;
    throw error;
  });
  former = got.cloneNode(true);
  return got;
}
