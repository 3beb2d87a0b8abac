/* The focal point: click, or arrow keys (Shift: bigger steps). Redraws the ring and every crop. */
const stage = document.querySelector("[data-focal]");

if (stage) {
  const [width, height] = stage.dataset.focal.split(" ").map(Number);
  const inputs = { x: document.getElementById("id_focal_x"), y: document.getElementById("id_focal_y") };
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
  const at = (input) => clamp(Number(input.value || 50), 0, 100);

  const draw = () => {
    const x = (at(inputs.x) / 100) * width;
    const y = (at(inputs.y) / 100) * height;
    for (const ring of stage.querySelectorAll("circle")) {
      ring.setAttribute("cx", x);
      ring.setAttribute("cy", y);
    }
    for (const crop of document.querySelectorAll("[data-crop]")) {
      const ratio = Number(crop.dataset.crop);
      const across = Math.min(width, height * ratio);
      const down = across / ratio;
      const left = clamp(x - across / 2, 0, width - across);
      const top = clamp(y - down / 2, 0, height - down);
      crop.setAttribute("viewBox", `${left} ${top} ${across} ${down}`);
    }
  };

  const move = (x, y) => {
    inputs.x.value = Math.round(clamp(x, 0, 100));
    inputs.y.value = Math.round(clamp(y, 0, 100));
    inputs.x.dispatchEvent(new Event("input", { bubbles: true }));
  };

  stage.addEventListener("click", (event) => {
    if (!event.detail) return; // Enter or the space bar: no place was meant
    const box = stage.getBoundingClientRect();
    move(((event.clientX - box.x) / box.width) * 100, ((event.clientY - box.y) / box.height) * 100);
  });
  stage.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    if (dx === undefined) return;
    event.preventDefault();
    move(at(inputs.x) + dx * step, at(inputs.y) + dy * step);
  });
  for (const input of Object.values(inputs)) input.addEventListener("input", draw);
  stage.disabled = false;
  draw();
}
