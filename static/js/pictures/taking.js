/* Files for an upload form: chosen, or taken by the camera. */
export function taking(form, add) {
  for (const field of form.querySelectorAll("input[type=file]")) {
    field.addEventListener("change", () => {
      add(field.files);
      field.value = "";
    });
  }
}
