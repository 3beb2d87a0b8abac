/* Topics as labels that can be taken off, with suggestions. The field keeps them, parted by commas. */
function topicsInput(box) {
  const field = box.querySelector("input");
  const list = Object.assign(document.createElement("datalist"), { id: `${field.id}_known` });
  const shell = Object.assign(document.createElement("div"), { className: "tag-input" });
  const typing = Object.assign(document.createElement("input"), { className: "input", id: `${field.id}_typing` });
  typing.setAttribute("list", list.id);
  typing.setAttribute("autocomplete", "off");
  typing.setAttribute("enterkeyhint", "enter");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (field.hasAttribute(name)) typing.setAttribute(name, field.getAttribute(name));
  }
  box.querySelector("label").htmlFor = typing.id;
  field.hidden = true;
  field.after(shell, list);

  const parts = (text) => text.split(",").map((part) => part.trim()).filter(Boolean);
  let topics = parts(field.value);

  const label = (topic) => {
    const tag = Object.assign(document.createElement("span"), { className: "tag", textContent: topic });
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    button.setAttribute("aria-label", `${box.dataset.remove}: ${topic}`);
    button.addEventListener("click", () => {
      topics = topics.filter((other) => other !== topic);
      draw();
      typing.focus();
    });
    tag.append(button);
    return tag;
  };
  const draw = () => {
    field.value = topics.join(", ");
    shell.replaceChildren(...topics.map(label), typing);
  };
  const take = () => {
    for (const topic of parts(typing.value)) {
      if (!topics.some((other) => other.toLowerCase() === topic.toLowerCase())) topics.push(topic);
    }
    typing.value = "";
    draw();
  };

  let asked;
  const suggest = async () => {
    const term = typing.value.trim();
    if (term.length < 2) return;
    asked?.abort();
    asked = new AbortController();
    try {
      const url = `${box.dataset.topics}&term=${encodeURIComponent(term)}`;
      const found = await (await fetch(url, { signal: asked.signal })).json();
      list.replaceChildren(...found.results.map(({ text }) => new Option(text)));
    } catch {
      // Without the network there are no suggestions; every topic can still be typed.
    }
  };

  typing.addEventListener("input", (event) => {
    const isChosen = event.inputType === "insertReplacementText" || !event.inputType;
    if (typing.value.includes(",") || (isChosen && typing.value)) {
      take();
      typing.focus();
    } else {
      suggest();
    }
  });
  typing.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      take();
      typing.focus();
    } else if (event.key === "Backspace" && !typing.value && topics.length) {
      topics.pop();
      draw();
      typing.focus();
    }
  });
  typing.addEventListener("change", take);
  // A topic that is being typed counts, too.
  field.form.addEventListener("formdata", ({ formData }) => {
    formData.set(field.name, [...topics, ...parts(typing.value)].join(", "));
  });
  draw();
}

for (const box of document.querySelectorAll("[data-topics]")) topicsInput(box);
