// A line that breaks. Gradio ends the page over one failed request; here the request waits, and the question with it.
import { el } from "./dom.js";

const SENT = /\/gradio_api\/(?:queue\/join|run\/predict)(?:$|\?)/;
const AWAY = [502, 503, 504]; // a proxy in front of a server that restarts
const send = window.fetch.bind(window);

export class Lost {
  /** `words()` and `typed()` are the page's words and its box today, `place()` the element to speak above. */
  constructor({ words, typed, place }) {
    Object.assign(this, { words, typed, place, again: null, broke: false });
    window.fetch = (target, options) =>
      SENT.test(String(target?.url ?? target)) ? this.hold(target, options) : send(target, options);
  }

  /** Send, and send again whenever the visitor says so, until somebody takes it. */
  async hold(target, options) {
    for (let text = this.typed(), tries = 0; ; text = this.typed(), tries++) {
      const response = await send(target, options).catch((error) => { if (error.name === "AbortError") throw error; });
      if (response && !AWAY.includes(response.status)) { if (tries) this.tell(null); return response; }
      await new Promise((again) => this.tell(again));
      options = mended(options, text, this.typed());
    }
  }

  /** Say that the line broke, with one way on; null takes it away. */
  tell(again, message = this.words().offline) {
    document.getElementById("rt-notice")?.remove();
    this.again = again && (() => { this.tell(null); again(); });
    if (!this.again) return;
    this.place().before(el("div", { id: "rt-notice", role: "alert" }, el("span", {}, message),
      el("button", { type: "button", class: "rt-step", on: { click: this.again } }, this.words().retry)));
  }

  /** The line broke in the middle of an answer, which Gradio is past mending: `back` opens the page with the question. */
  async broken(back, health) {
    if (this.broke) return;
    this.broke = true;
    const up = await send(health).then(({ ok }) => ok, () => false);
    this.tell(back, up ? this.words().ours : this.words().offline);
  }
}

/** A request with the question as it stands in the box now. */
function mended(options, before, now) {
  try {
    const body = JSON.parse(options.body);
    if (!now || body.data[0] !== before) return options;
    body.data[0] = now;
    return { ...options, body: JSON.stringify(body) };
  } catch { return options; }
}
