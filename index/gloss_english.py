"""Chinese words of a question as the words of an English transcript, by CC-CEDICT: the other way of index/gloss.py.

Each word of the question has its English senses in the dictionary; those of which the transcript has every word are taken,
as the transcript spells them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from .dictionary import words
from .focus import BUILDS, framed
from .idioms import phrases
from .senses import KIN, LATER, LIGHT, root, senses
from .sparse import terms
from .types import Transcript

KEPT = 64  # transcripts
_ROOT = 4  # letters of a root that tells one word's kin from another's: sums are no summer
_HEAD = 0.6  # what a noun counts of a sense that also describes it
_SURE = 0.7  # share of the likeliest meaning from which another is kept
_MOST = 6  # meanings of a word
_TELLS_ALONE = 2  # characters from which a word that the talk has no word for counts as one it lacks
# Words that lean on others for what they mean, as half the verbs of English do.
_LIGHT = frozenset(
    (
        "进行 情况 方面 问题 东西 事情 时候 地方 部分 一些 一个 一种 一下 这个 那个 这些 那些 这样 那样 现在 以后 "
        "以前 之后 之前 已经 还是 还有 没有 可以 可能 应该 需要 必须 觉得 认为 知道 希望 打算 开始 最后 具体 主要 "
        "其他 所有 因为 所以 如果 但是 或者 而且 关于 对于 通过 根据 建议 提到 讨论 的 了 是 在 有 和 与 跟 对 就 也 "
        "还 会 能 要 把 被 让 从 给 都 很 最 更 用 做 说 讲 谈 看 想 去 来 到 上 下 里 中 个 些 种 条 点 第 几 一 两 "
        "多 少 大 小 新 人 年 部 师 家 者 们"
    ).split()
)


def content(question: str) -> tuple[str, ...]:
    """The Chinese words of a question that mean something by themselves, in Simplified characters."""
    return tuple(dict.fromkeys(text for text, _ in _telling(question)))


def lacking(question: str, found: Mapping[str, object]) -> tuple[str, ...]:
    """The words that tell something and that the transcript has no word for."""
    return tuple(word for word in content(question) if word not in found and len(word) >= _TELLS_ALONE)


def glosses(question: str, transcript: Transcript) -> dict[str, tuple[str, ...]]:
    """What the content words of a Chinese question can mean in an English transcript, likeliest first; nothing for those
    not found in it.
    """
    spoken = _spoken(transcript)
    found = {}
    for word, entry in _telling(question):
        weights = _meant(word, entry, spoken)
        sure = [said for said in weights if weights[said] >= _SURE * max(weights.values())]
        if sure:
            found[word] = tuple(sorted(sure, key=lambda said: -weights[said])[:_MOST])
    return found


def _telling(question: str) -> Iterator[tuple[str, str]]:
    for word in words(framed(question)):
        if word.text not in _LIGHT:
            yield word.text, word.entry


def _meant(word: str, entry: str, spoken: _Spoken) -> Mapping[str, float]:
    """The words of the transcript that say a word, and how much of a sense of its each is."""
    found: defaultdict[str, float] = defaultdict(float)
    for phrase in phrases(word):
        if said := spoken.phrase(phrase):
            found[said] = 1.0
    for n, sense in enumerate(senses(entry)):
        if LIGHT.issuperset(sense):
            continue
        said, share = spoken.sense(sense)
        if said:
            found[said] = max(found[said], share * LATER**n)
    return found


class _Spoken:
    """The words of a transcript by their stems and by their roots."""

    def __init__(self, text: str) -> None:
        self.text = f" {_plain(text)} "
        self.by_stem: dict[str, str] = {}
        self.by_root: dict[str, str] = {}
        for word, _ in Counter(self.text.split()).most_common():
            if word in BUILDS:
                continue
            for stem in terms(word):
                self.by_stem.setdefault(stem, word)
                self.by_root.setdefault(root(stem), word)

    def sense(self, stems: Sequence[str]) -> tuple[str, float]:
        """The transcript's words for a sense, and 1; less where one only has its root, or where of two the one that the other
        describes stands alone (a push button is a button); nothing else.
        """
        said = [self._word(stem) for stem in stems]
        if all(said):
            return " ".join(said), 1.0 if all(stem in self.by_stem for stem in stems) else KIN
        return (said[-1], _HEAD) if len(said) == 2 else ("", 0.0)

    def _word(self, stem: str) -> str:
        return self.by_stem.get(stem) or (self.by_root.get(root(stem), "") if len(root(stem)) >= _ROOT else "")

    def phrase(self, words: str) -> str:
        """A phrase, where it is said as it stands."""
        plain = _plain(words)
        return plain if f" {plain} " in self.text else ""


def _plain(text: str) -> str:
    """Its words in small letters, one blank between two."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@lru_cache(maxsize=KEPT)
def _spoken(transcript: Transcript) -> _Spoken:
    return _Spoken(transcript.text)
