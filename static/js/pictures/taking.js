/* Files for an upload form: chosen, taken by the camera, or dropped on it. */
export function taking(form, add) {
  for (const field of form.querySelectorAll("input[type=file]")) {
    field.addEventListener("change", () => {
      add(field.files);
      field.value = "";
    });
  }
  const over = (is) => form.classList.toggle("dropzone--over", is);
  form.addEventListener("dragover", (event) => (event.preventDefault(), over(true)));
  form.addEventListener("dragleave", () => over(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    add([...event.dataTransfer.files]);
  });
}
