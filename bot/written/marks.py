"""The marks by which a model says which numbered sentences it rests on: written, read back and hidden here alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass

LONGEST_RANGE = 20  # sentences; a longer range points at everything, which is to point at nothing
NOWHERE = -1  # the number of a mark that points at no sentence
_OPEN, _CLOSE = r"\[［【〔〖⟦", r"\]］】〕〗⟧"
_DIGITS = "[0-9０-９]"
# What models write before a number: S12, s 12, citation:3, 来源 S3, 句子3, ^3.
_WORD = r"(?:citations?|cite|sources?|sentences?|refs?|references?|sent|来源|出处|引用|引文|参考|依据|句子?|第)"
_S = r"[SsＳｓ]\s*[-_:：#]?\s*"
_LABEL = rf"(?:\^|#|@)?\s*(?:{_WORD}\s*[:：]?\s*)?(?:{_S})?"
_STRICT_LABEL = rf"(?:{_WORD}\s*[:：]?\s*)?{_S}"
_COMMA = r"\s*(?:[,，、;；/&+|]|\s|and|和|与|及)\s*"
_TO = r"\s*(?:-|–|—|~|～|至|到|to|\.\.+)\s*"
_END = r"\s*[句号。.]?\s*"


def _series(label: str) -> str:
    item = rf"{label}{_DIGITS}{{1,9}}(?:{_TO}{label}{_DIGITS}{{1,9}})?"
    return rf"{item}(?:{_COMMA}{item}|{_STRICT_LABEL}{_DIGITS}{{1,9}})*"


# In square brackets of any kind a bare number is a mark; in round ones, which hold years too, only after an S.
# An S in square brackets with anything else is a mark gone wrong: it is taken out, and counted as one that leads nowhere.
_MARK = re.compile(
    rf"\s*\^?(?:[{_OPEN}]{{1,2}}\s*(?P<square>{_series(_LABEL)}){_END}(?:[{_CLOSE}]{{1,2}}|[)）]|$)"
    rf"|[(（]\s*(?P<round>{_series(_STRICT_LABEL)}){_END}[)）]"
    rf"|[{_OPEN}]\s*(?P<wrong>[SsＳｓ][\w?-]{{0,12}})\s*[{_CLOSE}])",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"({_DIGITS}{{1,9}})(?:{_TO}{_LABEL}({_DIGITS}{{1,9}}))?", re.IGNORECASE)
_OPENING = re.compile(rf"\s*\^?[{_OPEN}(（][^{_CLOSE})）\n]{{0,60}}$")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words without their marks; ``numbers`` are those that exist, in order; ``strays`` counts those that do not."""

    text: str
    numbers: tuple[int, ...]
    strays: int


def write(number: int) -> str:
    """The mark of a sentence, as the model is shown it and asked to repeat it."""
    return f"[S{number}]"


def read(text: str, known: Container[int]) -> Marked:
    """Take the marks out of a model's words, however it has written them."""
    found = [number for match in _MARK.finditer(text) for number in _numbers(match)]
    kept = tuple(dict.fromkeys(number for number in found if number in known))
    return Marked(_MARK.sub("", text).strip(), kept, sum(number not in known for number in found))


def hide(text: str) -> str:
    """The text with everything that reads as a mark made unreadable, for data that a model sees."""
    return _MARK.sub(lambda match: re.sub(r"[^\w\s]", "·", match.group()), text)


def opens(text: str) -> bool:
    """Whether words end inside what may yet become a mark."""
    return bool(_OPENING.search(text))


def leading(text: str) -> int:
    """How many characters at the start of a text are marks."""
    at = 0
    while match := _MARK.match(text, at):
        at = match.end()
    return at


def _numbers(match: re.Match[str]) -> Iterator[int]:
    if match["wrong"]:
        yield NOWHERE
        return
    for item in _ITEM.finditer(match["square"] or match["round"]):
        first, last = (int(unicodedata.normalize("NFKC", n)) if n else None for n in item.groups())
        if first is None:
            continue
        if last is None:
            yield first
        elif first <= last < first + LONGEST_RANGE:
            yield from range(first, last + 1)
        else:
            yield NOWHERE
