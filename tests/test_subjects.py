"""What an English talk is about: its things, and not the words that every talk is full of."""

from __future__ import annotations

from itertools import chain, repeat

from bot.offers.subjects import nouns, subjects, with_article
from index.source import read_transcript

_CHAT = (
    "Ann: Yeah, I know, so something like that would be the same for us, right, and then just go on with it.",
    "Ben: Right, well, I mean, they could actually do something else there, you know, but yeah, go on.",
    "Ann: Okay, first we look at it, then they say what they want, yeah, and something comes out of it.",
)
_BATTERY = (
    "Ben: The battery is weak, and a battery that is weak costs us the same as any battery of theirs.",
    "Ann: Then our battery has to be the other battery, the NiMH kind of battery.",
)


def _talk(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_a_subject_comes_thick_and_a_filler_comes_everywhere() -> None:
    chat = list(chain.from_iterable(repeat(_CHAT, 12)))
    talk = read_transcript(_talk(*chat, *_BATTERY, *chat), id="t", event="t", card=None)
    found = [term.text for term in subjects(talk)]
    assert found[0] == "battery"
    assert not {"yeah", "right", "something", "same", "know", "then", "they"} & {word.casefold() for word in found}


def test_a_talk_without_english_words_has_no_subjects() -> None:
    assert subjects(read_transcript("林一: 大家好。\n", id="t", event="t", card=None)) == ()


def test_nouns_are_the_things_and_not_what_is_said_of_them() -> None:
    found = nouns("".join(f"{line}\n" for line in _BATTERY))
    assert "battery" in found
    assert not {"weak", "costs", "then", "has"} & found


def test_a_noun_has_its_article_where_the_talk_gives_it_one() -> None:
    text = "".join(f"{line}\n" for line in _BATTERY)
    assert with_article(text, "battery") == "the battery"
    assert with_article(text, "NiMH") == "NiMH"
    assert with_article("Sales grew, as sales do; the sales of May fell.", "sales") == "sales"
