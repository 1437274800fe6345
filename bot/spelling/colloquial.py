"""Words that ask, as they are typed in chats and said in Cantonese; every cue of a question is written in the others."""

from __future__ import annotations

import re

_WORDS = {
    "为毛": "为什么",
    "点解": "为什么",
    "神马": "什么",
    "乜嘢": "什么",
    "咩": "什么",
    "肿么": "怎么",
    "点样": "怎样",
    "边个": "哪个",
    "边几": "哪几",
    "边度": "哪里",
    "木有": "没有",
    "米有": "没有",
    "造吗": "知道吗",
}
_SAID = re.compile("|".join(_WORDS))
# 那 for 哪, which are typed the same: after 是, 有 and 在, where nothing else asks.
_THAT = re.compile(r"(?<=[是有在])那(?=[一二两三四五六七八九十几]?[种个家位年条点款项里儿些])")
_ASKS = re.compile(r"[什啥哪谁吗怎咋何多]|几|没有|为什么")


def written_out(question: str) -> str:
    """The question with such words as they are written."""
    asked = _SAID.sub(lambda match: _WORDS[match.group()], question)
    return asked if _ASKS.search(asked) else _THAT.sub("哪", asked)
