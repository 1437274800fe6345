"""A model's reply as it comes in: whole sentences with their marks, without thoughts, lists and decoration."""

from __future__ import annotations

import re
from collections.abc import Container, Generator, Iterable, Iterator
from dataclasses import dataclass

from . import marks

WORDED = 2  # letters; with fewer there is no sentence to check
MOST = 6  # sentences that are read; a reply that goes on is stopped
LONGEST = 600  # characters of one sentence; what is longer is no sentence of an answer
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(
    r"\A.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE
)  # some templates open the thought themselves
_TAG_START = re.compile(r"<[^>\n]{0,24}\Z")
_SPECIAL = re.compile(r"<\|[^|<>\n]{1,30}\|>|</s>")
_END = re.compile(r"[。！？!?…]+[”’」』）)\"']*|(?<![\s.])\.(?=\s|\Z)[”’)\"']*|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|No|Inc|Ltd|Co|e\.g|i\.e|U\.S|Ph\.D)|\b[A-Z]|^\s*\d{1,2})$"
)
_BULLET = re.compile(
    r"^\s*(?:[-*•·>]\s+|\d{1,2}[.)、]\s*|#{1,6}\s*|(?:回答|答案|答|Answer|A)\s*[:：]\s*)+", re.IGNORECASE
)
_BOLD = re.compile(r"\*\*|__|`")
_NO_ANSWER = re.compile(r"NO[_\s-]?ANSWER", re.IGNORECASE)
_NOTHING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the model with the numbers it cites; ``strays`` counts marks that lead nowhere."""

    text: str
    numbers: tuple[int, ...]
    strays: int = 0
    refuses: bool = False
    """Whether it says NO_ANSWER."""


def closable(pieces: Iterable[str]) -> Generator[str, None, None]:
    """The pieces as a generator, so that whoever stops reading can close them; what cannot be closed just ends."""
    try:
        yield from pieces
    finally:
        if isinstance(pieces, Generator):
            pieces.close()


def sentences(pieces: Iterable[str], known: Container[int]) -> Iterator[Said]:
    """The sentences of a reply, each as soon as it and its marks are complete."""
    held, made = "", 0
    for piece in pieces:
        held = without_thoughts(held + piece)
        ready, held = _cut(held)
        for said in _read(ready, known):
            yield said
            made += 1
            if made == MOST:
                return
        if len(held) > 20 * LONGEST and "<think" not in held[:20]:
            return  # no end in sight: nothing of it can be checked as a sentence
    ready, _ = _cut(_THOUGHT.sub("", held) + "\n\0")
    yield from list(_read(ready, known))[: MOST - made]


def without_thoughts(text: str) -> str:
    """The text without finished thoughts; one still under way stays at its place."""
    if re.search(r"</think(?:ing)?>", text, re.IGNORECASE):
        text = re.sub(r"<think(?:ing)?>.*?</think(?:ing)?>", "", text, flags=re.DOTALL | re.IGNORECASE)
        text = _THOUGHT_END.sub("", text)
    return _SPECIAL.sub("", text)


def _cut(text: str) -> tuple[list[str], str]:
    """Complete sentences, each with the marks behind it, and the rest that is still coming."""
    if thought := re.search(r"<think", text, re.IGNORECASE):
        ready, _ = _cut(text[: thought.start()] + "\n\0") if text[: thought.start()].strip() else ([], "")
        return ready, text[thought.start() :]
    found, at = [], 0
    for end in _END.finditer(text):
        if end.start() < at or (end.group().startswith(".") and _ABBREVIATED.search(text[at : end.start()])):
            continue
        stop = end.end() + marks.leading(text[end.end() :])
        trailing = re.compile(r"\s*[。.]+(?=\s|\Z)").match(text, stop) if stop > end.end() else None
        stop = trailing.end() if trailing else stop
        rest = text[stop:]
        if not rest.strip(" \t") or marks.opens(rest.split("\n")[0][:64]) or _TAG_START.search(text):
            break
        found.append(text[at:stop])
        at = stop
    return found, text[at:]


def _read(sentences: Iterable[str], known: Container[int]) -> Iterator[Said]:
    for sentence in sentences:
        if len(sentence) > LONGEST:
            yield Said("", ())
            continue
        words = _BOLD.sub("", _BULLET.sub("", _NOTHING.sub("", sentence).strip()))
        if _NO_ANSWER.search(words):
            yield Said("", (), refuses=True)
            continue
        marked = marks.read(words, known)
        text = re.sub(r"\s+([。，、！？,.!?])", r"\1", marked.text).strip()
        text = re.sub(r"([。！？.!?])[。.]+$", r"\1", text)
        if text.endswith((":", "：")):
            continue  # it only announces what follows
        if sum(c.isalpha() for c in text) >= WORDED:
            yield Said(text, marked.numbers, marked.strays)
        elif marked.strays or marked.numbers:
            yield Said("", marked.numbers, marked.strays)
