/* The focal point: click, drag the ring, or arrow keys (Shift: bigger steps). Redraws the ring and every crop; a file that is chosen
   is seen before it is saved. */
const LARGEST = 960; // pixels across, of what is shown of a chosen file
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/* A file as the browser reads it, upright and small; null for what it cannot read. The policy allows no blob: address. */
async function drawn(file) {
  const bitmap = file && (await createImageBitmap(file).catch(() => null));
  if (!bitmap) return null;
  const share = Math.min(1, LARGEST / bitmap.width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * share));
  canvas.height = Math.max(1, Math.round(bitmap.height * share));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return { url: canvas.toDataURL("image/webp"), size: [canvas.width, canvas.height] };
}

function watch(stage) {
  const box = stage.parentElement;
  const inputs = [stage.dataset.x, stage.dataset.y].map((id) => document.getElementById(id)).filter(Boolean);
  let size = stage.dataset.focal.split(" ").map(Number);
  const at = (input) => clamp(Number(input?.value || 50), 0, 100);

  const draw = () => {
    const [width, height] = size;
    const [x, y] = [(at(inputs[0]) / 100) * width, (at(inputs[1]) / 100) * height];
    for (const ring of stage.querySelectorAll("circle")) {
      ring.setAttribute("cx", x);
      ring.setAttribute("cy", y);
    }
    for (const crop of box.querySelectorAll("[data-crop]")) {
      const ratio = Number(crop.dataset.crop);
      const across = Math.min(width, height * ratio);
      const down = across / ratio;
      const [left, top] = [clamp(x - across / 2, 0, width - across), clamp(y - down / 2, 0, height - down)];
      crop.setAttribute("viewBox", `${left} ${top} ${across} ${down}`);
    }
  };

  const present = () => box.parentElement.querySelector("[data-present]");
  /* The stage takes the place of what readers have now; one that cannot be had leaves it there. */
  const show = () => {
    box.hidden = false;
    present()?.remove();
  };

  const move = (...place) => {
    for (const [number, input] of inputs.entries()) input.value = Math.round(clamp(place[number], 0, 100));
    inputs[0]?.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.getElementById(stage.dataset.file)?.addEventListener("change", async ({ target }) => {
    const chosen = await drawn(target.files[0]);
    if (!chosen) return;
    ({ size } = chosen);
    for (const image of box.querySelectorAll("image")) {
      for (const [name, value] of [["href", chosen.url], ["width", size[0]], ["height", size[1]]]) image.setAttribute(name, value);
    }
    stage.firstElementChild.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
    show();
    move(50, 50);
    draw();
  });
  if (!inputs.length) return;
  const point = (event) => {
    const there = stage.getBoundingClientRect();
    move(((event.clientX - there.x) / there.width) * 100, ((event.clientY - there.y) / there.height) * 100);
  };
  // Enter or the space bar: no place was meant.
  stage.addEventListener("click", (event) => event.detail && point(event));
  stage.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("circle")) return; // a finger beside the ring moves the page
    const follow = (moved) => point(moved);
    stage.setPointerCapture(event.pointerId);
    stage.addEventListener("pointermove", follow);
    stage.addEventListener("lostpointercapture", () => stage.removeEventListener("pointermove", follow), { once: true });
  });
  stage.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const [dx, dy] = STEPS[event.key] ?? [];
    if (dx === undefined) return;
    event.preventDefault();
    move(at(inputs[0]) + dx * step, at(inputs[1]) + dy * step);
  });
  for (const input of inputs) input.addEventListener("input", draw);
  stage.disabled = false;
  draw();
  const whole = present() && stage.querySelector("image").getAttribute("href");
  if (whole) Object.assign(new Image(), { src: whole }).decode().then(show, () => {});
}

document.querySelectorAll("[data-focal]").forEach(watch);
