// What the Gradio page needs beyond Gradio: the transcript beside the chat, citations, copying, thumbs, export.
import { copy, el } from "./dom.js";
import { Reader } from "./reader.js";
import { wordForm } from "./answer.js";
import { Lost } from "./lost.js";

const root = new URL("..", import.meta.url);
let words = {}, reader = null, shown = "", about = null, opener = null, saved = "";

const find = (selector) => document.querySelector(selector);
const head = () => { const now = find("#rt-now"); return now && { event: now.title || now.dataset.event || "", lang: now.lang, node: now }; };
const wide = () => matchMedia("(min-width: 1000px)").matches;

async function json(path, options) {
  const response = await fetch(new URL(path, root), options);
  if (!response.ok) throw new Error(String(response.status));
  return response.status === 204 ? null : response.json();
}

/** Fill the transcript anew when the event or the language has changed. */
async function dress() {
  const now = head();
  if (!now || !find("#rt-reader")) return;
  const { event, lang } = now, key = `${event} ${lang}`;
  if (key === shown && find("#rt-reader").childElementCount) return;
  if (about !== event) document.body.classList.toggle("rt-folded", !event && wide()); // of all events there is nothing to read yet
  about = event;
  shown = key;
  if (now.node.title) { now.node.dataset.event = now.node.title; now.node.removeAttribute("title"); } // no tooltip
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  words = await json(`web/words/${lang}.json`);
  const place = find("#rt-reader");
  place.setAttribute("aria-label", words.transcript);
  reader = new Reader(place, words, closeReader);
  await read();
  reader.top();
}

let loaded = "";

/** Fill the reader with the transcripts of an event; with none where all events are asked, until one is cited. */
async function read(options, event = head().event) {
  reader.load(event ? await json(`api/v1/events/${encodeURIComponent(event)}/turns?lang=${head().lang}`, options) : []);
  loaded = event;
}

function openReader(from) {
  opener = from;
  const panel = find("#rt-side");
  if (!panel.classList.contains("rt-open") && !wide()) history.pushState({ rtReader: true }, "");
  panel.classList.add("rt-open");
  document.body.classList.remove("rt-folded");
  if (!wide()) find("#rt-reader .rt-close").focus();
}

function closeReader(fromHistory = false) {
  find("#rt-side").classList.remove("rt-open");
  if (wide()) document.body.classList.add("rt-folded");
  for (const button of document.querySelectorAll(".rt-cite[aria-pressed]")) button.removeAttribute("aria-pressed");
  if (!fromHistory && history.state?.rtReader) history.back();
  opener?.focus();
  opener = null;
}

async function cite(button) {
  let target;
  try { target = JSON.parse(button.value); } catch { return; }
  openReader(button);
  const event = target.event || head().event;
  if (event !== loaded) await read(undefined, event);
  if (!reader?.show(target)) {
    await read({ cache: "reload" }, event); // the transcript may have been corrected since the page was opened
    if (!reader.show(target)) { reader.gone(() => again(button)); return; }
  }
  for (const other of document.querySelectorAll(".rt-cite[aria-pressed]")) other.removeAttribute("aria-pressed");
  button.setAttribute("aria-pressed", "true");
}

/** Put a question into Gradio's box and send it as a visitor would. */
function ask(text) {
  const box = find("#rt-box textarea"), send = find("#rt-send");
  if (!box || !send) return;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => send.click(), 30); // Svelte takes the input over in its next turn
}

function again(button) {
  if (!wide()) closeReader();
  ask(questionOf(answerOf(button)));
}

const answerOf = (button) => button.closest(".rt-answer");

function questionOf(answer) {
  const asked = [...document.querySelectorAll("#rt-chat .rt-question")];
  return asked.filter((node) => node.compareDocumentPosition(answer) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1)?.innerText ?? "";
}

function answerText(answer) {
  const own = answer.cloneNode(true);
  for (const node of own.querySelectorAll(".rt-next, .rt-foot button, .rt-word, .rt-outcome")) node.remove();
  for (const node of own.querySelectorAll(".rt-cite")) node.replaceWith(`[${node.textContent}]`);
  const lines = [...own.querySelectorAll("p, blockquote, figcaption, .rt-label")].map((node) => node.textContent.trim());
  return [questionOf(answer), "", ...lines].join("\n").trim();
}

async function say(button, done) {
  const before = button.textContent;
  button.textContent = done ? words[button.classList.contains("rt-share") ? "shared" : "copied"] : words.copy_refused;
  setTimeout(() => { button.textContent = before; }, 1600);
}

async function vote(button, kind) {
  const answer = answerOf(button), { event } = head();
  const outcome = /rt-(answer|partial|related|abstain)(?:\s|$)/.exec(answer.className.replace("rt-answer ", ""))?.[1] ?? "";
  const send = (word) => json("api/v1/feedback", { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ answer: answer.id, event, vote: kind, word, question: questionOf(answer), outcome }) });
  try { await send(""); } catch { say(button, false); return; }
  for (const other of answer.querySelectorAll(".rt-up, .rt-down")) other.setAttribute("aria-pressed", String(other === button));
  answer.querySelector(".rt-word")?.remove();
  answer.querySelector(".rt-foot").after(wordForm(words, send));
}

function linkTo(question) {
  const { event, lang } = head();
  const link = new URL(root);
  link.search = new URLSearchParams({ event, lang, q: question });
  return link.href;
}

/** Save a file that Gradio has put into its hidden block. */
function save() {
  const packed = find("#rt-file .rt-file");
  if (!packed || packed.id === saved) return;
  saved = packed.id;
  const bytes = Uint8Array.from(atob(packed.value), (char) => char.charCodeAt(0));
  const link = el("a", { href: URL.createObjectURL(new Blob([bytes])), download: packed.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const clicks = {
  "rt-cite": cite,
  "rt-look": cite,
  "rt-ask": (button) => ask(button.innerText),
  "rt-retry": (button) => ask(button.value),
  "rt-copy": async (button) => say(button, await copy(answerText(answerOf(button)))),
  "rt-share": async (button) => say(button, await copy(linkTo(questionOf(answerOf(button))))),
  "rt-up": (button) => vote(button, "up"),
  "rt-down": (button) => vote(button, "down"),
  "rt-open-reader": (button) => openReader(button),
  "rt-jump": (button) => jump(button),
};

function jump(button) {
  openReader(button);
  const at = reader?.turns.findIndex(({ row }) => row.section === button.value) ?? -1;
  if (at >= 0) { reader.turn = at; reader.step(0); }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (button?.id === "rt-send") lost.again?.();
  const kind = button && Object.keys(clicks).find((name) => button.classList.contains(name));
  if (kind) { event.preventDefault(); clicks[kind](button); }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) {
    event.stopImmediatePropagation(); // Enter that chooses a candidate of an input method
    event.preventDefault(); // or Gradio sends on the keypress
  }
  if (event.key === "Tab" && event.target.closest?.("#rt-speaker, #rt-event")) {
    event.stopImmediatePropagation(); // Gradio would open the list that is being left, over the box, for good
  }
  if (event.key === "Enter" && !event.shiftKey && event.target.closest?.("#rt-box")) lost.again?.();
  if (event.key === "Escape" && find("#rt-side")?.classList.contains("rt-open")) closeReader();
}, true);
addEventListener("popstate", () => { if (find("#rt-side")?.classList.contains("rt-open") && !wide()) closeReader(true); });

const lost = new Lost({ words: () => words, typed: () => find("#rt-box textarea")?.value ?? "", place: () => find("#rt-form") });

/** Gradio has lost the line: come back with the question. */
function broken() {
  if (!words.offline || !find(".toast-body.error")) return;
  const asked = lost.typed() || [...document.querySelectorAll("#rt-chat .rt-question")].at(-1)?.innerText || "";
  lost.broken(() => location.assign(linkTo(asked)), new URL("healthz", root));
}

/** Gradio's own markup, made sayable: what axe finds in it (WEB.md), mended from outside. */
function mend() {
  for (const node of document.querySelectorAll("#rt-chat [data-testid=bot], #rt-chat [data-testid=user]")) {
    const label = words[node.dataset.testid === "user" ? "you" : "bot"];
    if (label && node.getAttribute("aria-label") !== label) { node.setAttribute("aria-label", label); node.setAttribute("role", "group"); }
  }
  for (const node of document.querySelectorAll("#rt-chat [role=log], #rt-chat .bubble-wrap")) {
    if (node.getAttribute("tabindex") !== "0") { node.setAttribute("role", "log"); node.tabIndex = 0; }
    if (words.chat) node.setAttribute("aria-label", words.chat);
  }
  for (const button of document.querySelectorAll(".rt-retry[name]")) {
    const wait = Number(button.name);
    button.removeAttribute("name");
    if (wait > 0) setTimeout(() => { if (button.isConnected) ask(button.value); }, wait * 1000);
  }
  for (const node of document.querySelectorAll('#rt-head a[href^="?"][target]')) node.removeAttribute("target"); // it is this page
  for (const node of document.querySelectorAll(".rt-cite:not([aria-label])")) node.setAttribute("aria-label", node.title);
}

let followed = "", isReading = false;
for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => { isReading = true; }, { passive: true });

/** Keep the last question at the top of what is read while its answer grows, unless the visitor scrolls. */
function follow() {
  const log = find("#rt-chat [role=log]"), questions = log ? [...log.querySelectorAll(".rt-question")] : [];
  const now = `${questions.length} ${log?.scrollHeight}`;
  if (now === followed) return;
  if (questions.length !== parseInt(followed)) isReading = false;
  followed = now;
  if (isReading || !questions.length) return;
  const top = questions.at(-1).getBoundingClientRect().top - log.getBoundingClientRect().top - 14;
  log.scrollTo({ top: log.scrollTop + top, behavior: "instant" });
}

let asked = false;
function watch() {
  dress().catch(() => { shown = ""; });
  mend();
  save();
  follow();
  broken();
  const question = new URLSearchParams(location.search).get("q");
  if (!asked && question && find("#rt-chat .rt-welcome") && find("#rt-box textarea") && words.ask) {
    asked = true;
    ask(question.slice(0, 500));
  }
}
let due = 0;
new MutationObserver(() => { cancelAnimationFrame(due); due = requestAnimationFrame(watch); })
  .observe(document.documentElement, { childList: true, subtree: true });
watch();
