// Drawing a box on the picture of a page fills in the four numbers of the form, which can be typed as well.
const sheet = document.querySelector("[data-hv-sheet]");
const fields = Object.fromEntries([...document.querySelectorAll("[data-hv-box]")].map((box) => [box.dataset.hvBox, box]));

if (sheet && fields.left) {
  const picture = sheet.querySelector("svg");
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  drawn.setAttribute("class", "dk-leaf__new");
  let from = null;

  const place = (event) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    const within = (value) => Math.min(100, Math.max(0, value));
    return { x: within(((event.clientX - left) / width) * 100), y: within(((event.clientY - top) / height) * 100) };
  };

  const show = () => {
    const side = (name) => Number(fields[name].value) || 0;
    drawn.setAttribute("x", String(side("left") * 10));
    drawn.setAttribute("y", String(side("top") * 10));
    drawn.setAttribute("width", String(Math.max(0, side("right") - side("left")) * 10));
    drawn.setAttribute("height", String(Math.max(0, side("bottom") - side("top")) * 10));
    picture.append(drawn);
  };

  picture.addEventListener("pointerdown", (event) => {
    from = place(event);
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!from) {
      return;
    }
    const to = place(event);
    fields.left.value = Math.min(from.x, to.x).toFixed(1);
    fields.right.value = Math.max(from.x, to.x).toFixed(1);
    fields.top.value = Math.min(from.y, to.y).toFixed(1);
    fields.bottom.value = Math.max(from.y, to.y).toFixed(1);
    show();
  });
  picture.addEventListener("pointerup", () => {
    from = null;
  });
  Object.values(fields).forEach((field) => field.addEventListener("input", show));
}
