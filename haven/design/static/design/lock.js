// Locks the screen in place when nobody has been there for a while. What was typed stays on the page, unreadable, and
// is there again after unlocking. Without this file the server locks the session and keeps what a form then sends.
import { askPasskey, hasPasskeys } from "./passkey.js";

const WARN = 120;
const TELL_EVERY = 30;
const LOOK_EVERY = 15;

export function startLock(page) {
  const dialog = page.querySelector("[data-hv-lock]");
  if (dialog) {
    new Lock(page, dialog).start();
  }
}

class Lock {
  constructor(page, dialog) {
    this.page = page;
    this.dialog = dialog;
    this.facts = dialog.dataset;
    this.title = page.title;
    this.warning = page.querySelector("[data-hv-lock-warning]");
    this.told = Date.now();
    this.looked = Date.now();
    this.moved = false;
    this.setLeft(Number(this.facts.left));
  }

  start() {
    for (const kind of ["keydown", "pointerdown", "input", "wheel"]) {
      this.page.addEventListener(kind, () => { this.moved = true; }, { capture: true, passive: true });
    }
    this.page.addEventListener("visibilitychange", () => this.look());
    this.page.addEventListener("hv:signed-out", () => this.look());
    this.warning.querySelector("button").addEventListener("click", () => this.stay());
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.dialog.addEventListener("close", () => this.locked && this.dialog.showModal());
    this.dialog.querySelector("form").addEventListener("submit", (event) => this.unlock(event));
    this.passkey = this.dialog.querySelector("[data-hv-lock-passkey]");
    this.passkey.hidden = !hasPasskeys();
    this.passkey.addEventListener("click", () => this.unlockByPasskey());
    const now = this.page.querySelector("[data-hv-lock-now]");
    if (now) {
      now.hidden = false;
      now.addEventListener("click", () => this.lock(true));
    }
    setInterval(() => this.tick(), 1000);
  }

  setLeft(seconds) {
    this.ends = Date.now() + seconds * 1000;
  }

  tick() {
    const now = Date.now();
    if (this.locked) {
      if (now - this.looked > LOOK_EVERY * 1000) {
        this.look();
      }
      return;
    }
    if (this.moved && now - this.told > TELL_EVERY * 1000) {
      this.stay();
    }
    const left = (this.ends - now) / 1000;
    this.warn(left > 0 && left <= WARN);
    if (left <= 0 && now - this.looked > 2000) {
      this.look();
    }
  }

  warn(on) {
    const words = this.warning.querySelector("[role=status]");
    if (this.warning.hidden === on) {
      this.warning.hidden = !on;
      words.textContent = on ? words.dataset.hvSaid : "";
    }
  }

  // Tells the server that somebody is there.
  async stay() {
    this.moved = false;
    this.told = Date.now();
    this.heard(await this.ask({ do: "stay" }));
  }

  // Asks the server, which knows of other windows too.
  async look() {
    this.looked = Date.now();
    this.heard(await this.ask());
  }

  async ask(sent) {
    const body = sent && new URLSearchParams({ ...sent, csrfmiddlewaretoken: this.token() });
    try {
      const options = { method: body ? "POST" : "GET", body, headers: { Accept: "application/json" }, cache: "no-store" };
      const answer = await fetch(this.facts.screen, options);
      return answer.ok && !answer.redirected ? await answer.json() : { over: true };
    } catch {
      return { away: true };
    }
  }

  heard(said) {
    if (said.away) {
      // No network: what the clock says is all there is.
      if (this.ends <= Date.now()) { this.lock(false); }
    } else if (said.over) {
      this.lock(false);
      this.say(this.facts.over);
    } else if (said.who !== this.facts.who) {
      // Somebody else has signed in on this browser: nothing of this page is theirs.
      location.replace("/");
    } else {
      this.renew(said.csrf);
      this.setLeft(said.left);
      said.locked ? this.lock(false) : this.open();
    }
  }

  token() {
    return this.dialog.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  renew(token) {
    this.page.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  }

  lock(byHand) {
    if (this.locked) {
      return;
    }
    this.locked = true;
    this.before = this.page.activeElement;
    this.page.documentElement.classList.add("hv-locked");
    this.page.title = this.facts.title;
    this.warn(false);
    this.dialog.showModal();
    if (byHand) {
      this.ask({ do: "lock" });
    }
  }

  open() {
    if (!this.locked) {
      return;
    }
    this.locked = false;
    this.say("");
    this.dialog.querySelector("form").reset();
    this.dialog.close();
    this.page.documentElement.classList.remove("hv-locked");
    this.page.title = this.title;
    this.before?.focus?.();
  }

  say(words) {
    this.dialog.querySelector("[role=alert]").textContent = words;
  }

  async unlock(event) {
    event.preventDefault();
    const { password, code } = event.target.elements;
    await this.prove({ password: password.value, code: code.value });
  }

  async unlockByPasskey() {
    try {
      await this.prove({ credential: await askPasskey(this.facts.unlock) });
    } catch {
      this.say(this.facts.noPasskey);
    }
  }

  async prove(sent) {
    const body = new URLSearchParams({ ...sent, csrfmiddlewaretoken: this.token() });
    const answer = await fetch(this.facts.unlock, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json().catch(() => ({ wrong: [this.facts.over] }));
    if (said.locked === false) {
      await this.look();
    } else {
      this.say((said.wrong ?? [])[0] ?? this.facts.over);
    }
  }
}
