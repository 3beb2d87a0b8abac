/* Where a link leads in the end: search engines and social networks put an address of their own before it. */
const WRAPPERS = [
  { host: /^(?:www\.)?google\.[a-z.]+$/, path: "/url", names: ["q", "url"] },
  { host: /^lm?\.facebook\.com$/, path: "/l.php", names: ["u"] },
  { host: /^l\.instagram\.com$/, path: "/", names: ["u"] },
];
const parsed = (href) => (URL.canParse(href) ? new URL(href) : null);

const MARKS = /^(?:utm_\w+|fbclid|gclid|igshid?|mc_[ce]id)$/;

/* Without the marks by which social networks and mailings know a reader again. */
function unmarked(href) {
  const url = parsed(href);
  const marks = [...(url?.searchParams.keys() ?? [])].filter((name) => MARKS.test(name));
  for (const name of marks) url.searchParams.delete(name);
  return marks.length ? url.href : href;
}

export function direct(href) {
  const url = parsed(href);
  const wrapper = url && WRAPPERS.find(({ host, path }) => host.test(url.hostname) && url.pathname === path);
  const inner = wrapper?.names.map((name) => url.searchParams.get(name)).find((value) => /^https?:/i.test(value ?? ""));
  return inner ? direct(inner) : unmarked(href);
}
