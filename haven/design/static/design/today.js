// “Today” and “Now” beside date boxes, on staff pages: most of what a duty desk records has just happened.
export function startToday(root) {
  if (!document.body.classList.contains("hv-staff")) {
    return;
  }
  root.querySelectorAll("[data-hv-today]:not([data-hv-ready])").forEach((boxes) => {
    boxes.dataset.hvReady = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hv-today";
    button.textContent = boxes.dataset.hvToday;
    button.addEventListener("click", () => fill(boxes));
    boxes.append(button);
  });
}

function fill(boxes) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/London",
    day: "numeric",
    month: "numeric",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date());
  const now = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const wanted = { day: now.day, month: now.month, year: now.year, time: `${now.hour}:${now.minute}` };
  boxes.querySelectorAll("input").forEach((box) => {
    const part = box.name.split("-").pop();
    box.value = wanted[part] ?? box.value;
  });
}
