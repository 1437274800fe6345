"""Measures of what an answer says, as text: nuggets, exact match and F1, ours and the official CMRC 2018 rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from eval.normal import contains, normal

# The marks the official script (v5, github.com/ymcui/cmrc2018) removes; half-width , . ? ! and … are not among them.
_CMRC_MARKS = set("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_CMRC_TOKENS = re.compile(r"[\u4e00-\u9fa5]|\d+(?:[.,]\d+)+|[^\W\u4e00-\u9fa5]+|[^\w\s]")
_TOKENS = re.compile(r"[a-z0-9.%#+-]+|\S")


def nugget_recall(said: str, nuggets: Sequence[Sequence[str]]) -> float:
    """Groups with at least one alternative in the normalised text / all groups; 1 when there are none."""
    text = normal(said)
    found = [any(contains(text, normal(word)) for word in group) for group in nuggets]
    return sum(found) / len(found) if found else 1.0


def exact_match(said: str, gold: str) -> float:
    """1 if both are the same once normalised."""
    return float(normal(said) == normal(gold))


def char_f1(said: str, gold: str) -> float:
    """F1 over the multiset of characters, with a Latin word or a number as one token (SQuAD's F1 over such tokens).

    With c tokens shared, P = c / |said|, R = c / |gold|, F1 = 2PR / (P + R); both normalised first.
    """
    ours, theirs = Counter(_TOKENS.findall(normal(said))), Counter(_TOKENS.findall(normal(gold)))
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def cmrc_em(said: str, gold: str) -> float:
    """CMRC 2018's exact match: lower case, its own list of marks removed, no other normalisation."""
    plain = ["".join(char for char in text.lower().strip() if char not in _CMRC_MARKS) for text in (said, gold)]
    return float(plain[0] == plain[1])


def cmrc_f1(said: str, gold: str) -> float:
    """CMRC 2018's F1: the longest common run of tokens (a Han character, a Latin word) as the tokens shared.

    The official script splits Latin text with NLTK's word_tokenize; here words and marks are split by their class.
    """
    ours, theirs = _cmrc_tokens(said), _cmrc_tokens(gold)
    return _f1(_longest_run(ours, theirs), len(ours), len(theirs))


def _cmrc_tokens(text: str) -> list[str]:
    return _CMRC_TOKENS.findall("".join(char for char in text.lower().strip() if char not in _CMRC_MARKS))


def _longest_run(ours: Sequence[str], theirs: Sequence[str]) -> int:
    best, before = 0, [0] * (len(theirs) + 1)
    for token in ours:
        now = [0] * (len(theirs) + 1)
        for at, other in enumerate(theirs, start=1):
            if token == other:
                now[at] = before[at - 1] + 1
        best, before = max(best, *now), now
    return best


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0
