"""What a question is about: its words without those that only make it a question.

Counting them as words to find cost BM25 4 points of recall@1000 on vcsum and 2 on qmsum: somebody on stage always says
"how", "speakers" and "think" as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from .sparse import CJK, normal, terms
from .types import Floats

# What a token of a question's frame counts beside one of its focus in late interaction. The frame says what kind of answer
# is wanted: 0 loses hit@1 on the panel, .25 and .5 gain on it and on vcsum, and .5 keeps the answers as they are.
FRAME = np.float32(0.5)

_ZH = re.compile(
    r"关于|针对|嘉宾们?|主持人|大家|各位|他们|她们|人们|有人|"
    r"(?:是|都|又|也)?(?:怎么|怎样|如何|咋)(?:样|说|讲|谈|聊|看待|看|评价|认为|理解|回答|做到|做)?的?|"
    r"(?:有|是|为|凭|干|做|讲|说|聊)?(?:什么|啥|哪些|哪个|哪里|哪儿|哪家|哪位|何)(?:样|看法|观点|说法|意见)?|"
    r"为何|谁|几个|几位|几次|多少|多大|多久|请问|谈到|提到|说到|说过|认为|觉得|总结|概括|介绍一?下|"
    r"(?:一下|吗|呢|吧|呀|啊|么|了|的)(?=$|\W)"
)
# English words that build a question and are not what it is about.
BUILDS = frozenset(
    """
    what which who whom whose when where why how did does do done was were is are am be been being the a an of to in
    on at as by for from with and or that this these those there it its they them their he she his her we our you
    your i have has had would should could can will may might about say says said saying tell told think thinks
    thought talk talked talking discuss discussed discussing discussion discussions mention mentioned according
    summarize summarise summary describe explain meeting meetings group team participants participant speaker
    speakers people everyone anyone please give if so than then not
    """.split()
)
_BUILDING = frozenset(term for word in BUILDS for term in terms(word))


def focus(question: str) -> tuple[str, ...]:
    """The terms a question looks for, each once; all its terms where it has no others."""
    kept = (term for term in terms(framed(question)) if term not in _BUILDING)
    return tuple(dict.fromkeys(kept)) or tuple(dict.fromkeys(terms(question)))


def framed(question: str) -> str:
    """A question in its normal form without the Chinese words that only build it."""
    return _ZH.sub(" ", normal(question))


def names(question: str) -> tuple[str, ...]:
    """The terms of a question that are written the same in every language: words with a capital or a digit."""
    words = re.findall(f"[^\\W_{CJK}]+", question)
    marked = (word for word in words if not word.islower() and word.lower() not in BUILDS)
    return tuple(dict.fromkeys(term for word in marked for term in terms(word)))


def token_weights(question: str, pieces: Sequence[str]) -> Floats | None:
    """What each token of a question counts where it is compared token by token: 1 in its focus, ``FRAME`` elsewhere;
    None where the tokens' texts are not known.
    """
    if not pieces:
        return None
    wanted = frozenset(focus(question))
    return np.array([1 if not wanted.isdisjoint(terms(piece)) else FRAME for piece in pieces], np.float32)


def focused(vector: Floats, tokens: Floats | None, weights: Floats | None) -> Floats:
    """A question's vector with that of its focus alone added: the frame is in no sentence that answers."""
    if tokens is None or weights is None:
        return vector
    own = tokens[weights == 1].sum(axis=0)
    length = float(np.linalg.norm(own))
    return np.asarray(vector + own / np.float32(length), np.float32) if length else vector
