"""The numbered sentences a model is given: which ones, how they read, and what each number stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.types import Hit, HoleKind, Turn, TurnKind

from ..instruction import instructs
from ..reading import read
from ..stage import Stage
from ..wording import introduction, name, say
from . import marks

MOST = 24  # sentences, about 900 tokens; a small model on two cores reads about 100 tokens a second
BESIDE = 2  # sentences on either side of a quoted one that explain it
# Tokens a character costs, on the safe side: Qwen's tokenizer needs 0.7 for Chinese, an English one 2 to 3.
HAN_TOKENS, LATIN_TOKENS = 1.3, 0.35


@dataclass(frozen=True, slots=True)
class Sheet:
    """``sentences`` are numbers of the segment's sentences, in spoken order; mark n stands for the n-th of them."""

    sentences: tuple[int, ...]
    text: str

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and 1 <= number <= len(self.sentences)

    def of(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """The sentences that marks stand for."""
        return tuple(self.sentences[number - 1] for number in numbers)


def tokens(text: str) -> int:
    """About how many tokens a text costs, rather more than fewer."""
    han = sum(1 for c in text if c >= "\u2e80")
    return int(han * HAN_TOKENS + (len(text) - han) * LATIN_TOKENS) + 1


def sheet(
    stage: Stage, quoted: Sequence[tuple[int, int]], hits: Sequence[Hit], *, people: Collection[str], budget: int
) -> Sheet:
    """Pick sentences within a budget of tokens: the quoted ones, those beside them, then the passages found.

    ``people`` limits them to these speakers, where it holds any.
    """
    chosen: list[int] = []
    lines: dict[int, str] = {}
    left = budget
    for n in dict.fromkeys(_wanted(stage, quoted, hits)):
        if len(chosen) == MOST:
            break
        if not _may_be_shown(stage, n, people):
            continue
        line = _line(stage, n)
        cost = tokens(line) + 8  # its mark, and a share of its heading
        if cost <= left:
            chosen.append(n)
            lines[n] = line
            left -= cost
    chosen.sort()
    return Sheet(tuple(chosen), "\n".join(_blocks(stage, chosen, lines)))


def _wanted(stage: Stage, quoted: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> Iterator[int]:
    turns = stage.segment.turns
    own = [n for span in quoted for n in _within(stage, *span)]
    yield from own
    for n in own:
        beside = (n + step for step in range(-BESIDE, BESIDE + 1))
        yield from (m for m in beside if 0 <= m < len(turns) and turns[m] == turns[n])
    for hit in hits:
        if hit.passage.transcript == stage.transcript.id:
            yield from _within(stage, hit.passage.start, hit.passage.end)


def _within(stage: Stage, start: int, end: int) -> Iterator[int]:
    yield from (n for n, s in enumerate(stage.segment.sentences) if s.start < end and start < s.end)


def _may_be_shown(stage: Stage, n: int, people: Collection[str]) -> bool:
    """Whether a sentence is evidence: said in answer or talk, whole, no stub, and no order to a model."""
    turn, reading = _turn(stage, n), read(stage.transcript)
    if turn.kind in (TurnKind.TITLE, TurnKind.QUESTION) or (people and turn.speaker not in people):
        return False
    sentence = stage.segment.sentences[n]
    words = stage.transcript.text[sentence.start : sentence.end]
    return not (reading.outdone[n] or reading.greeting[n] or len(words) < 4 or instructs(words))


def _turn(stage: Stage, n: int) -> Turn:
    return stage.transcript.turns[int(stage.segment.turns[n])]


def _line(stage: Stage, n: int) -> str:
    """A sentence with its losses marked, and nothing in it that could be taken for a mark or a tag."""
    sentence, text, lost = stage.segment.sentences[n], stage.transcript.text, say(stage.lang, "lost_here")
    pieces, at = [], sentence.start
    for hole in stage.transcript.holes:
        if sentence.start <= hole.offset < sentence.end and hole.kind in (HoleKind.FIGURE, HoleKind.WORD):
            pieces += [text[at : hole.offset], lost]
            at = hole.offset
    pieces.append(text[at : sentence.end])
    return plain("".join(pieces))


def plain(text: str) -> str:
    """Data as a model may see it: one line, no tags, no marks."""
    return marks.hide(" ".join(text.split()).replace("<", "‹").replace(">", "›"))


def _blocks(stage: Stage, chosen: Sequence[int], lines: dict[int, str]) -> Iterator[str]:
    before: Turn | None = None
    for number, n in enumerate(chosen, 1):
        turn = _turn(stage, n)
        if turn is not before:
            yield f"【{_heading(stage, turn)}】" if stage.lang == "zh" else f"[{_heading(stage, turn)}]"
            before = turn
        yield f"{marks.write(number)} {lines[n]}"


def _heading(stage: Stage, turn: Turn) -> str:
    if turn.kind is TurnKind.BIO or turn.speaker is None:
        about = name(stage.lang, stage.card, turn.about) if turn.about else ""
        return f"{about} {say(stage.lang, 'bio')}".strip().rstrip("：:")
    return introduction(stage.lang, stage.card, turn.speaker, turn.section).rstrip("：:")
