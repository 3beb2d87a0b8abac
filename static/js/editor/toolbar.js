/* The toolbar above the text. Its buttons press CKEditor's commands and show their state; arrows move along it. */
const KEY = window.CKEDITOR.ALT + 121; // Alt F10, as in every editor

function show(button, state) {
  button.setAttribute("aria-disabled", state === window.CKEDITOR.TRISTATE_DISABLED);
  if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", state === window.CKEDITOR.TRISTATE_ON);
}

function press(editor, button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  editor.focus();
  editor.execCommand(button.dataset.command, button.dataset.value);
}

/* One stop for the Tab key; the arrows go on from button to button. */
function along(bar, event) {
  const buttons = [...bar.querySelectorAll("button, summary")].filter((each) => each.checkVisibility());
  const last = buttons.length - 1;
  const here = buttons.indexOf(document.activeElement);
  const there = { ArrowRight: here < last ? here + 1 : 0, ArrowLeft: here ? here - 1 : last, Home: 0, End: last }[event.key];
  if (there === undefined) return;
  event.preventDefault();
  stop(bar, buttons[there]);
  buttons[there].focus();
}

/* Escape goes back to the text, as it was marked; of a menu that is open it closes the menu (menus.js). */
function back(editor, bar, event) {
  if (event.key !== "Escape" || bar.querySelector("details[open]")) return;
  event.preventDefault();
  editor.focus();
}

function stop(bar, chosen) {
  for (const each of bar.querySelectorAll("button, summary")) each.tabIndex = each === chosen ? 0 : -1;
}

export function toolbar(editor) {
  const bar = document.getElementById(`${editor.name}-toolbar`);
  for (const button of bar.querySelectorAll("[data-command]")) {
    const command = editor.getCommand(button.dataset.command);
    command.on("state", () => show(button, command.state));
    show(button, command.state);
  }
  stop(bar, bar.querySelector("button"));
  // A press must not take the cursor, and on a phone the keyboard, away from the text.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    if (!button) return;
    button.closest("details")?.removeAttribute("open");
    press(editor, button);
  });
  bar.addEventListener("keydown", (event) => along(bar, event));
  bar.addEventListener("keydown", (event) => back(editor, bar, event));
  bar.addEventListener("focusin", (event) => stop(bar, event.target));
  editor.setKeystroke(KEY, "toolbarFocus");
  editor.addCommand("toolbarFocus", { exec: () => bar.querySelector("[tabindex='0']").focus(), editorFocus: false });
  // A menu that is open does not hear of what happens in the frame, which keeps the cursor meanwhile.
  const shut = () => bar.querySelector("details[open]")?.removeAttribute("open");
  editor.on("focus", shut);
  const hear = () => {
    const editable = editor.editable();
    editable.attachListener(editable, "pointerdown", shut);
    editable.attachListener(editable, "keydown", ({ data }) => void (data.$.key === "Escape" && shut()));
  };
  editor.on("contentDom", hear);
  hear();
  bar.hidden = false;
}
