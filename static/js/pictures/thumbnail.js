/* The small copy of a photo that was just sent; on a bad line it is asked for again. */
const WAITS = [2, 5, 15, 60]; // seconds

export function thumbnail(src) {
  const image = Object.assign(document.createElement("img"), { src, alt: "" });
  const waits = [...WAITS];
  image.addEventListener("error", () => {
    const wait = waits.shift();
    if (wait) setTimeout(() => (image.src = src), wait * 1000);
  });
  return image;
}
