"""How much of a claim its source carries: shared terms within a language, nearness in meaning across two."""

from __future__ import annotations

import re

from index.sparse import latin, terms

from ..question import language
from .source import Source

OWN = 0.3  # share of a claim that the cited words must hold without what the card says of their speaker
_FRAME = re.compile(
    r"根据(?:文字稿|文本)?|文字稿|演讲中|分享中|提到|指出|认为|觉得|表示|强调|介绍|他说|她说|说道?|来说|因为|所以|因此|由于|通过|可以|能够|一个|一种|这个|这种|那个|的话|以及|并且|而且|同时|主要|非常|比较|就是|也是|还是|已经|进行|这些|那些|他们|我们|自己|例子|比如|例如"
)
_FRAME_LATIN = frozenset(terms("the a an of to in on for and or is are was were be been it its this that they he she his her their as at by with from not has have had will can would also than then says said thinks"))  # fmt: skip


def foreign(claim: str, source: Source) -> bool:
    """Whether a claim is in another language than the words it cites."""
    return language(claim) != language(source.text)


def shared(claim: str, source: Source) -> float:
    """The share, 0 to 1, of a claim's terms that its source has: characters and pairs of Chinese, stems of English.

    Names and roles of the card count where the cited words themselves hold a part of the claim.
    """
    share = _held(claim, source.known)
    return share if _held(claim, source.text) >= OWN else min(share, OWN)


def _held(claim: str, text: str) -> float:
    held = set(terms(text))
    wanted = [t for t in terms(_FRAME.sub(" ", claim)) if t not in _FRAME_LATIN]
    single = {t for t in wanted if len(t) == 1 and not latin(t)}
    longer = {t for t in wanted if len(t) > 1 or latin(t)}
    if not single and not longer:
        return 0.0
    parts = [len(kind & held) / len(kind) for kind in (single, longer) if kind]
    return sum(parts) / len(parts)
