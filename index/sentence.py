"""Where sentences and clauses end, in Chinese, English and mixtures of both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .types import Sentence

LONG = 80  # characters; a longer sentence is quoted by clause (15 of the first panel's 402 sentences are)
MASK = "█"  # stands for each character the organiser hides; a sentence has none of it at its ends
CLAUSE = 12  # characters; shorter pieces between commas stay with their neighbour

_ABBREVIATIONS = r"(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|No|Inc|Ltd|Co|Fig|approx|e\.g|i\.e|[A-Z])"
_CLOSERS = r"[”’」』）)】》〉\"']*"
_STAGE = r"(?:\s*[（(](?:笑|大笑|众笑|掌声|鼓掌|laughs?|laughing|laughter|applause)[）)])?"
_END = re.compile(
    # Half-width marks inside a Latin token (a URL's ?a=b) end nothing.
    rf"(?:[。！？；…]|(?<![a-z0-9/])[!?;]|[!?;](?![a-z0-9=&/]))[。！？；…!?;]*{_CLOSERS}{_STAGE}"
    # A Latin full stop ends only before space and a capital (or what is hidden), a CJK character, or the line's end.
    rf"|(?<!\d)(?<!\.)\.+{_CLOSERS}(?=\s+[\"'“‘(]?[A-Z0-9█\u3400-\u9fff]|[\u3400-\u9fff]|\s*$){_STAGE}"
    rf"|(?<=\d)\.{_CLOSERS}(?=\s+[\"'“‘(]?[A-Z█\u3400-\u9fff]|\s*$)"
    r"|\n\s*",
    re.MULTILINE,
)
_ABBREVIATED = re.compile(rf"(?:^|[\s.(\"'“]){_ABBREVIATIONS}$")
_ENUMERATED = re.compile(r"(?:^|[\n.。！？!?；;])\s*\d{1,3}$")
_WORD = re.compile(r"\w")
_COMMA = re.compile(r"[,，、:：]+[”’」』）)】》\"']*|——|—")
_LOOK_BACK = 12  # characters before a full stop that can hold an abbreviation or an item number


def sentences(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    """Split ``text[start:end]``; every character that is not white space or hidden lies in exactly one sentence."""
    return tuple(_trimmed(text, a, b) for a, b in _pieces(text, start, end) if _is_left(text[a:b]))


def clauses(text: str, sentence: Sentence) -> tuple[Sentence, ...]:
    """Split a sentence longer than ``LONG`` at commas into clauses of at least ``CLAUSE`` characters."""
    if sentence.end - sentence.start <= LONG:
        return (sentence,)
    cuts = [sentence.start]
    for match in _COMMA.finditer(text, sentence.start, sentence.end):
        if match.end() - cuts[-1] >= CLAUSE and sentence.end - match.end() >= CLAUSE:
            cuts.append(match.end())
    pieces = zip(cuts, [*cuts[1:], sentence.end], strict=True)
    return tuple(_trimmed(text, a, b) for a, b in pieces if _is_left(text[a:b]))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _END.finditer(text, start, end):
        if match.end() > at and not _is_inner_dot(text, match):
            yield at, match.end()
            at = match.end()
    if at < end:
        yield at, end


def _is_inner_dot(text: str, match: re.Match[str]) -> bool:
    if not match.group().startswith("."):
        return False
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return bool(_ABBREVIATED.search(before) or _ENUMERATED.search(before))


def _trimmed(text: str, start: int, end: int) -> Sentence:
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return Sentence(start, end)


def _is_left(piece: str) -> bool:
    """Whether a piece says anything; of one that is hidden, a full stop left over does not."""
    return bool(_WORD.search(piece) if MASK in piece else piece.strip())


def _is_blank(character: str) -> bool:
    return character == MASK or character.isspace()
