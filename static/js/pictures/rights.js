/* Beside what each ticked picture has: what it would have, as it is typed. */
const form = document.querySelector(".rights");
const NAMES = ["credit", "source", "owner", "licence", "usable_until", "ai", "shared_with"];

const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/* Bureaus come to those that are there. */
function shared() {
  if (form.elements.is_for_all.checked) return form.elements.is_for_all.labels[0].textContent;
  return [...form.querySelectorAll("[name=shared_with]:checked")].map((box) => box.labels[0].textContent.trim()).join(", ");
}

function given(name) {
  if (name === "shared_with") return shared();
  const field = form.elements[name];
  if (!field.value) return "";
  if (field.type === "select-one") return field.selectedOptions[0].textContent;
  return field.type === "date" ? day.format(new Date(`${field.value}T00:00Z`)) : field.value.trim();
}

function draw() {
  for (const box of form.querySelectorAll("[name=picture]:not(:disabled)")) {
    for (const name of NAMES) {
      const place = box.closest("li").querySelector(`[data-has="${name}"]`);
      const has = place.firstElementChild;
      const now = given(name);
      const isAdded = name === "shared_with";
      const isFree = isAdded || has.matches(".rights__none") || form.elements[`replace_${name}`]?.checked;
      place.querySelector("ins")?.remove();
      const changes = box.checked && isFree && now !== "" && now !== has.textContent;
      const isLeft = isAdded && !has.matches(".rights__none") && !form.elements.is_for_all.checked;
      has.classList.toggle("rights__gone", changes && !isLeft);
      if (changes) place.append(Object.assign(document.createElement("ins"), { textContent: isLeft ? `+ ${now}` : now }));
    }
  }
}

if (form?.elements.credit) {
  form.addEventListener("input", draw);
  draw();
}
