/* What a dialog says when the desk cannot be asked, and when to ask again. The words are the page's. */
import { ask } from "../editor/dialogs.js";

const known = (why) => (["offline", "signed-out"].includes(why) ? why : "broken");

/* A dialog of its own for what would have opened one: ``why`` is one of desk.js's. It shuts as soon as there is somebody
   signed in again. */
export function tellAway(why) {
  const prepare = (form) => {
    const shut = () => form.closest("dialog").close();
    document.addEventListener("desk:signed-in", shut, { once: true });
    form.closest("dialog").addEventListener("close", () => document.removeEventListener("desk:signed-in", shut));
  };
  return ask("away", { [known(why)]: true }, { prepare });
}

/* Shows within a dialog why there is no answer; nothing when ``why`` is "ok". */
export function sayAway(place, why) {
  const isOk = why === "ok";
  place.hidden = isOk;
  for (const part of place.querySelectorAll("[data-away]")) part.hidden = isOk || part.dataset.away !== known(why);
}

/* Calls ``act`` whenever the desk can be reached again, as long as ``dialog`` is open. */
export function whenBack(dialog, act) {
  const ways = [[window, "online"], [document, "desk:signed-in"]];
  for (const [target, name] of ways) target.addEventListener(name, act);
  dialog.addEventListener("close", () => {
    for (const [target, name] of ways) target.removeEventListener(name, act);
  });
}
