"""What hinders people on a page: axe-core's findings, and targets too small for a thumb."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# CSS pixels; WCAG 2.2 2.5.5. Half a pixel is lost in rounding.
LEAST_TARGET = 44 - 0.5

# Boxes of what can be pressed. A link that covers its card is as large as the card; one that stands
# in running text is left out (WCAG 2.2 2.5.5, "inline").
MEASURE = """
() => {
  const running = new Set(["P", "LI", "DD", "DT", "FIGCAPTION", "BLOCKQUOTE", "TD", "SMALL"]);
  // Words between the links, however they are wrapped: a telephone number that may not break, say.
  const own = element => {
    const rest = element.cloneNode(true);
    rest.querySelectorAll("a, button, summary").forEach(link => link.remove());
    return /[\\p{L}\\p{N}]/u.test(rest.textContent);
  };
  const inText = element => {
    if (getComputedStyle(element).display !== "inline") return false;
    const block = element.parentElement.closest([...running].join(","));
    return block !== null && own(block);
  };
  const boxOf = element => {
    const cover = getComputedStyle(element, "::after");
    if (cover.content === "none" || cover.position !== "absolute") {
      const label = element.matches("input") && element.closest("label");
      return (label || element).getBoundingClientRect();
    }
    let holder = element;
    while (holder.parentElement && getComputedStyle(holder).position === "static") {
      holder = holder.parentElement;
    }
    return holder.getBoundingClientRect();
  };
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(element => element.type !== "hidden" && element.checkVisibility() && !inText(element))
    .map(element => ({ element, box: boxOf(element) }))
    .filter(({ box }) => box.bottom > 0 && box.right > 0)
    .map(({ element, box }) => ({
      words: (element.innerText || element.ariaLabel || element.name || "").trim().slice(0, 40),
      place: element.parentElement.closest("[class]")?.className || "",
      width: box.width,
      height: box.height,
    }));
}
"""


@dataclass(frozen=True)
class Target:
    words: str
    place: str
    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.width:.0f} × {self.height:.0f}: “{self.words}” in .{self.place or '?'}"


def violations(page: Page, *, only: str | None = None) -> list[str]:
    """What axe-core calls a violation of WCAG 2.2 at level A or AA, a line for each element.

    ``only`` is the name of a single rule to hold the page against.
    """
    chosen = {"type": "rule", "values": [only]} if only else {"type": "tag", "values": TAGS}
    options = {"runOnly": chosen, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {rule['help']} — {' '.join(map(str, node['target']))}"
        for rule in found
        for node in rule["nodes"]
    ]


def small_targets(page: Page) -> list[Target]:
    """Links and buttons outside running text that are narrower or lower than a thumb needs."""
    targets = [Target(**target) for target in page.evaluate(MEASURE)]
    return [t for t in targets if min(t.width, t.height) < LEAST_TARGET]
