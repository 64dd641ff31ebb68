// What a worker types into a report is kept on the server every ten seconds: a lost connection or a closed page loses
// nothing. Files are kept when the form is sent or filled in; without this file there is the button.
const EVERY = 10_000;
const form = document.querySelector("form[data-hv-keep]");
const said = document.querySelector("[data-hv-kept]");
const leaving = new AbortController();
// A page drawn again, as when an adult is added, holds what may not have been kept yet.
let kept = "hvBegun" in form.dataset ? "" : typed();

function typed() {
  const lines = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(lines).toString();
}

async function keep() {
  const now = typed();
  if (now === kept || leaving.signal.aborted) {
    return;
  }
  const body = new URLSearchParams(now);
  body.set("keep", "now");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, signal: leaving.signal });
    if (!answer.ok || answer.redirected) {
      throw new Error(answer.statusText);
    }
    kept = now;
    said.textContent = await answer.text();
  } catch {
    said.textContent = leaving.signal.aborted ? "" : form.dataset.hvKeep;
  }
}

setInterval(keep, EVERY);
document.addEventListener("visibilitychange", () => document.hidden && keep());
form.addEventListener("submit", () => leaving.abort());
