// The light page: ask, read, follow citations. Alone at /e/EVENT, or in the widget's frame at /embed/EVENT.
import { answerNode, answerText, claimNode, nextNode, wordForm } from "./answer.js";
import { askedIn, copy, el, fill, storage } from "./dom.js";
import { Host, theme } from "./host.js";
import { Reader } from "./reader.js";
import { Fault, Line } from "./stream.js";

const KEPT = 20, LONGEST_WAIT = 60;
const config = JSON.parse(document.getElementById("rt-config").textContent);
const root = new URL("..", import.meta.url), words = config.words;
const line = new Line(root, config.event, config.session, config.parent);
const kept = storage(), key = `roundtable ${config.event} ${config.parent}`;
const $ = (id) => document.getElementById(id);
const log = $("log"), box = $("box"), send = $("send"), sheet = $("sheet");
let history = [], controller = null, opener = null, isOpen = false;

const host = new Host(config.parent, {
  config: (message) => theme(message),
  close: () => closeSheet(),
});

const reader = new Reader($("reader"), words, closeSheet,
  (time, link) => seek(time, link, true));
/** Move the player of the page around us; where there is none, open the recording if the visitor asked to play. */
function seek(time, link, play) {
  if (host.origin) host.send("seek", { event: config.event, time, link, play });
  else if (play && link) open(link, "_blank", "noopener");
}
let reading = null;
/** The transcript, asked for when a visitor first asks or reads (it is half of the page's weight), or when it has changed. */
function read(revision = "") {
  if (revision) reading = null;
  reading ??= line.json(`api/v1/events/${encodeURIComponent(config.event)}/turns?${new URLSearchParams({ lang: config.lang, revision })}`)
    .then((rows) => reader.load(rows), () => { reading = null; });
  return reading;
}

const does = {
  ask,
  seek: (citation) => seek(citation.time, citation.link, true),
  framed: () => Boolean(host.origin),
  async cite(citation, button) {
    await read();
    openSheet(button);
    if (!reader.show(citation)) {
      await read(citation.revision);
      if (!reader.show(citation)) { reader.gone(() => again(button)); return; }
    }
    if (citation.quote && typeof citation.time === "number") seek(citation.time, citation.link, false);
    if (citation.quote) host.send("cite", { event: config.event, citation });
  },
  copy: async (row, button) => flash(button, (await copy(answerText(row, words))) ? words.copied : words.copy_refused),
  share: async (row, button) => flash(button, (await copy(link(row.question))) ? words.shared : words.copy_refused),
  async vote(row, vote, button) {
    const give = (word) => line.json("api/v1/feedback",
      { answer: row.id, event: config.event, vote, word, question: row.question, outcome: row.outcome });
    try { await give(""); } catch { flash(button, words.ours); return; }
    const answer = button.closest(".rt-answer");
    for (const other of answer.querySelectorAll(".rt-up, .rt-down")) other.setAttribute("aria-pressed", String(other === button));
    answer.querySelector(".rt-word")?.remove();
    answer.querySelector(".rt-foot").after(wordForm(words, give));
  },
};

/** What an answer in that language can do: it names people as its readers know them. */
function answering(lang) {
  const names = config.people[lang] ?? {};
  return { ...does, who: (name) => names[name] ?? name };
}

/** Ask anew what an answer was to. */
function again(button) {
  const asked = button.closest(".rt-making, .rt-answer").previousElementSibling;
  closeSheet();
  ask(asked.lastChild.textContent);
}

function link(question) {
  const url = new URL(`e/${encodeURIComponent(config.event)}`, root);
  url.search = new URLSearchParams({ q: question, lang: config.lang });
  return url.href;
}

function flash(button, text) {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => { button.textContent = before; }, 1600);
}

async function ask(text) {
  const question = text.trim();
  if (controller) return;
  if (!question) { say(words.empty); box.focus(); return; }
  const length = Array.from(question).length;
  if (length > config.most) { say(fill(words.too_long, { n: config.most, m: length })); return; }
  box.value = "";
  log.append(el("div", { class: "rt-question" }, el("span", { class: "rt-hidden" }, `${words.you}: `), question));
  const place = log.appendChild(el("div", { class: "rt-making" }, ...looking()));
  await answer(question, place);
}

const looking = () => [el("p", { class: "rt-lead" }, words.searching), el("p", { class: "rt-slow" }, words.slow)];

async function answer(question, place) {
  controller = new AbortController();
  const lang = askedIn(question, config.lang);
  read();
  busy(true);
  follow(place);
  try {
    const body = { question, event: config.event, lang, speaker: $("speaker").value || null, history: exchanges() };
    const claims = el("div", { class: "rt-answer" });
    let ended = false;
    for await (const [name, row] of line.ask(body, controller.signal)) {
      if (name === "claim") {
        claims.append(claimNode(row.claim, new Map(row.citations.map((c) => [c.number, c])), words, answering(lang)));
        place.replaceChildren(claims);
      } else if (name === "final") { finish({ ...row, lang }, place); ended = true; break; }
    }
    if (!ended) throw new Fault("offline"); // the line broke before the answer was whole
  } catch (error) {
    failed(error, question, place);
  } finally {
    controller = null;
    busy(false);
    resize();
  }
}

function finish(row, place) {
  const node = answerNode(row, words, answering(row.lang), { feedback: config.feedback });
  node.tabIndex = -1;
  place.replaceWith(node);
  history = [...history, row].slice(-KEPT);
  save();
  $("status").textContent = `${words.answered}: ${row.text || row.lead}`; // said once, when the answer is whole
  follow(node);
}

function failed(error, question, place) {
  const stopped = error.name === "AbortError", said = place.querySelector(".rt-claim")?.closest(".rt-answer"); // which stays
  const wait = error.code === "too_many" ? error.retryAfter || 5 : 0;
  const message = { too_many: wait > LONGEST_WAIT ? fill(words.too_many, { m: Math.ceil(wait / 60) }) : fill(words.too_fast, { s: wait }), offline: words.offline, empty: words.empty, unknown_event: words.unknown_event,
    site_not_allowed: fill(words.site_not_allowed, { origin: config.parent }) }[error.code] ?? (stopped ? words.stopped : words.ours);
  const again = () => { clearTimeout(timer); if (!controller) { place.replaceChildren(...looking()); answer(question, place); } };
  const timer = wait && wait <= LONGEST_WAIT ? setTimeout(again, wait * 1000) : 0;
  const retry = el("button", { type: "button", class: "rt-retry", on: { click: again } }, words.retry);
  place.replaceChildren(...(said ? [said] : []), el("div", { class: "rt-answer rt-fault" }, el("p", {}, message), retry,
    error.id ? el("details", {}, el("summary", {}, words.details), error.id) : null));
  $("status").textContent = message;
}

const exchanges = () => history.map((row) => ({ user: row.question, assistant: (row.text || row.lead).slice(0, 4000) }));

function busy(is) {
  send.textContent = is ? words.stop : words.ask;
  send.classList.toggle("stop", is);
}

/** Keep the question at the top of what is read, rather than chase the end. */
function follow(node) {
  const question = node.previousElementSibling ?? node;
  if (log.scrollHeight > log.clientHeight) log.scrollTo({ top: question.offsetTop - log.offsetTop - 12 });
  resize();
}

function say(text) { $("status").textContent = text; box.placeholder = text; setTimeout(() => { box.placeholder = words.ask_placeholder; }, 3000); }
function save() { try { kept.setItem(key, JSON.stringify(history)); } catch { /* full: the page still works */ } }

function restore() {
  try { history = JSON.parse(kept.getItem(key) ?? "[]"); } catch { history = []; }
  if (!Array.isArray(history)) history = [];
  for (const row of history) {
    try {
      const node = answerNode(row, words, answering(row.lang), { feedback: config.feedback });
      log.append(el("div", { class: "rt-question" }, String(row.question)), node);
    } catch { history = []; }
  }
}

function openSheet(from) {
  opener = from;
  if (!isOpen) window.history.pushState({ rtSheet: true }, "");
  isOpen = true;
  sheet.hidden = false;
  document.body.classList.add("rt-reading");
  resize();
  sheet.querySelector(".rt-close").focus();
}

function closeSheet(fromHistory = false) {
  if (!isOpen) return;
  isOpen = false;
  sheet.hidden = true;
  document.body.classList.remove("rt-reading");
  if (fromHistory !== true && window.history.state?.rtSheet) window.history.back();
  opener?.focus();
  resize();
}

function resize() {
  if (config.mode !== "inline") return;
  const open = isOpen ? 560 : 0;
  host.send("resize", { height: Math.max($("top").offsetHeight + log.scrollHeight + $("foot").offsetHeight, open) });
}

$("form").addEventListener("submit", (event) => { event.preventDefault(); controller ? controller.abort() : ask(box.value); });
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey) return;
  if (event.isComposing || event.keyCode === 229) return; // Enter that chooses a candidate of an input method
  event.preventDefault();
  if (!controller) ask(box.value);
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  if (isOpen) closeSheet(); else host.send("close");
});
addEventListener("popstate", () => closeSheet(true));
$("read").addEventListener("click", async (event) => { const from = event.currentTarget; await read(); openSheet(from); if (!reader.cited) reader.top(); });
$("new").addEventListener("click", () => {
  controller?.abort();
  history = []; save();
  for (const node of [...log.children].slice(1)) node.remove();
  box.focus();
  resize();
});

log.querySelector(".rt-welcome").append(nextNode(config.suggestions, words.try_asking, does),
  ...config.notes.map((note) => el("p", { class: "rt-small" }, note)));
theme(config.theme);
restore();
send.disabled = false; // before this, sending would leave the page
if (history.length) log.scrollTop = log.scrollHeight;
host.send("ready", { event: config.event });
new ResizeObserver(resize).observe(log);
resize();
if (config.question && history.at(-1)?.question !== config.question) ask(config.question);
if (config.mode === "panel") box.focus();
