"""The organiser's reading of the question log: alike questions together, unanswered first, with their thumbs."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import yaml

from index.errors import InputError

from .feedback import Vote
from .questions import Logged

ALIKE = 0.6  # shared pairs of characters (Jaccard); "UCloud哪年上市的" and "ucloud 是哪年上市的？" share 0.75
_ORDER = {"abstain": 0, "related": 1, "partial": 2, "answer": 3}
_WORDLESS = re.compile(r"[\W_]+")
_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike, the first as it was asked; ``outcome`` is the worst of theirs."""

    question: str
    event: str
    outcome: str
    times: int
    up: int
    down: int
    words: tuple[str, ...]
    variants: tuple[str, ...]


def seconds_in(span: str) -> int:
    """A span such as ``7d`` or ``12h`` in seconds."""
    match = re.fullmatch(r"(\d{1,6})([mhdw])", span.strip())
    if match is None:
        raise InputError(f"{span!r} is not a span of time; write it as 90m, 12h, 7d or 4w")
    return int(match[1]) * _UNITS[match[2]]


def groups(logged: Iterable[Logged], votes: Iterable[Vote]) -> tuple[Group, ...]:
    """Alike questions together: the unanswered first, then those with thumbs down, then the frequent."""
    by_answer = {vote.answer: vote for vote in votes}
    found: list[tuple[frozenset[str], list[Logged]]] = []
    for row in logged:
        pairs = _pairs(row.question)
        home = next((rows for seen, rows in found if rows[0].event == row.event and _alike(seen, pairs)), None)
        if home is None:
            found.append((pairs, [row]))
        else:
            home.append(row)
    made = (_group(rows, [by_answer[r.answer] for r in rows if r.answer in by_answer]) for _, rows in found)
    return tuple(sorted(made, key=lambda g: (_ORDER.get(g.outcome, 9), -g.down, -g.times, g.question)))


def as_csv(found: Sequence[Group]) -> str:
    """The groups for a spreadsheet, in which no cell can be a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["outcome", "times", "up", "down", "event", "question", "words", "variants"])
    for g in found:
        row = (g.outcome, g.times, g.up, g.down, g.event, g.question, " / ".join(g.words), " / ".join(g.variants))
        writer.writerow([_cell(value) for value in row])
    return file.getvalue()


def as_text(found: Sequence[Group]) -> str:
    """The groups for a terminal, numbered."""
    lines = []
    for number, g in enumerate(found, 1):
        thumbs = f"  +{g.up} -{g.down}" if g.up or g.down else ""
        lines.append(f"{number:>4}  {g.outcome:<8} {g.times:>4}x{thumbs}  {_printable(g.question)}")
        lines += [f"{'':>20}{_printable(variant)}" for variant in g.variants[:3]]
        lines += [f"{'':>20}“{_printable(word)}”" for word in g.words]
    return "\n".join(lines)


def draft(group: Group, number: int) -> str:
    """A draft of a known question, for a person to finish: what is right is not for the log to say."""
    case = {
        "id": f"asked-{number}",
        "split": "dev",
        "lang": "zh" if re.search(r"[\u4e00-\u9fff]", group.question) else "en",
        "type": "fact",
        "question": group.question,
        "paraphrases": list(group.variants[:3]),
        "answerable": "no" if group.outcome == "abstain" else "yes",
        "outcome": [group.outcome],
        "draft": True,
    }
    return yaml.safe_dump([case], allow_unicode=True, sort_keys=False)


def _group(rows: Sequence[Logged], votes: Sequence[Vote]) -> Group:
    spelled = Counter(row.question for row in rows)
    first = spelled.most_common(1)[0][0]
    return Group(
        question=first,
        event=rows[0].event,
        outcome=min((row.outcome for row in rows), key=lambda outcome: _ORDER.get(outcome, 9)),
        times=len(rows),
        up=sum(vote.vote == "up" for vote in votes),
        down=sum(vote.vote == "down" for vote in votes),
        words=tuple(vote.word for vote in votes if vote.word),
        variants=tuple(question for question, _ in spelled.most_common() if question != first),
    )


def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, case, width and punctuation aside."""
    plain = _WORDLESS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return frozenset(plain[at : at + 2] for at in range(max(1, len(plain) - 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _cell(value: object) -> str:
    """A cell a spreadsheet shows as it is: one that begins like a formula gets an apostrophe (OWASP)."""
    text = _printable(str(value))
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _printable(text: str) -> str:
    """Without the control characters that could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
