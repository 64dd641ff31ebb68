// Keyboard shortcuts: an element with data-key="n" is pressed, or focused, by that key. WCAG 2.1.4: they can be turned
// off, and they rest while someone types.
const STORE = "hv-keys";

export function startKeys(page) {
  const toggle = page.querySelector("[data-hv-keys]");
  if (page.body.dataset.keys === "off") {
    return;
  }
  if (toggle) {
    toggle.hidden = false;
    show(toggle);
    toggle.addEventListener("click", () => {
      localStorage.setItem(STORE, on() ? "off" : "on");
      show(toggle);
    });
  }
  page.addEventListener("keydown", press);
}

function on() {
  return localStorage.getItem(STORE) !== "off";
}

function show(toggle) {
  toggle.textContent = on() ? toggle.dataset.on : toggle.dataset.off;
  toggle.setAttribute("aria-pressed", String(on()));
}

function press(event) {
  if (!on() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) {
    return;
  }
  const target = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key.toLowerCase() === event.key.toLowerCase());
  if (!target) {
    return;
  }
  event.preventDefault();
  if (target.matches("input, textarea, select")) {
    target.focus();
  } else {
    target.click();
  }
}
