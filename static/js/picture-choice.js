/* Shows the lead picture as soon as it is chosen, and small copies among the suggestions. */
const box = document.querySelector("[data-picture-choice]");
const select = box?.querySelector("select");
const thumbnail = (id) => box.dataset.thumbnail.replace("/0/", `/${id}/`);

function image(id) {
  return Object.assign(document.createElement("img"), { src: thumbnail(id), alt: "", loading: "lazy" });
}

if (select && window.django?.jQuery) {
  const $ = window.django.jQuery;
  const figure = box.querySelector("[data-picture-preview]");

  const preview = () => {
    figure.hidden = !select.value;
    if (select.value) figure.replaceChildren(image(select.value));
  };
  const option = (found) => {
    if (!found.id) return found.text;
    const line = Object.assign(document.createElement("span"), { className: "picture-option" });
    line.append(image(found.id), found.text);
    return line;
  };
  // Modules run before the admin's own widgets are ready; theirs is replaced by one that shows.
  $(() => {
    const ajax = {
      data: ({ term, page }) => ({
        term,
        page,
        app_label: select.dataset.appLabel,
        model_name: select.dataset.modelName,
        field_name: select.dataset.fieldName,
      }),
    };
    select.dataset.placeholder = box.dataset.hint;
    $(select).data("placeholder", box.dataset.hint).select2({ ajax, templateResult: option });
    // jQuery's own change event: the popup that adds a picture triggers no other.
    $(select).on("change", preview);
  });
}
