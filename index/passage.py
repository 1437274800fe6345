"""Passages: what is indexed and ranked. Whole turns, runs of sentences of one turn, or merged short turns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .event import EventCard
from .sentence import MASK, clauses, sentences
from .sparse import CJK_CHARACTER
from .types import Passage, Sentence, Transcript, Turn, TurnKind

TARGET = 180  # weight of a passage: hit@1 85 on the panel at 180, 83 at 140, 82 at 240; vcsum alike
SLACK = 1.25  # a paragraph this much longer than the target stays whole
SHORT = 100  # a question no longer than this is in one passage with its answer
LATIN = 0.6  # weight of a character that is not CJK: 400 Latin characters say about as much as 240 Chinese ones
_WORD = re.compile(r"[^\W\d_]")
_LABEL = re.compile(r"\s*[^\n:：]{0,16}[:：]?\s*")  # a line of the page that only announces: 01, —, 分享人:


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int
    last: int
    start: int
    end: int
    weight: float
    whole: bool


def passages(transcript: Transcript) -> tuple[Passage, ...]:
    """Cut a transcript into passages, in the order of the text; lines that only label are in none."""
    pieces = _merged(transcript, (p for n, turn in enumerate(transcript.turns) for p in _cut(transcript.text, n, turn)))
    return tuple(_passage(transcript, piece, number) for piece, number in _numbered(pieces))


def weigh(text: str) -> float:
    """The length of a text in Chinese characters' worth."""
    cjk = len(CJK_CHARACTER.findall(text))
    return cjk + LATIN * (len(text) - cjk)


def index_text(transcript: Transcript, passage: Passage, card: EventCard) -> str:
    """What is embedded and indexed in place of a passage: its part and speaker before it, masked names resolved."""
    section = transcript.turns[passage.first].section
    voiced = (
        _voiced(transcript, transcript.turns[n], passage.start, passage.end, card)
        for n in range(passage.first, passage.last + 1)
    )
    return (f"[{section}] " if section else "") + "\n".join(voiced)


def context(transcript: Transcript, number: int, card: EventCard) -> str:
    """What stands before a sentence of a turn when it is embedded: ``"[part] organisation speaker: "``."""
    turn = transcript.turns[number]
    return (f"[{turn.section}] " if turn.section else "") + _label(turn, card)


def unmasked(text: str, card: EventCard) -> str:
    """A copy with the card's names where the text masks or misspells them, without what the organiser hides; never
    shown to anybody.
    """
    text = text.replace(MASK, "")
    for speaker in card.speakers:
        for spelling in speaker.spellings:
            text = text.replace(spelling, speaker.name)
    return text


def _voiced(transcript: Transcript, turn: Turn, start: int, end: int, card: EventCard) -> str:
    own = transcript.text[max(start, turn.body) : min(end, turn.end)].strip()
    return _label(turn, card) + unmasked(own, card)


def _label(turn: Turn, card: EventCard) -> str:
    name = turn.speaker or turn.about
    if not name:
        return ""
    known = card.speaker(name)
    return f"{known.organisation} {name}: " if known and known.organisation else f"{name}: "


def _cut(text: str, number: int, turn: Turn) -> Iterator[_Piece]:
    """The paragraphs of a turn, long ones in balanced runs of sentences."""
    for start, end in _paragraphs(text, turn):
        weight = weigh(text[start:end])
        parts = 1 if weight <= TARGET * SLACK else math.ceil(weight / TARGET)
        runs: dict[int, list[tuple[Sentence, float]]] = {}
        at = 0.0
        for unit in [Sentence(start, end)] if parts == 1 else _units(text, start, end):
            w = weigh(text[unit.start : unit.end])
            runs.setdefault(min(parts - 1, int((at + w / 2) / weight * parts)), []).append((unit, w))
            at += w
        for run in runs.values():
            span = run[0][0].start, run[-1][0].end
            yield _Piece(number, number, *span, sum(w for _, w in run), span == _body(text, turn))


def _paragraphs(text: str, turn: Turn) -> Iterator[tuple[int, int]]:
    start, end = _body(text, turn)
    for line in re.finditer(r"[^\n]+", text[start:end]):
        if _WORD.search(line[0]) and not (turn.kind is TurnKind.TITLE and _LABEL.fullmatch(line[0])):
            left = len(line[0]) - len(line[0].lstrip())
            yield start + line.start() + left, start + line.start() + len(line[0].rstrip())


def _body(text: str, turn: Turn) -> tuple[int, int]:
    own = text[turn.body : turn.end]
    return turn.body + len(own) - len(own.lstrip()), turn.body + len(own.rstrip())


def _units(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Sentences; one too long for a passage in clauses, and a clause too long wherever its words end."""
    for sentence in sentences(text, start, end):
        if weigh(text[sentence.start : sentence.end]) <= TARGET:
            yield sentence
            continue
        for clause in clauses(text, sentence):
            yield from _sliced(text, clause)


def _sliced(text: str, unit: Sentence) -> Iterator[Sentence]:
    at = unit.start
    while unit.end - at > TARGET:
        space = text.rfind(" ", at + TARGET // 2, at + TARGET)
        cut = space + 1 if space > 0 else at + TARGET
        yield Sentence(at, cut)
        at = cut
    yield Sentence(at, unit.end)


def _merged(transcript: Transcript, pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Join what is short: paragraphs of one turn, and whole turns of talk of one part."""
    held: _Piece | None = None
    for piece in pieces:
        if held and held.weight + piece.weight <= TARGET and _joinable(transcript, held, piece):
            whole = held.first != piece.last or (held.start, piece.end) == _body(
                transcript.text, transcript.turns[piece.last]
            )
            held = replace(held, last=piece.last, end=piece.end, weight=held.weight + piece.weight, whole=whole)
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _joinable(transcript: Transcript, held: _Piece, piece: _Piece) -> bool:
    if held.last == piece.first:
        return True
    one, other = transcript.turns[held.last], transcript.turns[piece.first]
    alike = one.section == other.section and not {one.kind, other.kind} & {TurnKind.TITLE, TurnKind.BIO}
    asked = TurnKind.QUESTION in (one.kind, other.kind) and max(held.weight, piece.weight) > SHORT
    return alike and not asked and held.whole and piece.whole and piece.first == held.last + 1


def _numbered(pieces: Iterable[_Piece]) -> Iterator[tuple[_Piece, int | None]]:
    """Each piece with its number among those of its turn, None where it is all of it."""
    count: dict[int, int] = {}
    for piece in pieces:
        count[piece.first] = count.get(piece.first, 0) + 1
        yield piece, None if piece.whole else count[piece.first]


def _passage(transcript: Transcript, piece: _Piece, number: int | None) -> Passage:
    turns = transcript.turns[piece.first : piece.last + 1]
    span = f"t{piece.first}" if piece.first == piece.last else f"t{piece.first}-{piece.last}"
    return Passage(
        id=f"{transcript.id}#{span}" + (f".{number}" if number else ""),
        transcript=transcript.id,
        first=piece.first,
        last=piece.last,
        start=piece.start,
        end=piece.end,
        speakers=tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
    )
