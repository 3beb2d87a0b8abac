/* A passkey is made or shown: options come from the server, the answer goes back as JSON in the form's hidden field. */
const BINARY = /^(challenge|id|rawId|userHandle|clientDataJSON|attestationObject|authenticatorData|signature)$/;

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

/* "id" is binary in the user and in credentials; the site's own (rp) is a name. */
function decoded(value, key) {
  if (typeof value === "string") return BINARY.test(key) ? toBytes(value) : value;
  if (Array.isArray(value)) return value.map((item) => decoded(item));
  if (value === null || typeof value !== "object" || key === "rp") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decoded(part, name)]));
}

function encoded(credential) {
  const { id, type, rawId, response, authenticatorAttachment } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toText(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return {
    id,
    type,
    rawId: toText(rawId),
    response: parts,
    authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(box, form) {
  const given = document.getElementById("passkey-options");
  if (given) return JSON.parse(given.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

function say(box, text) {
  const said = box.querySelector(".passkey__said");
  said.hidden = !text;
  said.textContent = text;
}

async function ask(box) {
  const form = box.closest("form");
  say(box, "");
  try {
    const { creation_options: creation, request_options: request } = await options(box, form);
    const credential = creation
      ? await navigator.credentials.create({ publicKey: decoded(creation.publicKey) })
      : await navigator.credentials.get({ publicKey: decoded(request.publicKey) });
    form.elements.credential.value = JSON.stringify(encoded(credential));
    form.submit();
  } catch {
    // Closed, too late, or none on this device: the browser does not say which.
    say(box, box.dataset.refused);
  }
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  const button = box.querySelector("button");
  if (!window.PublicKeyCredential) {
    button.disabled = true;
    say(box, box.dataset.unable);
  }
  button.addEventListener("click", () => ask(box));
}
