// The transcript, turn by turn: readable, searchable, and scrolled to the exact characters a citation names.
import { el, fill, langOf } from "./dom.js";

const CITED = "rt-cited", EMPHASIS = "rt-emphasis", FOUND = "rt-found", HERE = "rt-here", CORRECTED = "rt-corrected";

export class Reader {
  /** `root` is the element to fill, `words` the table of the page, `onClose` what the close button does. */
  constructor(root, words, onClose, onSeek) {
    this.root = root; this.words = words; this.paragraphs = []; this.turns = []; this.turn = 0;
    this.found = []; this.at = -1; this.cited = null; this.onSeek = onSeek;
    this.where = el("p", { class: "rt-where", "aria-live": "polite" });
    this.body = el("div", { class: "rt-pages", tabindex: "0", role: "region", "aria-label": words.transcript });
    this.count = el("span", { class: "rt-count", "aria-live": "polite" });
    this.search = el("input", {
      type: "search", class: "rt-search", placeholder: words.search_transcript, "aria-label": words.search_transcript,
      on: { input: () => this.look(), keydown: (event) => this.searchKey(event) },
    });
    const step = (name, label, by) => el("button", { type: "button", class: "rt-step", "aria-label": label, title: label,
      on: { click: () => this.step(by) } }, name);
    const match = (name, label, by) => el("button", { type: "button", class: "rt-step", "aria-label": label, title: label,
      on: { click: () => this.goto(this.at + by) } }, name);
    root.replaceChildren(
      el("div", { class: "rt-bar" },
        el("div", { class: "rt-bar-row" }, this.where,
          step("‹", words.previous_turn, -1), step("›", words.next_turn, 1),
          el("button", { type: "button", class: "rt-close", "aria-label": words.close, title: words.close,
            on: { click: () => onClose() } }, "×")),
        el("div", { class: "rt-bar-row" }, this.search, this.count,
          match("↑", words.previous_found, -1), match("↓", words.next_found, 1))),
      this.body);
  }

  /** Fill with the rows of `GET /events/{id}/turns`. */
  load(transcripts) {
    this.paragraphs = []; this.turns = [];
    const pages = [];
    for (const transcript of transcripts) {
      this.revision = { ...(this.revision ?? {}), [transcript.id]: transcript.revision };
      this.past = { ...(this.past ?? {}), [transcript.id]: transcript.past ?? [] };
      if (transcripts.length > 1) pages.push(el("h3", { class: "rt-part" }, transcript.id.split("/").at(-1)));
      let part = null;
      for (const turn of transcript.turns) {
        if (turn.part !== part) { part = turn.part; if (part) pages.push(el("h3", { class: "rt-part" }, part)); }
        if (turn.kind !== "title") pages.push(this.turnNode(transcript, turn));
      }
    }
    this.body.replaceChildren(...pages);
  }

  turnNode(transcript, turn) {
    const words = this.words;
    const role = turn.kind === "bio" ? words.bio_label : turn.kind === "question" ? words.question_label : "";
    const node = el("section", { class: `rt-turn rt-kind-${turn.kind}`, "data-turn": turn.turn },
      el("h4", { class: "rt-who" }, turn.who, role ? el("span", { class: "rt-role" }, role) : null),
      turn.remark ? el("p", { class: "rt-note" }, turn.remark) : null);
    const index = this.turns.push({ node, row: turn, transcript: transcript.id }) - 1;
    for (const row of turn.paragraphs) {
      const paragraph = { chars: Array.from(row.text), row, turn: index, transcript: transcript.id, marks: [],
        node: el("p", { lang: langOf(row.text), "data-start": row.start }, row.text) };
      paragraph.folded = fold(row.text);
      this.paragraphs.push(paragraph);
      node.append(paragraph.node, ...(row.notes ?? []).map((note) => el("p", { class: "rt-note" }, note)));
      for (const [start, end] of row.corrected ?? []) this.mark(paragraph, start, end, CORRECTED);
      if (paragraph.marks.length) this.paint(paragraph);
    }
    return node;
  }

  /** Show a citation {transcript, start, end, emphasis, revision}; false where the text no longer has it. */
  show(citation) {
    citation = this.today(citation);
    if (!citation) return false;
    this.clear(CITED, EMPHASIS);
    let first = null;
    for (const paragraph of this.paragraphs) {
      if (paragraph.transcript !== citation.transcript) continue;
      if (this.mark(paragraph, citation.start, citation.end, CITED)) first ??= paragraph;
      for (const [start, end] of citation.emphasis ?? []) this.mark(paragraph, start, end, EMPHASIS);
      this.paint(paragraph);
    }
    if (!first) return false;
    this.cited = citation;
    this.place(first.turn, first.row.place, citation.time, citation.link);
    const target = first.node.querySelector(`.${CITED}`) ?? first.node;
    requestAnimationFrame(() => this.scrollTo(target));
    return true;
  }

  /** The text no longer has what a citation names: a sentence, and one way on. */
  gone(again) {
    this.clear(CITED, EMPHASIS);
    this.where.replaceChildren(this.words.citation_gone, " ",
      el("button", { type: "button", class: "rt-step rt-again", on: { click: again } }, this.words.ask_again));
  }

  /** A citation of an earlier revision, moved to where its words are today; null where they cannot be known. */
  today(citation) {
    if (!citation.revision || this.revision?.[citation.transcript] === citation.revision) return citation;
    const past = this.past?.[citation.transcript]?.find(({ revision }) => revision === citation.revision);
    if (!past) return null;
    const [start, end] = moved(past.edits, citation.start, citation.end);
    return { ...citation, start, end, emphasis: (citation.emphasis ?? []).map(([from, to]) => moved(past.edits, from, to)) };
  }

  /** Back to the first turn. */
  top() {
    this.turn = 0;
    this.step(0);
    this.body.scrollTop = 0;
  }

  step(by) {
    const to = Math.min(Math.max(this.turn + by, 0), this.turns.length - 1);
    const turn = this.turns[to];
    if (!turn) return;
    this.place(to, turn.row.paragraphs[0]?.place ?? turn.row.part, turn.row.time, turn.row.link);
    this.scrollTo(turn.node, "start");
  }

  place(turn, place, time, link) {
    this.turn = turn;
    const row = this.turns[turn].row;
    const label = row.kind === "bio" ? this.words.bio_label : "";
    this.where.replaceChildren(el("strong", {}, row.who), el("span", {}, [place, label].filter(Boolean).join(" · ")));
    for (const { node } of this.turns) node.classList.toggle("rt-current", node === this.turns[turn].node);
    if (typeof time === "number" && this.onSeek && (link || parent !== window)) {
      const minutes = Math.floor(time / 60), hours = Math.floor(minutes / 60), two = (n) => String(Math.floor(n)).padStart(2, "0");
      const shown = hours ? `${hours}:${two(minutes % 60)}:${two(time % 60)}` : `${minutes}:${two(time % 60)}`;
      const label = fill(this.words.play_from, { time: shown });
      this.where.append(el("button", { type: "button", class: "rt-step", on: { click: () => this.onSeek(time, link) } }, label));
    }
  }

  look() {
    const wanted = fold(this.search.value.trim()).join("");
    this.clear(FOUND, HERE);
    this.found = [];
    for (const paragraph of this.paragraphs) {
      if (wanted) this.findIn(paragraph, wanted);
      this.paint(paragraph);
    }
    this.at = -1;
    if (this.found.length) this.goto(0);
    else this.count.textContent = wanted ? this.words.found_none : "";
  }

  findIn(paragraph, wanted) {
    const text = paragraph.folded.join(""), length = Array.from(wanted).length;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const start = paragraph.row.start + Array.from(text.slice(0, at)).length;
      this.found.push({ paragraph, start, end: start + length });
      this.mark(paragraph, start, start + length, FOUND);
    }
  }

  goto(index) {
    if (!this.found.length) return;
    const at = (index + this.found.length) % this.found.length;
    this.clear(HERE);
    const { paragraph, start, end } = this.found[at];
    const previous = this.found[this.at]?.paragraph;
    this.at = at;
    this.mark(paragraph, start, end, HERE);
    if (previous) this.paint(previous);
    this.paint(paragraph);
    this.count.textContent = fill(this.words.found, { n: at + 1, total: this.found.length });
    this.place(paragraph.turn, paragraph.row.place, null);
    this.scrollTo(paragraph.node.querySelector(`.${HERE}`) ?? paragraph.node);
  }

  searchKey(event) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.goto(this.at + (event.shiftKey ? -1 : 1));
  }

  clear(...kinds) {
    for (const paragraph of this.paragraphs) {
      const kept = paragraph.marks.filter((mark) => !kinds.includes(mark.kind));
      if (kept.length !== paragraph.marks.length) { paragraph.marks = kept; this.paint(paragraph); }
    }
  }

  /** Mark offsets of the transcript (code points) in a paragraph; false where they lie elsewhere. */
  mark(paragraph, start, end, kind) {
    const from = Math.max(start - paragraph.row.start, 0);
    const to = Math.min(end - paragraph.row.start, paragraph.chars.length);
    if (from >= to) return false;
    paragraph.marks.push({ from, to, kind });
    return true;
  }

  paint(paragraph) {
    const cuts = new Set([0, paragraph.chars.length]);
    for (const { from, to } of paragraph.marks) cuts.add(from).add(to);
    const edges = [...cuts].sort((a, b) => a - b);
    const pieces = [];
    for (let i = 0; i + 1 < edges.length; i++) {
      const text = paragraph.chars.slice(edges[i], edges[i + 1]).join("");
      const kinds = paragraph.marks.filter((m) => m.from <= edges[i] && m.to >= edges[i + 1]).map((m) => m.kind);
      pieces.push(kinds.length ? el("mark", { class: [...new Set(kinds)].join(" ") }, text) : text);
    }
    paragraph.node.replaceChildren(...pieces);
  }

  scrollTo(target, block = "center") {
    const box = this.body.getBoundingClientRect(), own = target.getBoundingClientRect();
    const shift = block === "center" ? Math.max(0, (box.height - own.height) / 2) : 12;
    const by = own.top - box.top - shift, far = Math.abs(by) > 1.5 * box.height; // a long glide is slow and dizzying
    const still = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.body.scrollTo({ top: this.body.scrollTop + by, behavior: still ? "instant" : "smooth" });
  }
}

/** Where a span of an earlier revision is today; one that an edit cuts grows to take it in (as index/revise.py). */
function moved(edits, start, end) {
  const at = (offset, closing) => {
    let by = 0;
    for (const [beforeStart, beforeEnd, first, last] of edits) {
      if (beforeStart < offset && offset < beforeEnd) return closing ? last : first;
      if (beforeEnd <= offset) by = last - beforeEnd;
    }
    return offset + by;
  };
  return [at(start, false), at(end, true)];
}

/** Lower case, one for one, so that offsets hold. */
function fold(text) {
  return Array.from(text, (char) => { const low = char.toLowerCase(); return Array.from(low).length === 1 ? low : char; });
}
