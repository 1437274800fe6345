"""Slips of the keyboard made by chance, one in each question, and whether the answer is still the plain question's.

    python -m benchmarks.slips [--show]

The slips know nothing of how they are mended (bot/spelling/slips.py): where they fall and what they write is drawn by a seed,
anywhere in the question. What both share is the table of sounds (pypinyin). Look-alikes are pairs
written by hand (slips.yaml). Questions are the dev and cal cases of the panel's suite; every second of them is set aside:
counted, never shown.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from pypinyin import lazy_pinyin

from bot.types import Question
from bot.wire import open_chatbot
from eval.grade import same_answer
from eval.load import load, suite_path
from index.dictionary import words
from index.types import Scope

SUITE = "a-plan-01"
SEED = 20261124
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_FIRST, _LAST = 0x4E00, 0x9FA5
_ALIKE: list[str] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))["alike"]

Slip = Callable[[str, random.Random], str | None]


def _spot(question: str, pattern: re.Pattern[str], chance: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(question))
    return chance.choice(found) if found else None


def _put(question: str, start: int, end: int, new: str) -> str:
    return question[:start] + new + question[end:]


@cache
def _sounds() -> Mapping[str, tuple[str, ...]]:
    """Characters that GB 2312 holds, by sound: those that a keyboard offers first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(_FIRST, _LAST + 1):
        character = chr(code)
        if len(character.encode("gb2312", "ignore")) == 2:
            found[lazy_pinyin(character)[0]].append(character)
    return {sound: tuple(characters) for sound, characters in found.items()}


def homophone(question: str, chance: random.Random) -> str | None:
    """A character of the same sound."""
    if (at := _spot(question, _HAN, chance)) is None:
        return None
    others = [c for c in _sounds().get(lazy_pinyin(at.group())[0], ()) if c != at.group()]
    return _put(question, at.start(), at.end(), chance.choice(others)) if others else None


def homophones(question: str, chance: random.Random) -> str | None:
    """Two neighbours, both of the same sound as what was meant."""
    if (at := _spot(question, re.compile(r"[\u4e00-\u9fff]{2}"), chance)) is None:
        return None
    new = [chance.choice(_sounds().get(lazy_pinyin(c)[0], (c,))) for c in at.group()]
    return _put(question, at.start(), at.end(), "".join(new)) if "".join(new) != at.group() else None


def lookalike(question: str, chance: random.Random) -> str | None:
    """A character that looks alike."""
    pairs = {a: b for pair in _ALIKE for a, b in (tuple(pair), tuple(pair[::-1]))}
    at = _spot(question, re.compile(f"[{''.join(pairs)}]"), chance)
    return _put(question, at.start(), at.end(), pairs[at.group()]) if at else None


def dropped(question: str, chance: random.Random) -> str | None:
    """A character left out."""
    at = _spot(question, _HAN, chance)
    return _put(question, at.start(), at.end(), "") if at else None


def doubled(question: str, chance: random.Random) -> str | None:
    """A character typed twice."""
    at = _spot(question, _HAN, chance)
    return _put(question, at.start(), at.end(), 2 * at.group()) if at else None


def swapped(question: str, chance: random.Random) -> str | None:
    """Two neighbours in the wrong order."""
    at = _spot(question, re.compile(r"[\u4e00-\u9fff]{2}"), chance)
    return _put(question, at.start(), at.end(), at.group()[::-1]) if at and len(set(at.group())) > 1 else None


def pinyin(question: str, chance: random.Random) -> str | None:
    """A word left in Pinyin."""
    found = [word for word in words(question) if len(word.text) > 1]
    if not found:
        return None
    word = chance.choice(found)
    return _put(question, word.start, word.start + len(word.text), "".join(lazy_pinyin(word.text)))


def latin(question: str, chance: random.Random) -> str | None:
    """A letter of a Latin name dropped, doubled, swapped with the next, or the key beside it."""
    if (word := _spot(question, _LATIN, chance)) is None:
        return None
    at = chance.randrange(1, len(word.group()) - 1) + word.start()
    kind = chance.choice(("drop", "double", "swap", "key"))
    if kind == "drop":
        return _put(question, at, at + 1, "")
    if kind == "double":
        return _put(question, at, at + 1, 2 * question[at])
    if kind == "swap":
        return _put(question, at, at + 2, question[at + 1] + question[at]) if question[at] != question[at + 1] else None
    row = next(row for row in _KEYS if question[at].lower() in row)
    place = row.index(question[at].lower())
    return _put(question, at, at + 1, row[place - 1 if place else 1])


SLIPS: tuple[Slip, ...] = (homophone, homophones, lookalike, dropped, doubled, swapped, pinyin, latin)


def made(questions: Mapping[str, str], slip: Slip) -> Iterator[tuple[str, str]]:
    """Each question with one slip of a kind, where it has a place for it; seeded by the case and the kind."""
    for id, question in questions.items():
        chance = random.Random(f"{SEED} {slip.__name__} {id}")
        if (text := slip(question, chance)) and text != question:
            yield id, text


def main() -> None:
    """Print, for each kind of slip, how many questions are still answered as the plain ones are."""
    chatbot = open_chatbot()
    cases = load(suite_path(SUITE), chatbot.index.transcript).suite.cases
    wanted = [c.entry for c in cases if c.entry.split != "test" and c.entry.lang == "zh" and not c.entry.history]
    questions = {entry.id: entry.question for entry in wanted}
    aside = set(list(questions)[1::2])

    def ask(question: str):  # type: ignore[no-untyped-def]
        return chatbot.ask(Question(question, scope=Scope(event=SUITE)))

    plain = {id: ask(question) for id, question in questions.items()}
    totals = {False: [0, 0], True: [0, 0]}
    for slip in SLIPS:
        counts = {False: [0, 0], True: [0, 0]}
        for id, text in made(questions, slip):
            answer = ask(text)
            same = same_answer(plain[id], answer)
            for tally in (counts, totals):
                tally[id in aside][0] += same
                tally[id in aside][1] += 1
            if "--show" in sys.argv and id not in aside and not same:
                notes = " ".join(note for note in answer.notes if "读作" in note)
                print(
                    f"  {slip.__name__} {id}: {questions[id]} -> {text} [{plain[id].outcome.value} {answer.outcome.value}] {notes}"
                )
        print(_line(slip.__name__, counts))
    print(_line("all", totals))


def _line(name: str, counts: Mapping[bool, list[int]]) -> str:
    shown = ", ".join(
        f"{'aside' if aside else 'dev'} {same} of {of} ({100 * same / max(of, 1):.0f} %)"
        for aside, (same, of) in counts.items()
    )
    return f"{name}: {shown}"


if __name__ == "__main__":
    main()
