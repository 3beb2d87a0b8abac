/* A placeholder as it stands in a text: an empty figure whose attributes say what it shows (articles/objects.py). */
export const ATTRIBUTES = ["data-object", "data-id", "data-ids", "data-still", "data-size", "data-url", "data-caption"];

/* ``get`` reads one attribute by its name. */
export function attributesOf(get) {
  const all = ATTRIBUTES.map((name) => [name, get(name)]);
  return Object.fromEntries(all.filter(([, value]) => value));
}

export function htmlOf(attributes) {
  const element = document.createElement("figure");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element.outerHTML;
}
