"""Ways to call somebody whose label is a name in Latin letters: "Dr David Blaney" is David Blaney, Mr Blaney, David."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TITLE = (
    r"(?:(?:The\s+)?(?:Rt\.?|Right)\s+Hon(?:ou?rable)?\.?|(?:The\s+)?Hon(?:ou?rable)?\.?|Dr\.?|Prof(?:essor)?\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Dame|Lord|Lady|Baroness|Baron"
    r"|Rev(?:erend)?\.?|Judge|Justice|Senator|Cllr|Councillor|Ambassador|General|Captain)"
)
_BEFORE = re.compile(rf"^(?:{_TITLE}\s+)+")
_AFTER = re.compile(
    r"(?:,?\s+(?:AM|MP|MS|MSP|MLA|MEP|TD|AC|PC|QC|KC|OBE|CBE|MBE|MD|Ph\.?D\.?|BSc|MSc|MBA|Esq\.?|Jr\.?|Sr\.?|II|III))+$"
)
_WORD = r"(?!(?:The|Of|And|For)\b)[A-Z][\w'’.-]*"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,3}}")
# Labels of two words that say what somebody does, and are no name.
_OFFICE = re.compile(
    r"\b(?:manager|designer|interface|chair|chairs?man|chairwoman|chairperson|clerk|officer|director|marketing|host|moderator|speaker|secretary|member|president|minister"
    r"|witness|professor|grad|undergrad|postdoc|phd|student|teacher|engineer|expert|assistant|analyst|editor|reporter|interviewer|interviewee|participant|audience|panel(?:l?ist)?"
    r"|guest|founder|owner|lead|head|team|group|committee|council|board|sales|product|project|industrial|user|technical|operator|attendee|translator|interpreter|doctor|patient|nurse"
    r"|counsel|judge|customer|client|agent|voice|unknown|staff|question|answer|candidate|coach|chief|executive|vice|deputy|acting|senior|junior|co-?host|narrator)\b",
    re.IGNORECASE,
)
_TITLES = ("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Prof.", "Professor")
_SHORTEST = 3  # letters of a name that stands alone


def bare(label: str) -> str:
    """A label without titles before it and letters after it; empty where what is left is no name of several words."""
    name = _AFTER.sub("", _BEFORE.sub("", label.strip()))
    return name if _NAME.fullmatch(name) and not _OFFICE.search(name) else ""


def is_office(label: str) -> bool:
    """Whether a label says what somebody does and not who they are: Project Manager, Marketing."""
    return bool(_OFFICE.search(label)) and not bare(label) and label.isascii()


def called(label: str) -> Iterator[str]:
    """The bare name, and the last name with a title."""
    if name := bare(label):
        yield name
        yield from (f"{title} {name.split()[-1]}" for title in _TITLES)


def alone(label: str) -> Iterator[str]:
    """The last name and the first: words that, written with a small letter, may be others (Mark, Young)."""
    words = bare(label).split()
    yield from (word for word in (*words[-1:], *words[:1]) if len(word) >= _SHORTEST and not word.endswith("."))
