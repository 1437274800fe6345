// Talking to the page that frames us: versioned messages, to and from the one origin the server allowed.
const VERSION = 1;

export class Host {
  /** `origin` is the host page's, '' where nobody frames us; `on` maps a message's type to its handler. */
  constructor(origin, on) {
    this.origin = parent === window ? "" : origin;
    addEventListener("message", (event) => {
      if (!this.origin || event.source !== parent || event.origin !== this.origin) return;
      if (event.data?.roundtable === VERSION) on[event.data.type]?.(event.data);
    });
  }

  send(type, fields = {}) {
    if (this.origin) parent.postMessage({ roundtable: VERSION, type, ...fields }, this.origin);
  }
}

/** The theme a host may set: our own variables, with values that are colours, lengths or font names. */
export function theme(wanted) {
  const root = document.documentElement;
  if (["light", "dark", "auto"].includes(wanted.theme)) root.dataset.theme = wanted.theme;
  for (const [name, value] of Object.entries(wanted.variables ?? {})) {
    if (/^--rt-[a-z-]+$/.test(name) && typeof value === "string" && /^[\w\s#%.,()"'-]{1,200}$/.test(value) && !/url|expression/i.test(value)) {
      root.style.setProperty(name, value);
    }
  }
}
