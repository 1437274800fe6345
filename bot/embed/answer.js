// An answer row of the API as elements; the fields and their order are those of bot/page/answer.py.
import { el, fill, langOf } from "./dom.js";

const KEPT = 2; // characters that stay with the mark behind them: a word of Chinese, or the end of one of Latin letters

/** `does` has who(name), cite(citation, button), ask(question), copy, share, vote(row, vote, word). */
export function answerNode(row, words, does, options = {}) {
  const byNumber = new Map(row.citations.map((citation) => [citation.number, citation]));
  const node = el("div", { class: `rt-answer rt-${row.outcome}` },
    row.outcome === "answer" || row.reason === "chitchat" ? null : el("p", { class: "rt-outcome" }, words[`outcome_${row.outcome}`]),
    row.lead ? el("p", { class: "rt-lead" }, row.lead) : null,
    ...row.claims.map((claim) => claimNode(claim, byNumber, words, does)),
    row.nearby?.length ? nearbyNode(row.nearby, words, does) : null,
    ...row.missing.filter((line) => line !== row.lead).map((line) => el("p", { class: "rt-missing" }, line)),
    row.silent_line ? el("p", { class: "rt-silent" }, row.silent_line) : null,
    ...row.notes.map((line) => el("p", { class: "rt-note" }, line)));
  node.append(footNode(row, words, does, options));
  if (row.suggestions.length) node.append(nextNode(row.suggestions, words.next_questions, does));
  return node;
}

export function claimNode(claim, byNumber, words, does) {
  const cited = claim.citations.map((number) => byNumber.get(number)).filter(Boolean);
  const node = el("div", { class: "rt-claim" }, claim.lead ? el("p", { class: "rt-claim-lead" }, claim.lead) : null);
  if (claim.status !== "supported" && cited.length) {
    for (const citation of cited) node.append(quoteNode(citation, words, does));
  } else {
    const chars = Array.from(claim.text), marks = cited.map((citation) => citeButton(citation, words, does));
    node.append(el("p", { class: "rt-said", lang: langOf(claim.text) }, chars.slice(0, -KEPT).join(""),
      el("span", { class: "rt-end" }, chars.slice(-KEPT).join(""), ...marks)));
  }
  return node;
}

function quoteNode(citation, words, does) {
  return el("figure", { class: "rt-quote" },
    el("blockquote", { lang: langOf(citation.quote) },
      citation.context_text ? el("span", { class: "rt-context" }, citation.context_text, langOf(citation.quote) === "en" ? " " : "") : null,
      ...quoted(citation, citeButton(citation, words, does))),
    el("figcaption", { class: "rt-place" }, [citation.speaker && does.who(citation.speaker), citation.place].filter(Boolean).join(" · "),
      timeNode(citation, words, does)));
}

/** When it was said: a link that starts there, a button for the host page's player, or only the time. */
function timeNode(citation, words, does) {
  if (!citation.clock) return null;
  const label = fill(words.play_from, { time: citation.clock });
  if (does.framed?.()) {
    return el("button", { type: "button", class: "rt-time", "aria-label": label, title: label,
      on: { click: () => does.seek(citation) } }, citation.clock);
  }
  if (!/^https?:/.test(citation.link ?? "")) return el("span", { class: "rt-time" }, citation.clock);
  return el("a", { class: "rt-time", href: citation.link, target: "_blank", rel: "noopener noreferrer", "aria-label": label, title: label }, citation.clock);
}

/** A quote, and its mark on the line of its last characters: a mark alone on a line belongs to nothing. */
function quoted(citation, mark) {
  const length = Array.from(citation.quote).length, end = Math.max(length - KEPT, 0);
  return [...emphasised(citation, 0, end), el("span", { class: "rt-end" }, ...emphasised(citation, end, length), mark)];
}

/** The characters of a quote between two places, emphasis and all. */
function emphasised(citation, first, last) {
  const chars = Array.from(citation.quote), pieces = [];
  let at = first;
  for (const [start, end] of citation.emphasis ?? []) {
    const from = Math.max(start - citation.start, at), to = Math.min(end - citation.start, last);
    if (from >= to) continue;
    pieces.push(chars.slice(at, from).join(""), el("strong", {}, chars.slice(from, to).join("")));
    at = to;
  }
  return [...pieces, chars.slice(at, last).join("")];
}

function citeButton(citation, words, does) {
  const label = fill(words.cite, { n: citation.number, place: citation.place });
  const button = el("button", { type: "button", class: "rt-cite", title: label, "aria-label": label,
    on: { click: () => does.cite(citation, button) } }, String(citation.number));
  return button;
}

function footNode(row, words, does, options) {
  const button = (kind, label, action) =>
    el("button", { type: "button", class: `rt-${kind}`, on: { click: (event) => action(event.currentTarget) } }, label);
  return el("div", { class: "rt-foot" },
    row.claims.length ? el("span", { class: "rt-label" }, row.mode === "llm" ? words.written : words.verbatim) : null,
    button("copy", words.copy, (own) => does.copy(row, own)),
    button("share", words.share, (own) => does.share(row, own)),
    options.feedback ? button("up", words.up, (own) => does.vote(row, "up", own)) : null,
    options.feedback ? button("down", words.down, (own) => does.vote(row, "down", own)) : null);
}

/** Places to look at instead; nothing of them is quoted. */
function nearbyNode(places, words, does) {
  return el("div", { class: "rt-next" }, el("span", { class: "rt-next-title" }, words.nearby), ...places.map((place) => {
    const button = el("button", { type: "button", class: "rt-ask rt-look", on: { click: () => does.cite(place, button) } }, place.place);
    return button;
  }));
}

export function nextNode(questions, title, does) {
  return el("div", { class: "rt-next" }, el("span", { class: "rt-next-title" }, title),
    ...questions.map((text) => el("button", { type: "button", class: "rt-ask", on: { click: () => does.ask(text) } }, text)));
}

/** The answer as text to copy, with its label. */
export function answerText(row, words) {
  const lines = [row.question, "", row.text || row.lead, ...row.notes, ""];
  for (const c of row.citations) lines.push(`[${c.number}] ${[c.speaker, c.place, c.clock, c.link].filter(Boolean).join(" · ")}`);
  if (row.claims.length) lines.push(row.mode === "llm" ? words.written : words.verbatim);
  return lines.join("\n").trim();
}

/** After a thumb: one optional line, then thanks. */
export function wordForm(words, send) {
  const input = el("input", { type: "text", maxlength: "1000", "aria-label": words.word, placeholder: words.word });
  const form = el("form", { class: "rt-word", on: { submit: async (event) => {
    event.preventDefault();
    await send(input.value.trim());
    form.replaceChildren(el("span", { role: "status" }, words.thanks));
  } } }, input, el("button", { type: "submit" }, words.send_word));
  return form;
}
