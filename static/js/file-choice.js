/* A file is chosen by a button of the desk, which then says which one, and what another file means; without this the
   browser's own field stands. */
for (const place of document.querySelectorAll("[data-file-choice]")) {
  const [input, name] = [place.querySelector("input"), place.querySelector("output")];
  const notice = document.querySelector(`[data-file-notice="${input.id}"]`);
  const say = () => {
    name.textContent = input.files[0]?.name ?? name.dataset.none;
    if (notice) notice.hidden = !input.files.length;
  };
  input.addEventListener("change", say);
  place.classList.add("is-scripted");
  say();
}
