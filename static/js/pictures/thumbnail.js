/* The small copy of a photo that was just sent; on a bad line it is asked for again. */
const WAITS = [2, 5, 15, 60]; // seconds

export function thumbnail(src) {
  const image = Object.assign(document.createElement("img"), { src, alt: "" });
  const waits = [...WAITS];
  image.addEventListener("error", () => {
    const wait = waits.shift();
    image.removeAttribute("src"); // no broken picture's sign meanwhile
    if (wait) setTimeout(() => (image.src = src), wait * 1000);
  });
  return image;
}

/* A tone is a digit from 0 to 3 for red, green and blue. In the place of a picture that cannot be had: the colour of most of it and the name of its file, until the line is back. */
function standIn(image) {
  const { tone, file } = image.dataset;
  const blank = Object.assign(document.createElement("span"), { className: `picture__blank ${image.className}`.trim() });
  blank.append(Object.assign(document.createElement("span"), { textContent: file }));
  blank.style.backgroundColor = `rgb(${[...tone].map((digit) => 32 + 64 * digit)})`;
  image.replaceWith(blank);
  addEventListener("online", () => blank.isConnected && blank.replaceWith(image.cloneNode()), { once: true });
}

/* For all pictures with a ``data-tone`` within, those that come later included. */
export function standIns(place) {
  const isOurs = (image) => image.matches?.("img[data-tone]");
  place.addEventListener("error", ({ target }) => isOurs(target) && standIn(target), { capture: true });
  for (const image of place.querySelectorAll("img[data-tone]")) if (image.complete && !image.naturalWidth) standIn(image);
}
