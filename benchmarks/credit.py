"""Who a written claim says said it, and whether its citations are theirs; read apart from the verifier it measures.

Whoever is named before a verb of saying is credited: a speaker, the host, "a questioner" or anybody a sentence merely
names. What the verifier calls a speaker, a credit or a stranger is not asked: a measure must not share its mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.types import Answer, Citation, Claim
from index.event import EventCard, Speaker
from index.types import TurnKind

_SAYS_ZH = r"(?:说(?!服|明书|动)|认为|表示|提到|指出|强调|介绍|谈到|讲到|觉得|相信|主张|建议|解释|坦言|透露|回答|(?<!提)问道?(?!题))"
_SAYS_EN = r"(?:says?|said|thinks?|thought|mention(?:s|ed)|explain(?:s|ed)|argue[sd]|believe[sd]?|stat(?:es|ed)|not(?:es|ed)|stress(?:es|ed)|suggest(?:s|ed)|asks?|asked|told|tells)"
_ASIDE = r"(?:[（(][^）)]{0,40}[）)])?(?:在[^,，。]{0,16}?(?:里|中|上|时))?\s*(?:还|也|又|曾|都|则|就)?\s*"
_OPENING = r"(?:^|[,，。;；:：!！?？\n“「]|说|据|根据|按照|而|但是?|and |that |While |while |but |But )"
_ZH = re.compile(rf"{_OPENING}\s*(?:而|但是?)?(?P<who>[\u4e00-\u9fff·A-Za-z0-9* ]{{1,20}}?){_ASIDE}{_SAYS_ZH}")
_EN = re.compile(
    rf"(?P<who>\b(?:[Tt]he |[Aa]n? )?(?:[a-z]+ )?(?:[A-Z][\w-]*(?: [A-Z][\w-]*){{0,2}}|[Hh]ost|[Mm]oderator|[Qq]uestioner|[Aa]udience(?: member)?|[Vv]isitor))"
    rf"\s*(?:\([^)]{{0,40}}\))?,?\s*(?:also |then |once )?{_SAYS_EN}\b|\b[Aa]ccording to (?P<by>[A-Z][\w-]*(?: [A-Z][\w-]*){{0,2}})"
)
# Whoever is meant by these is said elsewhere, or nobody is.
_NOBODY = re.compile(
    r"(?:他们?|她们?|它们?|自己|我们?|咱们|你们?|大家|有人|人们|人家|谁|也有人|很多人|有的人|有些人|这|那|如果|因为|所以|但是?|而且?|或者|可以|没有?|不|一般|只|就是|比如|例如|常)"
)
_LONGEST = 6  # characters of a Chinese name or title; before a verb of saying more is a clause
_NOBODY_EN = re.compile(r"(?:He|She|They|It|We|I|You|One|People|Everyone|Nobody|Some|Many|This|That|Who|What)$")
_HOST = re.compile(r"主持人?|\bhost\b|\bmoderator\b", re.IGNORECASE)
_ASKER = re.compile(r"提问者|观众|听众|网友|提问的?人|questioner|audience|visitor", re.IGNORECASE)


def miscredited(claim: Claim, answer: Answer, card: EventCard) -> tuple[str, ...]:
    """Those whom a claim of a model's credits with words that none of its citations shows to be theirs."""
    if claim.status != "supported":
        return ()
    cited = [citation for citation in answer.citations if citation.number in claim.citations]
    return tuple(who for who in dict.fromkeys(credited(claim.text)) if not _theirs(who, cited, card))


def credited(text: str) -> Iterator[str]:
    """Whoever a text says said something, as it writes them."""
    for m in _ZH.finditer(text):
        who = m["who"].strip()
        if re.search(r"[\u4e00-\u9fffA-Za-z]", who) and not _NOBODY.match(who):
            yield who
    for m in _EN.finditer(text):
        who = (m["who"] or m["by"]).strip()
        if not _NOBODY_EN.match(who):
            yield who


def _theirs(who: str, cited: list[Citation], card: EventCard) -> bool:
    """Whether one of the citations is theirs, or says itself that they said it; an introduction is nobody's words."""
    people = [speaker for speaker in card.speakers if any(_is(name, who) for name in _names(speaker))]
    if _HOST.search(who):
        people += [speaker for speaker in card.speakers if speaker.host]
    if _ASKER.search(who):
        return any(c.kind is TurnKind.QUESTION for c in cited)
    if people:
        names = {speaker.name for speaker in people}
        return any(c.speaker in names and c.kind not in (TurnKind.BIO, TurnKind.TITLE) for c in cited)
    if len(re.findall(r"[\u4e00-\u9fff]", who)) > _LONGEST:
        return True
    reported = re.compile(rf"{re.escape(who)}.{{0,12}}?(?:{_SAYS_ZH}|{_SAYS_EN})", re.IGNORECASE)
    return any(reported.search(c.quote) for c in cited)


def _is(name: str, who: str) -> bool:
    edge = r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])" if name.isascii() else "{}"
    return bool(re.search(edge.format(re.escape(name)), who))


def _names(speaker: Speaker) -> tuple[str, ...]:
    own = (speaker.name, speaker.name_en, *speaker.written(), *speaker.aliases, speaker.organisation, *speaker.organisation_aliases)  # fmt: skip
    return tuple(name for name in own if name)
