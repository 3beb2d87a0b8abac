/* Asks before a page is left on which photos are being sent. */
let unsent = 0; // files that are under way or wait for their turn
let mayLeave = false;

export const begun = () => (unsent += 1);
export const done = () => (unsent -= 1);
export const isSending = () => unsent > 0;

/* The page is left on purpose, whatever is under way. */
export const letGo = () => (mayLeave = true);

addEventListener("beforeunload", (event) => {
  if (unsent && !mayLeave) event.preventDefault();
});
