/* What the library offers in the chooser's dialog. */
const ADDRESS = "/articles/picture/choose/";
let former; // the dialog as it came last

/* Of the story for which one is chosen: not every picture may stand in it. */
function bureau() {
  const form = document.querySelector("[data-story-form]");
  return form?.elements.bureau?.value || form?.dataset.bureau || "";
}

/* {body, why}: without a body when it cannot be had; ``why`` is ok, offline, signed-out or broken. */
export async function page(query) {
  let answer;
  try {
    const options = { headers: { Accept: "text/html" }, redirect: "manual" };
    answer = await fetch(`${ADDRESS}?${new URLSearchParams({ ...query, for: bureau() })}`, options);
  } catch {
    return { why: "offline" };
  }
  if (answer.type === "opaqueredirect") return { why: "signed-out" };
  if (!answer.ok) return { why: "broken" };
  return { body: new DOMParser().parseFromString(await answer.text(), "text/html").body, why: "ok" };
}

/* The dialog with its first pictures; without a line as it came last, if ever: photos can be taken all the same. */
export async function whole() {
  const got = await page({});
  if (got.body) former = got.body;
  const shown = got.why === "signed-out" ? undefined : former;
  return { body: shown?.cloneNode(true), why: got.why };
}
