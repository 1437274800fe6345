"""A claim and its source in clauses, with the words they share, in order; whoever says "we" is one with their own names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.dictionary import HAN
from index.sparse import terms

from .attribution import after_credit
from .source import Source

SELF = "\ue000"  # stands for the speaker of a source and for what they speak for
_ENDS = re.compile(
    r"[,，。;；:：!！?？、\n()（）]+|(?<=\w)\.(?=\s|$)|\b(?:and|but|while|whereas|when|because|since|so that|as)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"我们|咱们|我(?!国)|\b(?:I|we|us|our|ours|me|my)\b(?!\.)", re.IGNORECASE)
# Characters that say which way or which first; others alone say nothing.
_ALONE = re.compile(r"比(?![如较方例赛])|(?<!自)从(?![属事业来])|(?<![首领])先(?![进生后])|再")
_WORD = re.compile(rf"{SELF}|[A-Za-z0-9]+(?:[-+#][A-Za-z0-9]+)*")
# English words without which a clause says the same.
_IDLE = frozenset(
    terms(
        "a an the of to in on at for with by from into as and or but that this these those it its is are was were be been being"
        " am has have had do does did will would can could may might should who which when where than then there their his her"
        " they he she also very so just s t not no"
    )
)
_LINKS = "的了是"
_LEAST = 2  # characters of Chinese that are a word


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a clause that the other text has too, and where it stands in the clause."""

    words: str
    start: int
    end: int


def in_clauses(text: str) -> tuple[str, ...]:
    """The clauses of a text, without the empty ones."""
    return tuple(clause.strip() for clause in _ENDS.split(text) if clause and clause.strip())


def told(source: Source) -> str:
    """The cited words with "we" and the speaker's names made one; unchanged where several people speak."""
    return as_told(source.text, source)


def as_told(text: str, source: Source) -> str:
    """Some of the cited words in the same way."""
    return _as_self(text, source, spoken=True)


def claimed(claim: str, source: Source) -> str:
    """The claim, without "so-and-so says", in the same way."""
    return _as_self(after_credit(claim, source.card), source, spoken=False)


def _as_self(text: str, source: Source, *, spoken: bool) -> str:
    if len(source.speakers) != 1:
        return text
    for name in own_names(source):
        edge = "" if HAN.search(name) else r"(?![A-Za-z0-9])"
        text = re.sub(re.escape(name) + edge, SELF, text, flags=re.IGNORECASE)
    return _FIRST.sub(SELF, text) if spoken else text


def own_names(source: Source) -> tuple[str, ...]:
    """What the only speaker of some words, and what they speak for, are called, the longest first."""
    speaker = source.card.speaker(next(iter(source.speakers))) if len(source.speakers) == 1 else None
    if speaker is None:
        return ()
    own = {*speaker.written(), *speaker.aliases, speaker.organisation, *speaker.organisation_aliases}
    own |= {name.split()[0] for name in own if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", name)}
    return tuple(sorted((name for name in own if len(name) > 1), key=lambda name: (-len(name), name)))


def parts(clause: str, other: str) -> tuple[Part, ...]:
    """What of a clause another text has too, in order: runs of Chinese as long as can be, other words by their stem."""
    if HAN.search(other):
        return tuple(_runs(clause, other))
    held = (set(terms(other)) | ({SELF} & set(other))) - _IDLE
    return tuple(
        Part(stem, m.start(), m.end()) for m in _WORD.finditer(clause) for stem in _stems(m.group()) if stem in held
    )


def _stems(word: str) -> Iterator[str]:
    if word == SELF:
        yield word
    yield from (term for term in terms(word) if term not in _IDLE)


def _runs(clause: str, other: str) -> Iterator[Part]:
    alone = {m.start() for m in _ALONE.finditer(clause)}
    at = 0
    while at < len(clause):
        end = at + 1
        if at not in alone and clause[at] != SELF:
            while end < len(clause) and clause[at : end + 1] in other and clause[end] != SELF and end not in alone:
                end += 1
        words = clause[at:end]
        if words in other and (at in alone or words == SELF):
            yield Part(words, at, end)
        elif words in other and len(held := words.strip(_LINKS)) >= _LEAST:
            start = at + words.index(held)
            yield Part(held, start, start + len(held))
        at = end


def weight(found: tuple[Part, ...]) -> int:
    """How much is shared: characters of Chinese, or words."""
    return sum(len(part.words) if HAN.search(part.words) else 2 for part in found)


def words(clause: str) -> int:
    """How much there is to share, counted as ``weight`` counts."""
    if HAN.search(clause):
        return len(re.sub(r"[\W_]", "", clause))
    return 2 * sum(1 for m in _WORD.finditer(clause) for _ in _stems(m.group()))


def nearest(clause: str, source: tuple[str, ...]) -> tuple[str, ...]:
    """The clauses of a source that share most with a clause of a claim; none where nothing is shared."""
    shared = [weight(parts(clause, other)) for other in source]
    most = max(shared, default=0)
    return tuple(other for other, n in zip(source, shared, strict=True) if n == most) if most else ()
