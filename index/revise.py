"""What the organiser says of places: words hidden, words and speakers corrected, notes. The source stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from .anchor import Place, locate
from .errors import CardError
from .event import Corrected, EventCard
from .formats.plain import paragraphs
from .hole import holes
from .sentence import MASK
from .types import Edit, Note, Past, Transcript, Turn, TurnKind
from .version import revision

Span = tuple[int, int]


def revised(transcripts: Sequence[Transcript], card: EventCard, path: Path) -> tuple[Transcript, ...]:
    """The transcripts as the card wants them shown; ``path`` is the card's, for errors."""
    if not (card.notes or card.hidden or card.corrections):
        return tuple(transcripts)
    corrections = [(c, locate(c, transcripts, path)) for c in card.corrections]
    hidden = [locate(h, transcripts, path) for h in card.hidden]
    notes = [(n.note, locate(n, transcripts, path)) for n in card.notes]
    for correction, place in corrections:
        _check(correction, place, transcripts[place.number], path)
    _refuse_overlaps([(c, p) for c, p in corrections if c.text is not None], path)
    return tuple(
        _revised(
            transcript,
            [(c, (p.start, p.end)) for c, p in corrections if p.number == number],
            [(p.start, p.end) for p in hidden if p.number == number],
            [(text, (p.start, p.end)) for text, p in notes if p.number == number],
        )
        for number, transcript in enumerate(transcripts)
    )


def moved(edits: Sequence[Edit], start: int, end: int) -> Span:
    """Where a span of the text before the edits is after them; one that an edit cuts grows to take it in."""
    return _moved(edits, start, closing=False), _moved(edits, end, closing=True)


def _moved(edits: Sequence[Edit], offset: int, *, closing: bool) -> int:
    by = 0
    for edit in edits:
        if edit.before_start < offset < edit.before_end:
            return edit.end if closing else edit.start
        if edit.before_end <= offset:
            by = edit.end - edit.before_end
    return offset + by


def _revised(
    transcript: Transcript,
    corrections: Sequence[tuple[Corrected, Span]],
    hidden: Sequence[Span],
    notes: Sequence[tuple[str, Span]],
) -> Transcript:
    if not (corrections or hidden or notes):
        return transcript
    steps = [_corrected(transcript, corrections[:n], hidden) for n in range(len(corrections) + 1)]
    now = steps[-1]
    earlier = {
        step.revision: Past(step.revision, _between(step.edits, now.edits))
        for step in steps
        if step.revision != now.revision
    }
    placed = tuple(Note(*moved(now.edits, *span), text) for text, span in notes)
    return replace(now, notes=tuple(sorted(placed, key=lambda n: (n.start, n.end))), past=tuple(earlier.values()))


def _corrected(
    transcript: Transcript, corrections: Sequence[tuple[Corrected, Span]], hidden: Sequence[Span]
) -> Transcript:
    """A transcript with these corrections, and what is hidden masked before anything is made of the text."""
    written = sorted((span, c.text) for c, span in corrections if c.text is not None)
    edits = tuple(_edits(written))
    text = _masked(_spliced(transcript.text, written), [moved(edits, *span) for span in hidden])
    speakers = {_turn_at(transcript, span[0]): c.speaker for c, span in corrections if c.speaker}
    turns = tuple(_turn(turn, edits, speakers.get(n)) for n, turn in enumerate(transcript.turns))
    spoken = tuple(span for turn in turns if turn.kind is not TurnKind.TITLE for span in paragraphs(text, turn))
    return replace(
        transcript,
        text=text,
        revision=revision(text, turns),
        turns=turns,
        holes=holes(text, spoken),
        anchors=tuple(replace(a, offset=_moved(edits, a.offset, closing=False)) for a in transcript.anchors),
        origins=tuple(replace(o, offset=_moved(edits, o.offset, closing=False)) for o in transcript.origins),
        edits=edits,
        reassigned=tuple(sorted(speakers)),
    )


def _edits(written: Iterable[tuple[Span, str]]) -> Iterator[Edit]:
    by = 0
    for (start, end), text in written:
        yield Edit(start, end, start + by, start + by + len(text))
        by += len(text) - (end - start)


def _spliced(text: str, written: Sequence[tuple[Span, str]]) -> str:
    pieces, at = [], 0
    for (start, end), new in written:
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _masked(text: str, spans: Iterable[Span]) -> str:
    for start, end in spans:
        lines = (MASK * len(line) for line in text[start:end].split("\n"))
        text = text[:start] + "\n".join(lines) + text[end:]
    return text


def _between(before: Sequence[Edit], now: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits that lead from one revision to a later one, which has all of its edits and more."""
    known = {(edit.before_start, edit.before_end) for edit in before}
    return tuple(
        Edit(*moved(before, edit.before_start, edit.before_end), edit.start, edit.end)
        for edit in now
        if (edit.before_start, edit.before_end) not in known
    )


def _turn(turn: Turn, edits: Sequence[Edit], speaker: str | None) -> Turn:
    start, body, end = (_moved(edits, offset, closing=False) for offset in (turn.start, turn.body, turn.end))
    turn = replace(turn, start=start, body=body, end=end)
    if speaker is None:
        return turn
    kind = TurnKind.TALK if turn.kind in (TurnKind.TITLE, TurnKind.BIO) else turn.kind
    return replace(turn, speaker=speaker, about=None, kind=kind)


def _turn_at(transcript: Transcript, offset: int) -> int:
    return next(n for n, turn in enumerate(transcript.turns) if turn.start <= offset < turn.end)


def _check(correction: Corrected, place: Place, transcript: Transcript, path: Path) -> None:
    if correction.text is None and correction.speaker is None:
        raise CardError(f"{path}: the correction of {correction.quote!r} says nothing; add text = or speaker =")
    turn = transcript.turns[_turn_at(transcript, place.start)]
    if correction.text is None:
        return
    if "\n" in correction.quote or "\n" in correction.text:
        raise CardError(f"{path}: the correction of {correction.quote!r} spans lines; make one for each line")
    if place.start < turn.body or place.end > turn.end:
        raise CardError(f"{path}: {correction.quote!r} is not within one turn's words; correct a label with speaker =")


def _refuse_overlaps(corrections: Sequence[tuple[Corrected, Place]], path: Path) -> None:
    ordered = sorted(corrections, key=lambda pair: (pair[1].number, pair[1].start))
    for (one, before), (other, after) in pairwise(ordered):
        if before.number == after.number and after.start < before.end:
            raise CardError(f"{path}: the corrections of {one.quote!r} and {other.quote!r} overlap; make them one")
