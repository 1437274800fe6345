"""Answers with a shape of their own: overview, list, one item of a list, one block a speaker, a person's introduction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.event import EventCard
from index.names import SURNAME
from index.segment import Segment
from index.types import HoleKind, Transcript, TurnKind

from .draft import Draft, Quote, Span
from .enumeration import Enumeration, Item, enumerations, number
from .evidence import Evidence
from .question import Asked
from .quote import opens_open, pick, quote
from .types import Lang, Outcome, Reason
from .wording import attribution, introduction, name, say

OVERVIEW_LIMIT = 60  # characters of the one quote a speaker gets in an overview
ITEM_LIMIT = 60  # characters of a list item's quote
_THESIS = re.compile(
    r"我们(?:认为|做的|的愿景|是|要|公司|发现|采用)|我(?:觉得|认为|希望|想|最)|核心|愿景|总结|关键|最重要|主要|目标|所以|想给大家|其实|希望|致力"
    r"|we (?:believe|think|want|are)|I (?:think|believe)|the (?:point|key|goal|idea)|most important",
    re.IGNORECASE,
)
_MAIN = re.compile(
    r"(?:主要|想|今天).{0,8}(?:讲|分享|聊|谈)(?!一下)|愿景|要做(?:世界|一|最|的)|致力于|是一家|一直觉得|(?:我|我们)(?:认为|觉得)"
    r"|(?:talk|tell you) about|our (?:vision|mission)|we are a|I (?:think|believe)",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"谢谢|感谢|大家好|很高兴|非常开心|接下来|时间交给|举个|打个比方|比如|例如|thank|hello|welcome|for example",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"第\s*([一二三四五六七八九十\d]+)|(最后)|\b(first|second|third|fourth|fifth|sixth|last)\b", re.IGNORECASE
)
_WHO_IS = re.compile(
    r"^(?:请问|那么?|这个|里面)*\s*(?P<zh>[^\s,，。?？的]{1,20}?)\s*(?:又|到底|究竟|这个人|老师)?(?:是谁|是誰|是哪位|是什么人|何许人|是干什么的|是做什么的)"
    r"|(?:谁是|介绍一?下)\s*(?P<zh2>[^\s,，。?？的]{1,20})"
    r"|who(?:'s|’s| is| was)\s+(?:this\s+|the\s+)?(?P<en>[\w .·-]{2,40}?)\s*(?:\?|？|$|,)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """What a shape draws on: the event's card, the transcript made searchable, and the reader's language."""

    card: EventCard
    segment: Segment
    lang: Lang

    @property
    def transcript(self) -> Transcript:
        """The transcript itself."""
        return self.segment.transcript


def overview(stage: Stage, people: Sequence[str] = ()) -> Draft:
    """One own quote of every speaker in stage order, or several of one; never abstains."""
    spoken = [s for s in speakers(stage.transcript) if not people or s in people]
    if not spoken:
        quotes = tuple(Quote(span) for span in _central(stage, None, 4))
        return Draft(Outcome.ANSWER, say(stage.lang, "overview_text"), quotes)
    if len(spoken) == 1:
        quotes = tuple(Quote(span) for span in _central(stage, spoken[0], 4))
        lead = say(stage.lang, "overview_one", name=name(stage.lang, stage.card, spoken[0]))
        return Draft(Outcome.ANSWER, lead, quotes)
    best = [(s, span) for s in spoken for span in _central(stage, s, 1)]
    quotes = tuple(Quote(span, lead=attribution(stage.lang, stage.card, s)) for s, span in best)
    return Draft(Outcome.ANSWER, say(stage.lang, "overview"), quotes)


def speakers(transcript: Transcript) -> tuple[str, ...]:
    """Everybody who speaks, in the order of their first words."""
    return tuple(dict.fromkeys(t.speaker for t in transcript.turns if t.speaker))


def _central(stage: Stage, speaker: str | None, n: int) -> list[Span]:
    """The sentences nearest to the middle of all a speaker says, that say something and fit; in spoken order."""
    segment, text = stage.segment, stage.transcript.text
    turns = stage.transcript.turns
    own = [
        i for i, t in enumerate(segment.turns) if turns[t].speaker == speaker and turns[t].kind is not TurnKind.TITLE
    ]
    # What somebody came to say is in their talk; what they asked or answered later only counts where they gave none.
    mine = _main_turn(segment, [i for i in own if turns[segment.turns[i]].kind is TurnKind.TALK] or own)
    vectors = segment.sentence_vectors[mine].astype(np.float32)
    centre = vectors.mean(axis=0) if len(mine) else vectors
    lost = [h.offset for h in stage.transcript.holes if h.kind is not HoleKind.MASK]
    ranked: list[tuple[float, int]] = []
    for i, closeness in zip(mine, vectors @ centre, strict=True):
        start, end = segment.sentences[i].start, segment.sentences[i].end
        words = text[start:end]
        if (
            12 <= end - start <= OVERVIEW_LIMIT
            and not any(start <= at <= end for at in lost)
            and words[-1] not in "?？"
        ):
            bonus = (
                0.06 * bool(_MAIN.search(words))
                + 0.02 * bool(_THESIS.search(words))
                - 0.04 * bool(_EMPTY.search(words) or opens_open(words))
            )
            ranked.append((float(closeness) + bonus, i))
    chosen = sorted(i for _, i in sorted(ranked, key=lambda r: (-r[0], r[1]))[:n])
    return [(segment.sentences[i].start, segment.sentences[i].end) for i in chosen]


def _main_turn(segment: Segment, mine: list[int]) -> list[int]:
    """The sentences of the longest turn, where it holds most of them; else all."""
    if not mine:
        return mine
    longest, n = Counter(int(segment.turns[i]) for i in mine).most_common(1)[0]
    return [i for i in mine if segment.turns[i] == longest] if 2 * n > len(mine) else mine


def find_list(stage: Stage, asked: Asked, evidence: Evidence, allowed: NDArray[np.bool_] | None) -> Enumeration | None:
    """The list whose announcement (or, for one item, whose body) answers best, if it answers nearly as well as any."""
    found = enumerations(stage.transcript)
    best = evidence.best(allowed)
    if not found or best is None:
        return None
    scores = [_list_score(e, asked, evidence, allowed) for e in found]
    top = int(np.argmax(scores))
    return found[top] if scores[top] >= float(evidence.scores[best]) - 1.0 else None


def _list_score(e: Enumeration, asked: Asked, evidence: Evidence, allowed: NDArray[np.bool_] | None) -> float:
    ok = np.ones(len(evidence.sentences), bool) if allowed is None else allowed
    starts = [s.start for s in evidence.sentences]
    head = [n for n, at in enumerate(starts) if e.head and at == e.head.start and ok[n]]
    items = [n for n, at in enumerate(starts) if any(i.sentence.start == at for i in e.items) and ok[n]]
    if not items:
        return -99.0
    scores = sorted((float(evidence.scores[n]) for n in items), reverse=True)
    body = 0.5 * scores[0] + 0.5 * float(np.mean(scores))
    promised = asked_count(asked.text)
    fits = 0.8 if promised and promised in (e.promised, len(e.items)) else 0.0
    return max(float(evidence.scores[head[0]]) if head else -99.0, body) + fits


def asked_count(text: str) -> int:
    """How many items the question expects (哪七种, the four modes); 0 where it does not say."""
    match = re.search(
        r"([两二三四五六七八九十]|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b)\s*(?:种|个|点|条|类|项|大|方面|modes?|kinds?|types?|ways?|points?|reasons?)?",
        text,
        re.IGNORECASE,
    )
    return number(match[1]) if match else 0


def as_list(stage: Stage, found: Enumeration) -> Draft:
    """All items in order; where the speaker announces more than the transcript has, that is said."""
    speaker = stage.transcript.turns[found.turn].speaker
    fields = {"name": name(stage.lang, stage.card, speaker) if speaker else "", "n": len(found.items)}
    short = bool(found.promised and found.promised > len(found.items))
    lead = say(stage.lang, "list_short" if short else "list_complete", said=found.promised, **fields)
    quotes = [Quote((found.head.start, found.head.end))] if found.head else []
    quotes += [Quote(_item_span(stage.transcript, item)) for item in found.items]
    missing = (lead,) if short else ()
    return Draft(Outcome.ANSWER, lead, tuple(quotes), missing=missing if not short else ())


def _item_span(transcript: Transcript, item: Item) -> Span:
    """An item's first sentence, its leading clauses where it is long; a bare label takes the next sentence along."""
    start, end = item.sentence.start, item.sentence.end
    if end - start > ITEM_LIMIT:
        cut = max((transcript.text.rfind(mark, start, start + ITEM_LIMIT) for mark in "，,;；、"), default=-1)
        end = cut if cut > start + 12 else end
    elif end - start < 12 and item.end > end and "\n" not in transcript.text[end : item.end]:
        end = min(item.end, end + ITEM_LIMIT) if item.end - end <= ITEM_LIMIT else end
    return (start, end)


def ordinal(asked: Asked, found: Enumeration) -> Item | None:
    """The item a question asks for by its number (第三种, the last one)."""
    match = _ORDINAL.search(asked.text)
    if not match:
        return None
    if match[2] or (match[3] or "").lower() == "last":
        return found.items[-1]
    wanted = number(match[1] or match[3])
    return next((item for item in found.items if item.number == wanted), None)


def as_item(stage: Stage, found: Enumeration, item: Item, evidence: Evidence, asked: Asked) -> Draft:
    """One item with what is said of it, within reason."""
    text = stage.transcript.text
    first = next(n for n, s in enumerate(evidence.sentences) if s.start >= item.sentence.start)
    last = first
    while (
        last + 1 < len(evidence.sentences)
        and evidence.sentences[last + 1].end <= item.end
        and evidence.sentences[last + 1].end - item.sentence.start <= 200
    ):
        last += 1
    head = text[found.head.start : found.head.end] if found.head else ""
    lead = introduction(stage.lang, stage.card, stage.transcript.turns[found.turn].speaker or "", None)
    if head and stage.lang == "zh":
        lead = say("zh", "item", head=head.rstrip("。.:："), n=item.number)
    return Draft(Outcome.ANSWER, lead, (quote(evidence, asked, first, last),))


def by_speaker(stage: Stage, asked: Asked, evidence: Evidence, *, people: Sequence[str], floor: float) -> Draft | None:
    """One block for each speaker who has something on it, and who has not; None where fewer than two have."""
    blocks: list[Quote] = []
    silent: list[str] = []
    turns = stage.transcript.turns
    owner = np.array([turns[t].speaker for t in evidence.turns], object)
    for person in people:
        mine = (owner == person) & (evidence.scores > -50)
        best = evidence.best(mine)
        if best is None or evidence.scores[best] < floor:
            silent.append(person)
            continue
        quotes = pick(evidence, asked, mine)[:1]
        blocks += [Quote(q.span, q.emphasis, q.context, attribution(stage.lang, stage.card, person)) for q in quotes]
    if len(blocks) < 2:
        return None
    return Draft(Outcome.ANSWER, say(stage.lang, "several", n=len(blocks)), tuple(blocks), silent=tuple(silent))


def introduced(stage: Stage, asked: Asked, evidence: Evidence, person: str) -> Draft | None:
    """What the organiser's introduction says of a speaker, cut to the sentences that answer."""
    turns = stage.transcript.turns
    theirs = np.array([turns[t].about == person for t in evidence.turns])
    if not theirs.any():
        return None
    if asked.topic:
        quotes = pick(evidence, asked, theirs)
    else:
        whole = np.flatnonzero(theirs)
        spans = [evidence.sentences[n] for n in whole[:3]]
        quotes = (Quote((spans[0].start, spans[-1].end)),)
    return Draft(Outcome.ANSWER, say(stage.lang, "bio"), quotes)


def who_is(text: str) -> str | None:
    """The person a question of the form "who is X" asks about, or None."""
    match = _WHO_IS.search(text.strip())
    found = (match["zh"] or match["zh2"] or match["en"] or "").strip() if match else ""
    return found or None


def not_on_stage(stage: Stage, person: str) -> Draft:
    """Somebody who did not speak: where they are mentioned, or that they are not."""
    text = stage.transcript.text
    fold = text.casefold()
    at = fold.find(person.casefold())
    if at < 0 or not person.strip():
        return Draft(Outcome.ABSTAIN, say(stage.lang, "unknown_person", x=person), reason=Reason.UNKNOWN_PERSON)
    places = list(_mentioned(stage, person))
    if not places:
        return Draft(Outcome.ABSTAIN, say(stage.lang, "unknown_person", x=person), reason=Reason.UNKNOWN_PERSON)
    speaker = places[0][1]
    if speaker is None:
        lead = say(stage.lang, "mentioned_bio", x=person)
    else:
        lead = say(stage.lang, "mentioned_only", x=person, name=name(stage.lang, stage.card, speaker))
    return Draft(Outcome.ABSTAIN, lead, tuple(q for q, _ in places[:3]), reason=Reason.MENTIONED_ONLY)


def _mentioned(stage: Stage, person: str) -> Iterator[tuple[Quote, str | None]]:
    """Sentences that mention somebody, those that say what they are first."""
    text, turns = stage.transcript.text, stage.transcript.turns
    pattern = re.compile(re.escape(person), re.IGNORECASE)
    tells = re.compile(
        rf"{re.escape(person)}.{{0,6}}(?:是|曾|is|was)|(?:人|家|授|官|长|师|founder|CEO)\s*{re.escape(person)}",
        re.IGNORECASE,
    )
    found = [
        (not tells.search(text, s.start, s.end), n, s, turns[t])
        for n, (s, t) in enumerate(zip(stage.segment.sentences, stage.segment.turns, strict=True))
        if pattern.search(text, s.start, s.end)
        and turns[t].kind is not TurnKind.TITLE
        and s.end - s.start > len(person) + 2
    ]
    for _, _, s, turn in sorted(found, key=lambda f: (f[0], f[1])):
        yield Quote((s.start, s.end)), turn.speaker


def looks_like_person(text: str) -> bool:
    """Whether words could be a person's name, so that a stranger is called one."""
    return bool(re.fullmatch(rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}|[A-Z][a-z]+(?: [A-Z][a-z]+)*", text))
