/* A file is chosen by a button of the desk, which then says which one; without this the browser's own field stands. */
for (const place of document.querySelectorAll("[data-file-choice]")) {
  const [input, name] = [place.querySelector("input"), place.querySelector("output")];
  const say = () => (name.textContent = input.files[0]?.name ?? name.dataset.none);
  input.addEventListener("change", say);
  place.classList.add("is-scripted");
  say();
}
