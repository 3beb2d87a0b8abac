/* Asks before a page is left whose form holds words that were not sent; and sends a form once. */
const form = document.querySelector("[data-unsaved]");
const words = () =>
  [...new FormData(form)].map(([name, value]) => (name.startsWith("csrf") ? "" : `${name}=${value}`)).join("&");
const editors = () => Object.values(window.CKEDITOR?.instances ?? {});

// When scripts have filled in what they fill in, the form is as the server sent it.
let sent = "";
let isLeaving = false;
window.addEventListener("load", () => setTimeout(() => (sent = words()), 500));

// Who is quicker than they are is not taken for one of them.
form.addEventListener("input", (event) => {
  if (sent === "" && event.isTrusted) form.dataset.unsaved = "yes";
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.formTarget === "_blank") return; // this page stays
  if (isLeaving) event.preventDefault();
  isLeaving = true;
});

// Back by the browser's button: the page is alive again and may be sent again.
window.addEventListener("pageshow", () => (isLeaving = false));

window.addEventListener("beforeunload", (event) => {
  const isTouched = sent !== "" && words() !== sent;
  const isDirty = form.dataset.unsaved === "yes" || isTouched || editors().some((editor) => editor.checkDirty());
  if (isDirty && !isLeaving) event.preventDefault();
});
