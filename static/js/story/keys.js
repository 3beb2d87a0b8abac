/* The editor's text is a document of its own: keys with Control are passed on to the page. */
const KEYS = new Set(["s", "S", "Enter"]);

function passOn(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !KEYS.has(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, ctrlKey: true, bubbles: true }));
}

// The editor draws its document anew now and then; "contentDom" tells each time.
window.CKEDITOR?.on("instanceCreated", ({ editor }) =>
  editor.on("contentDom", () => editor.document.$.addEventListener("keydown", passOn, true)),
);
