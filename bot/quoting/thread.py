"""What is read along with a sentence: the answer to the question it asks, the items it announces, whom its "he" is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.focus import focus
from index.sparse import terms

from ..evidence import Evidence
from ..question import Asked, Kind

_MOST = 120  # characters of a sentence that is read along
_AHEAD = 6  # sentences after an announcement among which its items are looked for
_COUNTS = re.compile(r"(?:[两二三四五六七八九几]|(?<!\d)[2-9])\s*(?:[个個点點种種条條项項类類件]|大|方面)")
_ITEM = re.compile(
    r"(?:那么?|然后|再|而|就是|我觉得)*[,，]?(?:第\s*[一二三四五六七八九\d]|另外?一?[个個种種方]|另一|一(?:[个個种種]|方面|是)|[二三四五]是|首先|其次|再次|再者|还有|最后|[1-9][.、．])"
)
_IN_OTHER_WORDS = re.compile(
    r"(?:对[,，]?|那么?|其实)*(?:也?就是|换句话说|换言之|说白了|意思就?是|简单来?说|即)|[^,，。]{0,12}就是(?:讲|说|指|为了)"
)
_CONCLUDES = re.compile(r"(?:那么?|然后)?(?:所以|因此|也因此|於是|于是)(?!说)")
_REASON = re.compile(r"因为|由于")
_THESE = re.compile(r"[这那][两三四五六七八九几](?!年|天|个?[月小]|十|百)")
_THIRD = re.compile(r"(?<![其])[他她](?!人)|\b(?:he|she|him|her|his)\b", re.IGNORECASE)
# What others think, before one's own view: "有人认为…… 我认为……"
_OTHERS_THINK = re.compile(
    r"(?:^|[,，;；:：])(?:有的?人|有些人|很多人|不少人|许多人|大家|人们|别人|外界)[^,，。;；]{0,8}?(?:认为|觉得|以为|说)"
)
_THINKS = re.compile(
    r"(?:但是?|可是?|而|不过|然而)?[,，]?(?:其实|事实上|实际上)?[,，]?(?:我(?:自己|个人|本人|倒|并|却|就|还是)*(?:觉得|认为|想|看|不)|在我看?|对我来?说)"
)
_LATER = 5  # sentences after what others think among which a speaker's own view is looked for
_CLOSE = 2  # sentences from the end of a turn that the next speaker may ask back after
_BRIEF = 24  # characters of a turn that only takes up what was just said
_LOST_END = re.compile(r"(?:[是为達达到过過有]了?|突破了?|超过了?)[。.]?$")
_FIGURE = re.compile(r"\s*[\d一二三四五六七八九十百两几]")


def read_along(evidence: Evidence, asked: Asked, n: int) -> Iterator[int]:
    """The sentences of its paragraph without which sentence ``n`` leaves open what is asked."""
    text = evidence.text(n)
    after = evidence.text(n + 1) if _beside(evidence, n, n + 1) else ""
    if asked.is_(Kind.HOW_MANY) and _LOST_END.search(text) and _FIGURE.match(after):
        yield n + 1
    if asked.is_(Kind.DEFINITION) and _IN_OTHER_WORDS.match(after):
        yield n + 1
    leans = (asked.is_(Kind.WHY) and _CONCLUDES.match(text) and not _REASON.search(text)) or (
        asked.is_(Kind.WHO) and _THIRD.search(text)
    )
    if leans and _beside(evidence, n, n - 1):
        yield n - 1
    if _OTHERS_THINK.search(text):
        yield from _own_view(evidence, n)
    yield from _taken_up(evidence, asked, n)
    if asked.is_(Kind.LIST) and _THESE.search(text):
        yield from (m for m in (n - 1, n - 2) if _beside(evidence, n, m))
    if asked.is_(Kind.LIST) and _COUNTS.search(text):
        yield from _items(evidence, n)


def _own_view(evidence: Evidence, n: int) -> Iterator[int]:
    """What a speaker thinks, behind what others do."""
    ahead = [m for m in range(n + 1, n + _LATER) if _beside(evidence, n, m)]
    own = next((k for k, m in enumerate(ahead) if _THINKS.match(evidence.text(m))), None)
    yield from ahead[: own + 1] if own is not None else ()


def _taken_up(evidence: Evidence, asked: Asked, n: int) -> Iterator[int]:
    """What the speaker goes on to say where the next one briefly asks back after it: "I have a new aim." "What aim?" """
    turn, count = int(evidence.turns[n]), len(evidence.turns)
    back = next((m for m in range(n + 1, count) if evidence.turns[m] != turn), count)
    reply = back + 1
    if (
        back - n > _CLOSE
        or reply >= count
        or not evidence.handed_on[back]
        or evidence.turns[reply] == evidence.turns[back]
    ):
        return
    words = evidence.text(back)
    nothing_new = {*focus(words)} <= {*asked.topic, *terms(evidence.text(n))} and {*focus(words)} & {*asked.topic}
    if evidence.speaker(reply) == evidence.speaker(n) and len(words) <= _BRIEF and nothing_new:
        yield from (
            m for m in (reply, reply + 1, reply + 2) if m < count and evidence.turns[m] == evidence.turns[reply]
        )


def _items(evidence: Evidence, n: int) -> Iterator[int]:
    """The sentences after an announcement that open one of its items."""
    for at in range(n + 1, min(n + 1 + _AHEAD, len(evidence.sentences))):
        if evidence.speaker(at) != evidence.speaker(n):
            return
        if _ITEM.match(evidence.text(at)):
            yield at


def _beside(evidence: Evidence, n: int, near: int) -> bool:
    if not 0 <= near < len(evidence.sentences) or not evidence.is_one_paragraph(n, near):
        return False
    return evidence.sentences[near].end - evidence.sentences[near].start <= _MOST
