"""How sure it was: a plan, a wish, a guess or a condition that a claim tells as something that is or has happened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.dictionary import HAN

from .clause import claimed, in_clauses, nearest, parts, told
from .coverage import foreign
from .meaning import Meaning
from .source import Source

# What makes a statement less than one.
_UNSURE = re.compile(
    r"可能(?!性)|也许|或许|恐怕|说不定|估计|预计|预期|打算|(?<![A-Za-z])计划(?!经济|书)|准备(?!金|好)|希望|愿景|梦想|争取|力争|试图|听说|据说|据称|传闻|自称|号称|常说|总说"
    r"|差一?点(?!儿?的)|险些|考虑过?|有望|目标是|应该(?:是|算|说)|(?<![思理设联梦幻猜感构妄])想(?!到|法|象|像|起|必|说|问|请|明白|当然|和|跟|给|来)"
)
_UNSURE_EN = re.compile(
    r"\b(?:may(?!\s+\d)|might|could|perhaps|maybe|possibly|probably|likely|plan(?:s|ned|ning)?|intend\w*|intention|aim(?:s|ed|ing)?|hop(?:e|es|ed|ing)|wish\w*|wants?|wanted|dream\w*|vision"
    r"|tr(?:y|ies|ied|ying)|attempt\w*|consider\w*|thinking of|thought (?:of|about)|rumou?r\w*|supposedly|reportedly|allegedly|heard|would|expect\w*|estimate\w*|predict\w*|forecast\w*"
    r"|nearly|almost|close to|on the verge|seek\w*|goal|prepar\w*|promis\w*)\b",
    re.IGNORECASE,
)
# What is not there yet, or holds on a condition: told as done it is false, told as a rule it may be what was meant.
_AHEAD = re.compile(
    r"会(?!议|员|计|场|上|谈|长|见|面)|将(?![军领来])|即将|马上要|快要|(?:终于|就|都|也)快[^,，。]{1,6}了|如果|假如|要是|一旦|倘若|万一"
)
_AHEAD_EN = re.compile(
    r"\b(?:will|shall|going to|about to|soon|if|unless|once|in case|can|should|ought)\b|\b\w+['’]ll\b", re.IGNORECASE
)
_IF = re.compile(r"如果|假如|要是|一旦|\b(?:if|unless)\b", re.IGNORECASE)
_DONE = re.compile(r"已经?(?!然)|了(?!解)|(?<=[\u4e00-\u9fff])过(?![程去于来])")
_DONE_EN = re.compile(r"\b(?:already|has|have|had|was|were|did)\b|\b\w{2,}ed\b|\b(?:sold|bought|built|made|went|became|began|left|lost|won|took|gave|got|rose|fell|grew|paid)\b", re.IGNORECASE)  # fmt: skip
_SAYS_EN = re.compile(
    r"\b(?:calls?|called|describes?|described) (?:him|her|it|them)sel\w+|\bclaim(?:s|ed)? to\b|\bself-", re.IGNORECASE
)
_OPINION = re.compile(r"认为|觉得|相信|看来|看好|\b(?:thinks?|believes?|feels?|thought|believed)\b", re.IGNORECASE)
_GUESS = re.compile(r"估计|预计|预期|恐怕|有望|\b(?:expect|estimat|predict|probabl|likely)", re.IGNORECASE)


def firmer(claim: str, source: Source, meaning: Meaning) -> Iterator[str]:
    """The words by which the source is less sure than a claim that has none of the kind."""
    if _unsure(claim) and not _done(claim):
        return
    across = foreign(claim, source)
    of = in_clauses(source.text if across else told(source))
    for clause in in_clauses(claim if across else claimed(claim, source)):
        if _unsure(clause):
            continue
        near = (of[meaning.closest(clause, of)],) if across else nearest(clause, of)
        found = [word for other in near for word in (_firmer(claim, clause, other, source),) if word]
        if near and len(found) == len(near):
            yield found[0]


def _firmer(claim: str, clause: str, other: str, source: Source) -> str:
    """The word that makes a source clause less sure, where it stands before what the claim takes from it."""
    across = foreign(claim, source)
    hedge = (_UNSURE if HAN.search(other) else _UNSURE_EN).search(other)
    if hedge and not _hedged(_without(claim, other, source)) and (across or _governs(hedge, clause, other)):
        return "" if _GUESS.search(hedge.group()) and _OPINION.search(claim) else hedge.group()
    ahead = (_AHEAD if HAN.search(other) else _AHEAD_EN).search(other) or _condition(other, source)
    if ahead and _done(clause) and not _done(other.replace(ahead.group(), "")) and not _hedged(claim):
        return ahead.group()
    return ""


def _condition(clause: str, source: Source) -> re.Match[str] | None:
    """The "if" of the clause before, in the same sentence."""
    texts = (text for text in (source.text, told(source)) if clause in text)
    before = next((re.split(r"[。.!！?？\n]", text[: text.index(clause)])[-1] for text in texts), "")
    return _IF.search(before)


def _governs(hedge: re.Match[str], clause: str, other: str) -> bool:
    shared = parts(other, clause)
    return bool(shared) and max(part.end for part in shared) > hedge.end()


def _without(claim: str, other: str, source: Source) -> str:
    """A claim without the "can", "will" and "if" that its source has beside the word that makes it unsure."""
    for word in ("会", "将", "能", "要", "will", "can"):
        if word in other:
            claim = re.sub(rf"\b{word}\b" if word.isascii() else word, "", claim)
    return _IF.sub("", claim) if _IF.search(source.text) else claim


def _unsure(text: str) -> bool:
    return bool((_UNSURE if HAN.search(text) else _UNSURE_EN).search(text))


def _hedged(text: str) -> bool:
    if HAN.search(text):
        return bool(_UNSURE.search(text) or _AHEAD.search(text) or re.search(r"[能要应该拟称]|自己是", text))
    return bool(_UNSURE_EN.search(text) or _AHEAD_EN.search(text) or _SAYS_EN.search(text))


def _done(text: str) -> bool:
    return bool((_DONE if HAN.search(text) else _DONE_EN).search(text))
