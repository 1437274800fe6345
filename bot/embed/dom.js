// Building pages from data: text only ever becomes text nodes, so nothing in it can run.

/** An element with attributes and children; strings become text. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** A message with its {fields} filled in. */
export function fill(message, fields) {
  return message.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? String(fields[name]) : whole));
}

/** The language of a piece of speech, for screen readers and fonts. */
export function langOf(text) {
  return /[\u3400-\u9fff]/.test(text) ? "zh" : "en";
}

/** The language to answer in: that of the question where it is plain, else the page's; as in page/words.py. */
export function askedIn(text, page) {
  if (/^[^\p{L}\p{N}_]*(and |so |but )?(what|who|whose|why|how|which|when|where|is|are|was|were|does|did|do|can|could)(?![\p{L}\p{N}_])/iu.test(text)) return "en";
  if (/[\u3400-\u9fff]/.test(text)) return "zh";
  return /[A-Za-z]+[^A-Za-z]+[A-Za-z]+[^A-Za-z]+[A-Za-z]/.test(text) ? "en" : page;
}

/** Copy text; where the page may not, false. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "rt-off", "aria-hidden": "true", tabindex: "-1" });
    area.value = text;
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* refused as well */ }
    area.remove();
    return done;
  }
}

/** Web storage where the browser gives any, else memory. */
export function storage() {
  try {
    sessionStorage.setItem("rt-probe", "1");
    sessionStorage.removeItem("rt-probe");
    return sessionStorage;
  } catch {
    const kept = new Map();
    return { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v), removeItem: (k) => kept.delete(k) };
  }
}
