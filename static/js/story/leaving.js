/* Whoever closes the page, or goes on to another, is no longer there at once; one that dies without a word is forgotten by
   itself. A phone that only shows something else has not closed it. */
const page = document.querySelector("[data-leave-url]");

addEventListener("pagehide", () => {
  const isOpenTwice = document.querySelector("[data-other-tab]")?.hidden === false;
  if (isOpenTwice) return;
  const words = new FormData();
  words.set("csrfmiddlewaretoken", page.elements.csrfmiddlewaretoken.value);
  navigator.sendBeacon(page.dataset.leaveUrl, words);
});
