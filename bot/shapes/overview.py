"""The overview of a talk: one own quote of each speaker, one that says what they came to say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.focus import BUILDS
from index.segment import Segment
from index.sparse import latin, terms
from index.types import HoleKind, TurnKind

from ..asker import askers
from ..draft import Draft, Quote, Span
from ..lexicon import Term, lexicon
from ..offers.subjects import nouns
from ..quoting.quote import opens_open
from ..reading import read
from ..stage import Stage, speakers
from ..types import Outcome
from ..wording import attribution, name, say

OVERVIEW_LIMIT = 60  # Chinese characters of the one quote a speaker gets in an overview
_SHORTEST = 12  # Chinese characters; less is no statement
_TERMS = 80  # of a talk's terms, that make a sentence one about the talk
_NORMAL = 25  # Chinese characters over which the terms of a window are averaged
_LETTERS = 2.7  # letters and spaces that say as much as one Chinese character
# Weights of standard scores. Over 298 speakers of 58 round tables and meetings, the likeness of the quote to the nearest of the
# set's own summaries is .91 deviations above the speaker's mean (vcsum) and .72 (qmsum); it was .46 and -.25 while sentences
# were liked for being near the mean of all, which in a meeting is small talk.
_SUBSTANCE, _CONTENT, _SALIENCE = 0.9, 0.25, 0.7
_RICH = 1.5  # power of its content terms by which a sentence counts for what the talk is about
_MANY = 0.9  # quantile of content terms beyond which more count no more
_MARKS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (2.5, re.compile(r"(?:今天|本次|这次|此次)[^,，。]{0,8}(?:主题|话题|议题)(?:其实|就)?[是为]|\b(?:topic|theme|subject|purpose|aim|goal) (?:of|for) (?:this|today|our)\b", re.IGNORECASE)),
    (2.2, re.compile(r"(?:主要|想|今天).{0,8}(?:讲|分享|聊|谈|讨论)(?!一下)|愿景|要做(?:世界|一|最|的)|致力于|(?<!to )(?<!n['’]t )talk about|our (?:vision|mission)", re.IGNORECASE)),
    (1.2, re.compile(r"一直觉得|(?:我|我们)(?:个人)?(?:认为|相信|希望)|\b(?:I|we) believe", re.IGNORECASE)),
    (0.6, re.compile(r"(?:我|我们)(?:个人)?觉得|\b(?:I|we) think", re.IGNORECASE)),
    (0.9, re.compile(r"核心|关键|最重要|最难|本质|总结|一定要|不要|应该|才能|most important|the (?:point|key)|have to|should", re.IGNORECASE)),
    (0.5, re.compile(r"是一家|我们(?:做的|要|是|采用|发现)|目标|所以|解决|we (?:are|want)", re.IGNORECASE)),
    (-2.5, re.compile(r"谢谢|感谢|大家(?:下午|晚上|早上)?好|各位好|很高兴|非常开心|不好意思|接下来|时间交给|首席|自我介绍|我叫|我是.{0,12}的|thank|hello|welcome|\b(?:some|my|your|more|other) (?:questions?|comments?|points)\b", re.IGNORECASE)),
    (-1.5, re.compile(r"举个|打个比方|打比方|比如|例如|刚才|刚刚|前面|像我|对吧|是吧|for example|you know", re.IGNORECASE)),
    (-1.0, re.compile(r"(?:这个|这种|这些|那种|该)(?:问题|方式|方法|情况|角度|挑战|层面)|(?:、[^、,，。]{1,8}){4,}|这两点|这三点|此", re.IGNORECASE)),
    (-2.0, re.compile(r"(?:的话|时候|之后|以后|之前|[但因]|为了|以及|需求)$")),
    (-0.8, re.compile(r"这个(?!公司|产品|方向|行业|问题)|那个|就是说|怎么说|这么一个|的一个|\b(?:um|uh|mm|er|erm)\b|\b(\w+) \1\b")),
)  # fmt: skip
_TOPIC = re.compile(r"(?:话题|主题|围绕|讨论|聊的是|要聊|topic|discuss)", re.IGNORECASE)
_HOST = 2.5  # for the sentence in which a host says what it is about
_PART = -0.6  # for each end that is not its sentence's
_OPEN = -1.2  # for opening with a pronoun or a connective
_MIDST = -0.8  # for beginning with a small letter: another spoke, or the words before are in the sentence before
_FILLER = -0.7  # for a sentence that announces, greets or breaks off
_BUILDING = frozenset(terms(" ".join(BUILDS)))
_CLAUSE = re.compile(r"[,，;；:：]")


def overview(stage: Stage, people: Sequence[str] = ()) -> Draft:
    """One own quote of every speaker in stage order, or several of one; never abstains."""
    spoken = [s for s in speakers(stage.transcript) if not people or s in people]
    substance = _substance(stage)
    if not spoken:
        quotes = tuple(Quote(span) for span in _telling(stage, substance, None, 4))
        return Draft(Outcome.ANSWER, say(stage.lang, "overview_text"), quotes)
    if len(spoken) == 1:
        quotes = tuple(Quote(span) for span in _telling(stage, substance, spoken[0], 4))
        lead = say(stage.lang, "overview_one", name=name(stage.lang, stage.card, spoken[0]))
        return Draft(Outcome.ANSWER, lead, quotes)
    best = [(s, span) for s in spoken for span in _telling(stage, substance, s, 1)]
    quotes = tuple(Quote(span, lead=attribution(stage.lang, stage.card, s)) for s, span in best)
    return Draft(Outcome.ANSWER, say(stage.lang, "overview"), quotes)


def _telling(stage: Stage, substance: NDArray[np.floating], speaker: str | None, n: int) -> list[Span]:
    """The n windows that tell most of what a speaker says, no two of one sentence; in spoken order."""
    segment, transcript = stage.segment, stage.transcript
    mine = _own(stage, speaker)
    if not mine:
        return []
    ours = _standard(substance[mine])
    windows = [(i, z, span) for i, z in zip(mine, ours, strict=True) for span in _windows(stage, i)]
    if not windows:
        return []
    known = _terms(segment)
    normal = _NORMAL * _per_character(segment)
    said = [transcript.text[slice(*span)] for _, _, span in windows]
    salience = _standard(np.array([_salience(words, known, normal) for words in said]))
    content = _standard(np.array([_content(frozenset(terms(words))) for words in said]))
    host, filler = speaker in askers(transcript, stage.card), read(transcript).filler
    scores = [
        _SUBSTANCE * z
        + _SALIENCE * s
        + _CONTENT * c
        + _marked(words, host=host)
        + _PART * ((span[0] > segment.sentences[i].start) + (span[1] < segment.sentences[i].end))
        + _FILLER * filler[i]
        for (i, z, span), words, s, c in zip(windows, said, salience, content, strict=True)
    ]
    chosen: dict[int, Span] = {}
    for at in np.argsort(-np.array(scores), kind="stable"):
        i, _, span = windows[at]
        if len(chosen) < n and i not in chosen:
            chosen[i] = span
    return [chosen[i] for i in sorted(chosen)]


def _own(stage: Stage, speaker: str | None) -> list[int]:
    """A speaker's sentences: of their talk, where they gave one; what they asked or answered later counts only else."""
    turns, segment = stage.transcript.turns, stage.segment
    own = [
        i for i, t in enumerate(segment.turns) if turns[t].speaker == speaker and turns[t].kind is not TurnKind.TITLE
    ]
    return _main_turn(segment, [i for i in own if turns[segment.turns[i]].kind is TurnKind.TALK] or own, own)


def _main_turn(segment: Segment, talk: list[int], own: list[int]) -> list[int]:
    """The sentences of the longest turn, where it holds most of what they say; else all, asked and answered too."""
    if not talk:
        return own
    longest, n = Counter(int(segment.turns[i]) for i in talk).most_common(1)[0]
    return [i for i in talk if segment.turns[i] == longest] if 2 * n > len(own) else own


def _windows(stage: Stage, i: int) -> Iterator[Span]:
    """A sentence that fits, or the runs of its clauses that do; intact, no question, not seen before."""
    text, sentence = stage.transcript.text, stage.segment.sentences[i]
    letters = _per_character(stage.segment)
    shortest, longest = _SHORTEST * letters, OVERVIEW_LIMIT * letters
    if text[sentence.end - 1] in "?？":
        return
    lost = [h.offset for h in stage.transcript.holes if h.kind is not HoleKind.MASK]
    cuts = [m.start() for m in _CLAUSE.finditer(text, sentence.start, sentence.end)]
    starts = [sentence.start, *(cut + 1 for cut in cuts)] if sentence.end - sentence.start > longest else []
    ends = [*cuts, sentence.end]
    whole = [(sentence.start, sentence.end)]
    for start, end in whole if not starts else [(a, b) for a in starts for b in ends if b > a]:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        fits = shortest <= end - start <= longest
        intact = not any(start <= at <= end for at in lost)
        if fits and intact and not any(a < end and start < b for a, b in stage.seen):
            yield start, end


def _terms(segment: Segment) -> Sequence[Term]:
    """What the talk keeps coming back to; in English the nouns alone, as its most frequent words say nothing."""
    found = lexicon(segment.transcript)
    if not segment.is_chinese:
        things = nouns(segment.transcript.text)
        found = tuple(term for term in found if term.text.casefold() in things)
    return found[:_TERMS]


def _per_character(segment: Segment) -> float:
    """How many characters of a talk say what one does in Chinese."""
    return 1.0 if segment.is_chinese else _LETTERS


def _salience(words: str, terms: Sequence[Term], normal: float) -> float:
    """How much of what the talk keeps coming back to these words hold, for their length."""
    held = [t for t in terms if t.text in words]
    whole = [t for t in held if not any(t.text != o.text and t.text in o.text for o in held)]
    return float(np.sum(np.log1p([t.count for t in whole])) / max(len(words), normal) ** 0.5)


def _substance(stage: Stage) -> NDArray[np.floating]:
    """How far each sentence [n] lies towards those rich in content from the mean of all."""
    vectors = stage.segment.sentence_vectors.astype(np.float32)
    counts = np.array([_content(held) for held in read(stage.transcript).words], np.float32)
    rich = np.minimum(counts, max(float(np.quantile(counts, _MANY)), 1.0)) ** _RICH @ vectors
    return np.asarray(vectors @ (_unit(rich) - _unit(vectors.sum(axis=0))))


def _content(held: frozenset[str]) -> int:
    """How many of some terms are of content: pairs of Chinese characters, and what builds no sentence."""
    return sum(len(t) > 2 and t not in _BUILDING if latin(t) else len(t) == 2 for t in held)


def _unit(vector: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(vector / (float(np.linalg.norm(vector)) or 1.0))


def _marked(words: str, *, host: bool) -> float:
    marks = sum(weight * min(len(pattern.findall(words)), 2) for weight, pattern in _MARKS)
    return (
        marks
        + _OPEN * opens_open(words)
        + _MIDST * words[0].islower()
        + (_HOST if host and _TOPIC.search(words) else 0.0)
    )


def _standard(values: NDArray[np.floating]) -> NDArray[np.floating]:
    spread = float(values.std()) or 1.0
    return np.asarray((values - values.mean()) / spread)
