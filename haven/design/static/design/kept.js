// What somebody types into a long form is kept on the server: three seconds after a pause, at most eight while the
// typing goes on, and when the page is left. Nothing is kept before something was typed, and never a password or a
// code. Without this file a form is kept when it reaches a locked screen; see docs/decisions/0021.
const PAUSE = 3_000;
const LONGEST = 8_000;
const AGAIN = 5_000;
const IN_FLIGHT = 60_000; // Bytes a browser still sends for a page that is gone.
const LINES = 3; // A form with more lines of text than this is long, with or without a box for many.

const LINE = "input:not([type]), input[type=text], input[type=email], input[type=tel]";
const SECRET = "input[type=password], [autocomplete=one-time-code], [name=credential]";

export function startKept(page) {
  const facts = page.querySelector("[data-hv-keeping]")?.dataset;
  const forms = facts ? [...page.querySelectorAll("form")].filter(isLong).map((form) => new Kept(form, facts)) : [];
  forms.forEach((form) => form.start());
  if (facts?.find && forms.length) {
    offer(page, facts, forms);
  }
}

function isLong(form) {
  if ("hvKeep" in form.dataset) {
    return true;
  }
  const lines = form.querySelectorAll(LINE).length;
  return form.getAttribute("method") === "post" && !form.querySelector(SECRET) && (form.querySelector("textarea") || lines > LINES);
}

class Kept {
  constructor(form, facts) {
    this.form = form;
    this.facts = facts;
    this.where = new URL(form.getAttribute("action") || location.href, location.href);
    this.path = this.where.pathname + this.where.search;
    this.url = facts.keep || this.path;
    // A form asked again holds what was sent, which may not be kept yet.
    this.kept = form.querySelector("[data-hv-asked-again]") ? "" : this.typed();
  }

  start() {
    this.line = this.form.appendChild(document.createElement("p"));
    this.line.className = "govuk-body hv-kept";
    this.told = this.form.appendChild(document.createElement("p"));
    this.told.className = "govuk-visually-hidden";
    this.told.setAttribute("role", "status");
    for (const kind of ["input", "change"]) {
      this.form.addEventListener(kind, () => this.touched());
    }
    this.form.addEventListener("submit", () => this.leaving());
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("online", () => this.keep());
    if (this.kept === "") {
      this.touched();
    }
  }

  typed() {
    const lines = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    return new URLSearchParams(lines).toString();
  }

  touched() {
    this.sent = false;
    this.begun = true;
    this.since ??= Date.now();
    this.soon(Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now())));
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), wait);
  }

  // A form that is sent is forgotten by the server; on pages where it is not, a keeping still under way is given up.
  leaving() {
    if (this.facts.keep) {
      this.keep();
    } else {
      this.flight?.abort();
    }
    this.sent = true;
  }

  async keep() {
    const now = this.typed();
    if (!this.begun || this.sent || now === this.kept || this.busy === now) {
      return;
    }
    clearTimeout(this.timer);
    this.since = undefined;
    this.busy = now;
    try {
      this.heard(now, await this.ask(this.body(now)));
    } catch {
      this.failed(this.facts.away);
    }
    this.busy = undefined;
  }

  body(now) {
    const body = new URLSearchParams(now);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken?.value ?? "");
    this.facts.keep ? body.set("_at", this.path) : body.set("keep", "now");
    if ([...this.form.querySelectorAll("input[type=file]")].some((input) => input.files.length)) {
      body.set("_files", "1");
    }
    return body;
  }

  ask(body) {
    this.flight = new AbortController();
    const keepalive = body.toString().length < IN_FLIGHT;
    const headers = { Accept: "application/json" };
    return fetch(this.url, { method: "POST", body, headers, keepalive, redirect: "manual", signal: this.flight.signal });
  }

  async heard(now, answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      document.dispatchEvent(new Event("hv:signed-out"));
      this.failed(this.facts.out);
    } else if (answer.ok || answer.status === 422) {
      this.kept = now;
      const { said, sent } = await answer.json();
      sent ? this.another() : this.say(said, answer.ok ? "kept" : "refused");
    } else {
      this.failed(this.facts.away);
    }
  }

  // The form was sent, and somebody types in it again, as after the Back button: it is another form from here on.
  another() {
    const key = this.form.elements._key;
    if (!this.sent && key && crypto.randomUUID) {
      key.value = crypto.randomUUID();
      this.touched();
    }
  }

  failed(words) {
    if (!this.sent) {
      this.say(words, "failed");
      this.soon(AGAIN);
    }
  }

  // The line says when; read out is only that keeping began, failed, or goes on again.
  say(words, state) {
    this.line.textContent = words;
    this.line.classList.toggle("hv-kept--not", state !== "kept");
    if (state !== this.state) {
      this.told.textContent = words;
      this.state = state;
    }
  }
}

// What was typed here in another session, or before the page was lost.
async function offer(page, facts, forms) {
  const fresh = forms.filter(({ form, kept }) => kept !== "" && !form.elements._kept);
  if (!fresh.length) {
    return;
  }
  const body = new URLSearchParams(fresh.map(({ path }) => ["_at", path]));
  body.set("csrfmiddlewaretoken", fresh[0].form.elements.csrfmiddlewaretoken?.value ?? "");
  const options = { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" };
  const found = await fetch(facts.find, options).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
  for (const { form, path } of fresh) {
    const before = found.kept?.[path];
    if (before) {
      const shown = page.querySelector("template[data-hv-offer]").content.cloneNode(true);
      shown.querySelector("[data-hv-when]").textContent = before.when;
      shown.querySelectorAll("form").forEach((each) => { each.action = `${facts.one}${before.id}/${each.dataset.hvDo}`; });
      form.before(shown);
    }
  }
}
