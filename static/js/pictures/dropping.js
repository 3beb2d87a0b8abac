/* Photos that are dropped. */
const hasFiles = ({ dataTransfer }) => dataTransfer.types.includes("Files");

/* Anywhere in ``place``: taken by ``add``. Meanwhile ``shown`` says so. */
export function dropping(place, shown, add) {
  const over = (is) => shown.classList.toggle("dropzone--over", is);
  place.addEventListener("dragover", (event) => {
    if (hasFiles(event)) over((event.preventDefault(), true));
  });
  place.addEventListener("dragleave", () => over(false));
  place.addEventListener("drop", (event) => {
    over(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
}

/* Beside everything that takes files: the browser would open one in the place of the page. */
export function strayFiles() {
  for (const name of ["dragover", "drop"]) {
    addEventListener(name, (event) => {
      if (event.defaultPrevented || !hasFiles(event) || event.target.matches?.("input[type=file]")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    });
  }
}

/* Photos that are pasted, but into a field the words that come with them. */
export function pasting(add) {
  addEventListener("paste", (event) => {
    const photos = [...event.clipboardData.files].filter(({ type }) => type.startsWith("image/"));
    const isTyping = event.target.matches?.("input, textarea") && event.clipboardData.getData("text/plain");
    if (!photos.length || isTyping) return;
    event.preventDefault();
    add(photos);
  });
}
