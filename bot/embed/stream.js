// Asking over the API: server-sent events from fetch, sessions that renew silently, and faults with a name.

export class Fault extends Error {
  constructor(code, { id = "", retryAfter = 0 } = {}) { super(code); this.code = code; this.id = id; this.retryAfter = retryAfter; }
}

export class Line {
  /** `root` is the server's address, `session` the page's first session. */
  constructor(root, event, session, origin) { this.root = root; this.event = event; this.session = session; this.origin = origin; }

  async json(path, body) {
    const response = await this.fetch(path, body);
    return response.status === 204 ? null : response.json();
  }

  /** The events of an answer, as [name, data]. */
  async *ask(body, signal) {
    const response = await this.fetch("api/v1/ask/stream", body, signal);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const blocks = (rest + value).split(/\r?\n\r?\n/);
        rest = blocks.pop();
        for (const block of blocks) {
          const name = /^event: (.*)$/m.exec(block)?.[1], data = /^data: (.*)$/m.exec(block)?.[1];
          if (!name || data === undefined) continue;
          const row = JSON.parse(data);
          if (name === "error") throw new Fault(row.error.code, { id: row.error.id, retryAfter: row.error.retry_after });
          yield [name, row];
        }
      }
    } finally {
      reader.cancel().catch(() => {}); // who has the whole answer waits for nothing more
    }
  }

  async fetch(path, body, signal, isSecond = false) {
    const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${this.session}` };
    let response;
    try {
      response = await fetch(new URL(path, this.root), { ...options, headers, signal, credentials: "omit" });
    } catch (error) {
      throw error.name === "AbortError" ? error : new Fault("offline");
    }
    if (response.ok) return response;
    const row = await response.json().catch(() => ({}));
    if (response.status === 401 && !isSecond) {
      await this.renew();
      return this.fetch(path, body, signal, true);
    }
    throw new Fault(row.error?.code ?? "ours", { id: row.error?.id, retryAfter: row.error?.retry_after });
  }

  async renew() {
    const response = await fetch(new URL("api/v1/session", this.root), { method: "POST", credentials: "omit",
      headers: { "Content-Type": "application/json" }, body: JSON.stringify({ event: this.event, origin: this.origin }) });
    if (!response.ok) throw new Fault("ours");
    this.session = (await response.json()).session;
  }
}
