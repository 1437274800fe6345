"""Items of a list that an answer showed: which list is meant, the item of a number, and what an item calls itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.event import EventCard

from ..fitting.figure import ENGLISH_COUNTS
from ..question import Asked, Kind, understand
from ..shapes.enumeration import LAST, UNIT, marks, number, place_asked
from ..types import Exchange
from .anaphora import ORDINAL
from .said import quotes

# What goes on from an item, as 第二种难不难 or 第三点的例子 does; 第一个上市的公司 is none of a list.
_OF_ITEM = re.compile(
    rf"^(?:那么?|and |what about |how about )?(?:{ORDINAL.pattern})(?=[呢是有怎为难好能会要多谁举叫的展详具再讲说?？]|\s|$)",
    re.IGNORECASE,
)
_FEW = 3  # content terms of a question about an item
_LENGTH = 400  # characters of a past question that are read
# "有三种关系,分别是A、B、C": items named in one breath, told to be a list by 分别 or by as many as are announced.
_ITEMS_ZH = r"(?P<items>[^。！？!?;；、:：]{2,24}(?:、[^。！？!?;；、]{2,24})+)(?=[。！？!?;；]|$)"
_EACH_ZH = re.compile(rf"分别(?:是|为|有|叫){_ITEMS_ZH}")
_COUNTED_ZH = re.compile(
    rf"(?P<count>[两二三四五六七八九]|(?<!\d)[2-9])\s*{UNIT}[^。！？!?;；、]{{0,16}}?(?:是|有|为|包括|[:：])\s*{_ITEMS_ZH}"
)
_LAST_ZH = re.compile(r"[,，]?(?:以及|还有|和|及|与)|[,，]")
_SERIES_EN = re.compile(
    rf"\b(?P<count>{'|'.join(ENGLISH_COUNTS)})\b[^.,;:!?]{{0,40}}(?:\b(?:are|were|is|was|namely|like|as)\b|:)\s+(?P<items>(?:[^,.;:!?]{{2,40}}, ){{1,6}}(?:and|or) [^,.;:!?]{{2,40}})(?=[.;!?]|$)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:那么?|然后|好|另外|所以)?[,，]?第[一二三四五六七八九十\d]+[种个点条类项步]?(?:也?很有意思[,，])?(?:我们?)?(?:也)?(?:就?是|叫做?)?"
)
_CALLED = re.compile(r"(?:叫做?|称为|称作|称之为)(?P<name>[\u3400-\u9fffA-Za-z]{2,12}?)(?=[,，。:：]|$)")
_HEAD = 30  # characters of an item in which it says its name


def wants_item(question: str, now: Asked, card: EventCard) -> bool:
    """Whether a question asks for an item by its number, and of nothing else."""
    if not ORDINAL.search(question) or now.people.spans:
        return False
    own = [term for term in understand(ORDINAL.sub(" ", question), card).topic if len(term) > 1]
    return not own or (len(own) <= _FEW and bool(_OF_ITEM.match(question)))


def shows_list(quotes: Sequence[str]) -> bool:
    """Whether quotes number their items, or name them in one breath."""
    return _numbered(quotes) or bool(_series(quotes))


def _numbered(quotes: Sequence[str]) -> bool:
    return sum(any(True for _ in marks(quote)) for quote in quotes) > 1


def back_to_list(past: Sequence[Exchange], card: EventCard) -> Sequence[Exchange]:
    """The conversation up to the last list in it; the whole where there was none."""
    last = next((n for n in range(len(past), 0, -1) if _lists(past[n - 1], card)), len(past))
    return past[:last]


def _lists(exchange: Exchange, card: EventCard) -> bool:
    asks = understand(exchange.user[:_LENGTH], card).is_(Kind.LIST)
    return asks or shows_list(quotes(exchange))


def item_named(question: str, quotes: Sequence[str]) -> str | None:
    """The item of that number, where the quotes name their items in one breath."""
    at, items = place_asked(question), _series(quotes)
    if not at or not items or _numbered(quotes):
        return None
    return items[LAST if at == LAST else at - 1] if at <= len(items) else None


def _series(quotes: Sequence[str]) -> list[str]:
    return next((items for quote in quotes if (items := _in_one_breath(quote))), [])


def _in_one_breath(quote: str) -> list[str]:
    for match in (*_EACH_ZH.finditer(quote), *_COUNTED_ZH.finditer(quote)):
        *first, last = match["items"].split("、")
        items = [*first, *(_LAST_ZH.split(last, maxsplit=1) if len(first) < 2 else [last])]
        if match.re is _EACH_ZH or number(match["count"]) == len(items):
            return items
    for match in _SERIES_EN.finditer(quote):
        *first, last = match["items"].split(", ")
        items = [*first, re.sub(r"^(?:and|or) ", "", last)]
        if number(match["count"]) == len(items):
            return items
    return []


def called(item: str) -> str:
    """What an item of a list calls itself: 逆合模式 of "第二种也很有意思,叫做逆合模式。"; empty where it has no short name."""
    if match := _CALLED.search(item[:_HEAD]):
        return match["name"]
    rest = item[opening.end() :] if (opening := _OPENING.match(item)) else ""
    head = re.match(r"[\u3400-\u9fffA-Za-z]{2,8}(?=[,，。:：])", rest)
    return head.group() if head else ""
