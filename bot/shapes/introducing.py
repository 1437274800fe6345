"""Who somebody on stage is, as the talk itself says it: by whom they are named or welcomed, and in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.latin_names import bare
from index.mention import pattern_of
from index.names import SURNAME, is_numbered
from index.types import Turn, TurnKind

from ..asker import askers, guests
from ..draft import Span
from ..stage import Stage, spoken

_NAME_EN = r"[A-Z][a-z]+"
_ROLE_EN = r"(?:as|is|was|who|our|the|from|of|an?)\b"
_TITLE = r"(?:老师|博士|教授|院士|导演|教练|师傅|大夫|医生|律师|经理|总监|主任|总(?![是会共体之结要统得在有])|[园院校所馆部局处科会社市县]长)"
_OFFICE = r"(?:[作专画学艺科企][家者]|[\u4e00-\u9fff](?:员(?!工)|[医律设教厨老]师|师傅|计师|选手|工作者|志愿者|制[作片]人|创始人|负责人|出版人|经纪人|代言人)|农民工|歌手|教授|博士|主编|总裁|经理|CEO|CTO|冠军|导演|教练|大夫|院士|主任|明星|记者|专家|[园院校所馆部局会社市县]长)"
_ORGANISED = r"(?:公司|集团|大学|学院|研究[院所]|医院|中心|部门|银行|机构|基金|工作室|学校)"
_WELCOMES = re.compile(r"[邀请]请|请[到来出]|我们请|有请|[做作]客|嘉宾|来宾|到场|来到|欢迎|采访|访问|访谈")
_PRESENTS = re.compile(r"这位|著名|知名|[他她]就是|[您你](?:是|作为)")
_CALLED = rf"{SURNAME}[\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐|副?{_TITLE})"
_IS_TOLD = re.compile(rf"{_CALLED}|{_OFFICE}")
_HAILED = re.compile(rf"{SURNAME}[\u4e00-\u9fff]{{0,2}}副?{_TITLE}(?=[,，!！。]|[您你]|好)")
_I_AM = re.compile(
    rf"我(?:就|还|也|只)?(?:是|叫|来自|担任|作为|从事|负责|在|当了?)(?!说|想|觉得|认为|不|要|会|被|没|很|从|因为|为了)[^,，。;；?？]{{0,20}}?(?:{_OFFICE}|{_ORGANISED})"
)
_FIRST = 4  # sentences of somebody's own among which they may introduce themselves


def introducing(stage: Stage, person: str) -> Iterator[Span]:
    """Sentences by others that say what somebody is, then those in which they say it themselves."""
    said = [(span, words, turn) for span, words, turn in spoken(stage) if turn.kind is not TurnKind.TITLE]
    others = [one for one in said if one[2].speaker != person]
    called = "" if is_numbered(person) else re.escape(bare(person) or person)
    named = [span for span, words, _ in others if called and _names(called).search(words)]
    yield from named or _welcoming(stage, others, person)
    own = [(span, words) for span, words, turn in said if turn.speaker == person]
    yield from (span for span, words in own if called and _own(called).search(words))
    yield from (span for span, words in own[:_FIRST] if _I_AM.search(words))


def only_guest(stage: Stage) -> str | None:
    """The one on stage who puts no questions; None where there are several, or nobody who puts them."""
    alone = guests(stage.transcript, stage.card)
    return alone[0] if len(alone) == 1 and askers(stage.transcript, stage.card) else None


def _names(called: str) -> re.Pattern[str]:
    """Finds others' words that say what somebody is by their name."""
    return re.compile(
        rf"(?:{called}(?:'s|’s)?,?\s+{_ROLE_EN}|{called},\s+[a-z]|\b(?:is|I'm|I’m|am)\s+{called}\b|(?:这位|是|叫|有请){called}|{called}(?:是|[,，].{{0,12}}(?:创始人|教授|经理|主任|总裁|CEO)))"
    )


def _own(called: str) -> re.Pattern[str]:
    """Finds somebody's own words by which they introduce themselves."""
    return re.compile(
        rf"\b(?:I'm|I’m|I am|(?i:my name(?:'s|’s| is)))\s+(?:(?:the|your|a|an)\s+)?(?:{_NAME_EN}|(?i:{called}))\b|我(?:是|叫){called}"
    )


def _welcoming(stage: Stage, others: Sequence[tuple[Span, str, Turn]], person: str) -> Sequence[Span]:
    """Sentences that welcome somebody before they speak, by their name or, of the only guest, by any or none; else those
    that hail them by what they are (潘园长您好).
    """
    alone, ways = only_guest(stage) == person, pattern_of(person, stage.card)
    named = [bool(ways.search(words)) and not is_numbered(person) for _, words, _ in others]
    first = next((turn.start for turn in stage.transcript.turns if turn.speaker == person), 0)
    theirs = [
        (span, words) for (span, words, _), by_name in zip(others, named, strict=True)
        if by_name or (alone and _IS_TOLD.search(words))
    ]  # fmt: skip
    welcomes = [
        span for span, words in theirs
        if span[0] < first and (_WELCOMES.search(words) or (_PRESENTS.search(words) and _IS_TOLD.search(words)))
    ]  # fmt: skip
    return welcomes or [span for span, words in theirs if _HAILED.search(words)]
