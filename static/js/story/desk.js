/* Asks the desk and tells the answers apart: ok, mistakes, signed-out, token, other, refused, broken, offline. */
import { field, facts, form } from "./form.js";

const PATIENCE = 30_000; // milliseconds: a phone's dead line would hang for minutes

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, {
      ...options,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
      headers: { Accept: "application/json", "X-CSRFToken": field("csrfmiddlewaretoken").value, ...options?.headers },
    });
  } catch {
    return { why: "offline" };
  }
  if (response.type === "opaqueredirect") return { why: "signed-out" };
  let said;
  try {
    said = await response.json();
  } catch {
    // A proxy's page, or one of the server's own: nothing is known of what was sent.
    return { why: response.status < 500 && response.status >= 400 ? "refused" : "broken", status: response.status };
  }
  return { ...said, why: response.ok ? "ok" : (said.why ?? "refused"), status: response.status };
}

export const tell = (url, what) =>
  ask(url, { method: "POST", body: JSON.stringify(what), headers: { "Content-Type": "application/json" } });

export const send = (fields) => ask(form.action, { method: "POST", body: new URLSearchParams(fields) });

export const read = (url) => ask(url);

/* Fits a session that was begun elsewhere to this form: "ok", "signed-out", "other" or what went wrong. */
export async function renew() {
  const said = await read(facts.session);
  if (said.why !== "ok") return said;
  if (String(said.user) !== facts.user) return { ...said, why: "other" };
  field("csrfmiddlewaretoken").value = said.token;
  return said;
}
