/* What stands for an object while the story is written: drawn by the desk, asked for together. */
let waiting = [];

async function ask() {
  const asked = waiting;
  waiting = [];
  // Only a story's page has what these modules read.
  const [{ tell }, { facts }] = await Promise.all([import("../story/desk.js"), import("../story/form.js")]);
  const said = await tell(facts.objects, { objects: asked.map(({ html }) => html), story: facts.story });
  for (const [number, { tellWhat }] of asked.entries()) tellWhat(said.cards?.[number] ?? { html: "", card: "", why: said.why });
}

/* {html, card}: the placeholder in its one form, and its card; both empty when it is no object. */
export function cardOf(html) {
  return new Promise((tellWhat) => {
    if (!waiting.length) setTimeout(ask);
    waiting.push({ html, tellWhat });
  });
}
