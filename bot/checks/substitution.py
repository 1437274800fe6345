"""One word put in the place of another: the claim reads as the source on both sides of it, and the source has another word there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from index.people import people

from .clause import own_names
from .source import Source

Block = tuple[str, int, int, int, int]

_DROPPED, _PAUSE = re.compile(r"[^\w·•,]+"), re.compile(r"[，,。；;：:！!？?、\n]+")
_DOTTED = re.compile(r"[\u4e00-\u9fff]+(?:[·•・][\u4e00-\u9fff]+)+")
_HEADING = re.compile(r"^(?:[-*•\d.、\s]*)(?P<what>[\u4e00-\u9fff]{3,10})[:：]\s*(?P=what)")
_FLANK = 2  # characters on either side that must read the same
_FIRM = 4  # characters that must follow a word with which the clause opens
_LONGEST = 8  # characters of a word that takes the place of another
# Words that say how, when or whether rather than what; they may take each other's place.
_FUNCTION = re.compile(
    r"没有|是|由|的|例子|可以|能够|能|会|将|就|也|都|还|又|再|便|已经|已|曾经?|正在|从而|因此|所以|于是|而且|并且|以及|或者|如果|但是|不过|虽然|由于|因为|通过|利用|依靠|靠|为了|后来|如今|现在|目前|当时|以前|原来|之后|以后|之前|其中|非常|特别|比较|十分|更加|更|最|很|一直|始终|往往|经常|马上|立即|立刻|同时|这种|那种|这个|那个|这些|那些|他们|我们|自己|它们|一种|一个|一些|什么|怎么|如何|的话|来说|时候|方面|认为|觉得|相信|表示|指出|进行|成为|作为|属于|包括|需要|必须|应该|不用|不必|无法|难以|所谓|以为|例如|比如|好比|像|得到|获得|获取|拿到|取得|拥有|具有|带来|提供|说|讲|谈|提|称|打算|计划|预计|希望|想|他|她|它|其|该|此|被|把|让|给|对|向|从|在|到|跟|和|与|不|没"
)


def substituted(claim: str, source: Source) -> Iterator[str]:
    """Words of a Chinese claim that stand where a sentence of its source has another."""
    known = source.text
    heading = _HEADING.match(claim)  # one of the model's own, made the subject of what is said of another
    if heading and heading["what"] not in known:
        yield heading["what"]
    for name in _DOTTED.findall(claim):
        if _dotless(name) not in _dotless(source.known):
            yield name
    for mention in reversed(people(claim, source.card).spans):
        claim = claim[: mention.start] + claim[mention.end :]  # bot/checks/attribution.py sees to who is named
    for name in own_names(source):
        claim = claim.replace(name, "")  # in the place of "we"
    for start, end in source.spans:
        yield from _in_place(_run(claim), _run(source.stage.transcript.text[start:end]), known)


def _in_place(claim: str, said: str, known: str) -> Iterator[str]:
    """Replaced stretches between two that agree."""
    blocks = SequenceMatcher(None, claim, said, autojunk=False).get_opcodes()
    for n, (kind, a, b, c, d) in enumerate(blocks):
        if kind != "replace" or not 2 <= b - a <= _LONGEST or not 1 <= d - c <= _LONGEST:
            continue
        opens = not _before(claim, blocks[:n])
        if not _after(claim, blocks[n + 1 :], _FIRM if opens else _FLANK):
            continue
        new, old = _FUNCTION.sub("", claim[a:b]), _FUNCTION.sub("", said[c:d])
        if old and len(new) >= 2 and re.fullmatch(r"[\u4e00-\u9fff]+", new) and not any(c in known for c in new):
            yield claim[a:b]


def _before(claim: str, blocks: Sequence[Block]) -> bool:
    """Whether the claim reads as the source up to here, within the clause: a clause may begin in other words."""
    return (
        bool(blocks) and blocks[-1][0] == "equal" and "," not in claim[max(0, blocks[-1][2] - _FLANK) : blocks[-1][2]]
    )


def _after(claim: str, blocks: Sequence[Block], least: int) -> bool:
    """Whether it does from here on for so many characters; where few are enough, the clause may also end here."""
    if not blocks or blocks[0][0] != "equal":
        return not blocks and least == _FLANK
    _, first, last, _, _ = blocks[0]
    return last - first >= least or (claim[first] == "," and least == _FLANK)


def _run(text: str) -> str:
    """A text's letters with its clauses parted by commas."""
    return _DROPPED.sub("", _PAUSE.sub(",", text)).strip(",")


def _dotless(text: str) -> str:
    return re.sub(r"[·•・]", "", text)
