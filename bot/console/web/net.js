// Talking to the server: requests, and the event socket that comes back by itself.

// Complaint is an answer whose text is meant for the reader.
export class Complaint extends Error {}

async function call(path, options) {
  const res = await fetch("api/" + path, options); // throws when the server cannot be reached
  const body = await res.json().catch(() => ({}));
  if (!res.ok) throw new Complaint(body.error || "出了点问题，请再试一次。");
  return body;
}

export const get = (path) => call(path);

export const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

// newKey marks one intention, so that a request that is sent twice counts once.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

// insist repeats a request under the same key while the server cannot be reached.
export async function insist(path, body, tries = 3) {
  for (let i = 1; ; i++) {
    try {
      return await post(path, body);
    } catch (err) {
      if (err instanceof Complaint) throw err;
      if (i >= tries) throw new Complaint("连不上程序，这条没有发出去。");
      await wait(400 * i);
    }
  }
}

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// Stream keeps one socket open. position() says what was seen last; each event goes to
// onEvent; onReset must load everything anew and resolve before events go on; onLine
// hears whether the connection stands.
export class Stream {
  constructor({ position, onEvent, onReset, onLine }) {
    Object.assign(this, { position, onEvent, onReset, onLine });
    this.delay = 0;
    this.timer = 0;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.hurry(); });
  }

  open() {
    const { epoch, seq } = this.position();
    const url = new URL(`ws?epoch=${encodeURIComponent(epoch)}&since=${seq}`, location.href);
    url.hash = ""; // a socket's address must have none, and the page's names the open chat
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const ws = new WebSocket(url);
    let since = Infinity;
    ws.onopen = () => { since = performance.now(); this.onLine(true); };
    ws.onmessage = (m) => {
      const event = JSON.parse(m.data);
      if (event.reset) this.stale = true;
      else this.onEvent(event);
    };
    ws.onclose = () => {
      // Only a connection that held for a while ends the pause: one that is cut off at
      // once, again and again, must not be tried without pause.
      if (performance.now() - since > 3000) this.delay = 0;
      this.again();
    };
  }

  again() {
    if (this.stale) this.onLine(true);
    else this.onLine(false);
    const pause = this.stale && this.delay === 0 ? 0 : this.delay * (0.75 + Math.random() / 2);
    this.delay = Math.min(8000, this.delay ? this.delay * 2 : 400);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.retry(), pause);
  }

  async retry() {
    this.timer = 0;
    if (this.stale) {
      try {
        await this.onReset();
        this.stale = false;
      } catch {
        this.onLine(false);
        this.again();
        return;
      }
    }
    this.open();
  }

  hurry() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.retry();
  }
}
