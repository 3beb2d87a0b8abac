/* While a bureau is being set up: the address that its subdomain makes, and its icon in the colour chosen. */
const face = document.querySelector("[data-bureau-face]");
const field = (name) => document.querySelector(`[name=${name}]`);

function draw() {
  const slug = field("slug")?.value.trim();
  const domain = field("custom_domain")?.value.trim();
  if (slug !== undefined) face.querySelector("output").textContent = domain || `${slug || "subdomain"}.${face.dataset.domain}`;
  const accent = document.querySelector("[name=accent]:checked")?.value ?? "";
  const query = new URLSearchParams({ name: field("name").value, accent });
  const picture = face.querySelector("img");
  const url = `${face.dataset.icon}?${query}`;
  if (picture.getAttribute("src") !== url) picture.src = url;
}

if (face) {
  // The admin's own script fills the subdomain in after the name: look again when it has.
  face.closest("form").addEventListener("input", () => setTimeout(draw, 50));
  face.closest("form").addEventListener("change", draw);
}
