"""Negation: a claim may not drop one from its source, nor add one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.dictionary import HAN

from .clause import in_clauses, nearest, parts, weight, words

# 不 and 没 in words that deny nothing.
_NO = re.compile(
    r"(?:并不是|并非|不太|不想|不要|不用|不会|不能|不敢|不被|不是|不再|不必|不该|不应|没有|没能|没法|未曾|未能|从不|绝不|毫不|不|没|未(?!来)|无法|无(?!限|论|缝|人机|数|穷)|非(?!常|洲)|别(?!人|的|家|墅)|勿|莫|拒绝)"
    r"(?!管|仅|只|但|断|同|少数|过是|如|妨|得不|可忽视|可或缺)"
)
_DENIES_NOTHING = re.compile(r"不(?:管|仅|只|但|断|同|如|妨|错|可忽视|可或缺|得不|少)|不过(?![去来])|差不多|要不要|能不能|会不会|是不是|有没有|好不好|敢不敢|无论|无限|无缝|无人(?=[机车卡驾店仓配售]|飞机|值守)|非常|未来|分别|特别|区别|类别|级别|别人|别的|说不定|了不起|不得了")  # fmt: skip
_NO_EN = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|rarely|seldom|unable|refus\w+|fail\w*|den(?:y|ies|ied)|avoid\w*|lacks?|lacking|instead of|rather than)\b|n['’]t\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(r"\bno (?:less|more|fewer) than\b|\bnot only\b|\bno doubt\b|\bwhether or not\b", re.IGNORECASE)
# What denies without a word of denial; where one is in the source or the claim, nothing is concluded.
_HARD = re.compile(
    r"难|少|缺|失败|困难|害怕|独立|中立|除了|唯一|只有|只能|只|才|仅|全|都|几乎|零|低于|亏|反而|弱|停|拒|禁|避免|怕"
)
_FEAR = re.compile(r"(?<!不敢)害?怕")
_HARD_EN = re.compile(
    r"\b(?:hard\w*|difficult\w*|few\w*|little|less|lost|loses?|losing|afraid|fear\w*|only|independen\w*|neutral\w*|unlike|except|still|yet|stop\w*|low\w*|wrong|impossible|un(?!der|til|ion|it|iq|iv)\w+|in(?:sufficient|complete|effective)\w*|im(?:possible|practical)\w*|dis(?!ks?\b|c|t|play)\w+|all|every\w*|zero|easi\w+|easy|any\w*|most|rather|instead|exactly|scratch)\b",
    re.IGNORECASE,
)
SAME = 0.6  # share of a clause's words in another from which it says the same, or the opposite
_CONTEXT = 2  # characters after a negation by which the same words are found again
_REACH = 12  # characters before them in which a negation may stand


def flipped(claim: str, source: str) -> bool:
    """Whether a claim denies what its source affirms, or affirms what it denies, as far as words show it."""
    if bool(HAN.search(claim)) != bool(HAN.search(source)):
        return bool(HAN.search(source)) and _across(claim, source)
    if any(_turned(clause, in_clauses(source)) for clause in in_clauses(claim)):
        return True
    return bool(HAN.search(claim)) and any(
        True for dropped in (_dropped(source, claim), _dropped(claim, source)) for _ in dropped
    )


def _turned(clause: str, of: Sequence[str]) -> bool:
    """Whether a clause of a claim is a clause of the source but for a negation."""
    near = nearest(clause, tuple(of))
    return bool(near) and all(
        weight(parts(clause, other)) >= SAME * max(words(clause), 1)
        and _denies(clause) != _denies(other)
        and not _harder(clause, other)
        for other in near
    )


def _denies(text: str) -> bool:
    if HAN.search(text):
        return any(True for _ in _negations(text))
    return bool(_NO_EN.search(_NO_MORE.sub("", text)))


def _harder(one: str, other: str) -> bool:
    """Whether one of two texts has a word that denies without denying, which the other has not."""
    hard = _HARD if HAN.search(one) else _HARD_EN
    return set(hard.findall(one.casefold())) != set(hard.findall(other.casefold()))


def _dropped(here: str, there: str) -> Iterator[str]:
    """Words that follow a negation in one text and stand in the other only without one."""
    for m in _negations(here):
        words = here[m.end() : m.end() + _CONTEXT]
        if len(words) < _CONTEXT or not words.isalnum():
            continue
        places = [at.start() for at in re.finditer(re.escape(words), there)]
        if places and all(not _negated(there, at) for at in places) and not _plain_too(here, words, m):
            yield words


def _plain_too(text: str, words: str, negation: re.Match[str]) -> bool:
    """Whether the words stand elsewhere in the same text without a negation."""
    return any(
        at.start() != negation.end() and not _negated(text, at.start()) for at in re.finditer(re.escape(words), text)
    )


def _negations(text: str) -> Iterator[re.Match[str]]:
    idle = [m.span() for m in _DENIES_NOTHING.finditer(text)]
    yield from (m for m in _NO.finditer(text) if not any(a <= m.start() < b for a, b in idle))


def _negated(text: str, at: int) -> bool:
    before = text[max(0, at - _REACH) : at]
    before = re.split(r"[,，。;；!！?？]", before)[-1]
    return any(True for _ in _negations(before))


def _across(claim: str, source: str) -> bool:
    denies, denied = _denies(claim), _denies(source)
    if denies == denied:
        return False
    if denies:
        return not _HARD.search(source)
    # "Afraid" may be all there is of 不敢, but not where the source has a 怕 of its own beside its 不.
    excused = _HARD_EN.search(claim) and not _FEAR.search(source)
    return not excused and _mostly(source)


def _mostly(source: str) -> bool:
    """Whether every clause of a source that is short denies something: then a claim that denies nothing has dropped it."""
    clauses = [c for c in re.split(r"[,，。;；!！?？\n]", source) if len(c) >= 4]
    return bool(clauses) and sum(any(True for _ in _negations(c)) for c in clauses) * 2 >= len(clauses)
