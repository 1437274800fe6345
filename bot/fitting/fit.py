"""Whether quotes can be an answer at all: they have what the question's type asks for, and the thing it asks about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from index.dictionary import HAN
from index.focus import BUILDS
from index.gloss import content, glosses, titled
from index.sparse import latin, normal, terms
from index.types import Transcript

from ..checks.gazetteer import gazetteer, written_in
from ..checks.names import strange_names
from ..checks.source import source
from ..question import Asked, Kind
from ..reading import KEPT, read
from ..stage import Stage, speakers
from .counted import counts, counts_acronym, counts_things
from .counted import demanded as counted_noun
from .date import DATED, LASTS, POINT
from .demand import demanded
from .figure import AMOUNT, ENGLISH, ROUND
from .instance import dated_alike, instanced
from .unheard import unheard

_FIGURE = re.compile(
    rf"\d|[{ROUND}]+[多余]?\s*(?:[十百千万亿]+|[个家人名位次轮倍元块点成年月天秒台条米款项种杯颗]|美[元金]|公里|小时|分钟|百万|download)|百分之"
    rf"|\b(?:{ENGLISH})\b",
    re.IGNORECASE,
)
# The measure word that a question asks for: its answer is counted in the same.
_MEASURE_ASKED = re.compile(
    r"(?:[几幾]|多少)\s*个?(秒|分钟|小时|天|周|月|年|岁|公里|米|倍|轮|人|家|杯|台|元|块|美金|美元|层|届|集|页|吨|亩|辆|架|艘|平方米|字|分(?![钟之])|票|本|张|道|节|首|棵)"
)
_NUMERAL = rf"[\d{AMOUNT}]\s*[多余]?\s*个?"
# The same in English, with how a quote in either language counts it.
_MEASURES_EN: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (measure, re.compile(rf"\bhow many (?:more )?{asked}\b", re.IGNORECASE), re.compile(held, re.IGNORECASE))
    for measure, asked, held in (
        ("秒", "seconds?", rf"{_NUMERAL}秒|\bseconds?\b"),
        ("分钟", "minutes?", rf"{_NUMERAL}分钟|\bminutes?\b"),
        ("小时", "hours?", rf"{_NUMERAL}(?:小时|钟头)|\bhours?\b"),
        ("天", "days?", rf"{_NUMERAL}[天日]|\bdays?\b"),
        ("周", "weeks?", rf"{_NUMERAL}(?:周|星期)|\bweeks?\b"),
        ("月", "months?", rf"{_NUMERAL}月|\bmonths?\b"),
        ("年", "years?", rf"{_NUMERAL}(?<!\d{{4}})(?<!\d{{4}}\s)(?:年|岁|周年)|\byears?\b"),
        ("米", "(?:metres?|meters?)", rf"{_NUMERAL}米|\bmet(?:re|er)s?\b"),
    )
)
_IN_ENGLISH = {measure: held for measure, _, held in _MEASURES_EN}
# A year of four digits is a date and no number of years.
_SAME_MEASURE = {
    "人": "[人名位]",
    "名": "[人名位]",
    "位": "[人名位]",
    "月": "个?月",
    "块": "[块元]",
    "元": "[块元]",
    "年": r"(?<!\d{4})(?<!\d{4}\s)年",
    "分": "(?<![十万])分(?![钟之])",
}
_ARTICLE = re.compile(r"(?<![只仅就唯])一[个個种種些样樣下般直定起点點部体體切]")  # counts nothing: "a waste", "some"
# A question after a company may name it by what it makes: "抖音那家公司".
_MAKER = re.compile(r"公司|厂商|企业|厂家|东家|\b(?:compan(?:y|ies)|makers?|firms?|vendors?|owners?)\b", re.IGNORECASE)
_SHORTEST = 3  # letters of a name that can be missed
_TITLED = 4  # words, the fewest of which it can be told that all have capitals
_FIRST = re.compile(r"^\W*[A-Z][a-z]+\b(?![A-Z])")
_NO_NAME = re.compile(r"Q&A|QA|FAQ|TL|DR|OK|PS|FYI|ASAP|HR|PR|IT|TV|vs\.?|VS")
# Words in small letters that are Chinese by sound: left over where no word of the talk sounds so.
_PINYIN = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ia|ua|uo|a|o|e|i|u|v))+(?![A-Za-z0-9])"
)
_MOST_OF = 0.5  # share of a name that a word of the talk must be to stand for all of it
_LIKE = 0.75  # similarity of spellings from which a name is a slip of one that occurs (pincap, PingCAP)


def satisfies(asked: Asked, quotes: Iterable[str]) -> bool:
    """Whether the quotes hold what is asked for by name or by kind: money, a school, a date, a figure."""
    words = "\n".join(quotes)
    if not all(held.search(words) for held in demanded(asked.text)):
        return False
    measure = _MEASURE_ASKED.search(normal(asked.text)) if not asked.is_(Kind.COMPARE) else None
    if measure and not _measured(measure[1], words):
        return False
    if any(wanted.search(asked.text) and not held.search(words) for _, wanted, held in _MEASURES_EN):
        return False
    counted = counted_noun(asked.text) if not measure and HAN.search(words) else None
    if (counted and not counts(counted, words)) or not counts_acronym(asked.text, words):
        return False
    if not counts_things(asked.text, words):
        return False
    if asked.is_(Kind.HOW_MANY) and not _FIGURE.search(_ARTICLE.sub("", words)):
        return False
    if asked.is_(Kind.WHEN) and not (DATED if LASTS.search(asked.text) else POINT).search(words):
        return False
    return instanced(asked, words) and dated_alike(asked, words)


def _measured(measure: str, words: str) -> bool:
    """Whether words in either language count something in the measure that a Chinese question asks for."""
    if not HAN.search(words):
        return measure not in _IN_ENGLISH or bool(_IN_ENGLISH[measure].search(words))
    return bool(re.search(_NUMERAL + _SAME_MEASURE.get(measure, re.escape(measure)), words))


def told_by(asked: Asked, words: str) -> bool:
    """Whether words have the kind of thing asked for by name; not where nothing is."""
    demands = tuple(demanded(asked.text, certain=True))
    return bool(demands) and all(held.search(words) for held in demands)


def lacks(asked: Asked, text: str) -> bool:
    """Whether a question asks by name for a kind of thing of which the whole transcript has none."""
    return any(not held.search(text) for held in demanded(asked.text, certain=True))


def asks(asked: Asked) -> bool:
    """Whether these words ask for something: a part of a question may only name what it is about."""
    return bool(asked.kinds) or any(demanded(asked.text))


def unknown_names(asked: Asked, stage: Stage) -> tuple[str, ...]:
    """Names of a question that the transcript never mentions, in any like spelling or in the other language.

    A question in English is full of words that a Chinese transcript does not have: there, a name is told by its capital.
    """
    if named := tuple(unheard(asked, stage.transcript)):
        return named
    if HAN.search(asked.text):
        return (*_latin_names(asked, stage.transcript), *_known_elsewhere(asked.text, stage))
    if is_titled(asked.text):
        return ()
    whole = source(stage, range(len(stage.segment.sentences)))
    meant = glosses(asked.text, stage.transcript)
    book = gazetteer(stage.card)
    meaning = book.loosely if _MAKER.search(asked.text) else book.strictly
    known = "\n".join((whole.known, *speakers(stage.transcript)))

    def stands(name: str) -> bool:
        """Whether it is a name all the same in other words, or just a word with a capital."""
        a_word = (not name.istitle() or name not in book.row_of) and set(terms(name)) & meant.keys()
        return bool(a_word or _NO_NAME.fullmatch(name)) or written_in(meaning(name), known)

    plain = _FIRST.sub(lambda m: m.group().lower(), asked.text, count=1)
    for called in titled(asked.text, stage.transcript):
        plain = plain.replace(called, " ")
    strange = strange_names(plain, whole)
    return tuple(name for name in strange if not stands(name))


def is_unread(asked: Asked, stage: Stage) -> bool:
    """Whether of a question in another language most words stand nowhere in the talk, so that it is hardly understood."""
    segment, where = stage.segment, read(stage.transcript).where
    if not segment.is_foreign_to(asked.text) or asked.is_(Kind.IDENTITY):
        return False
    light = {*asked.topic} - {*content(asked.text)} if segment.is_chinese else frozenset[str]()
    telling = [term for term in asked.topic if not (latin(term) and term in light)]
    strange = [term for term in telling if latin(term) is segment.is_chinese and term not in where]
    return 2 * len(strange) > len(telling)


def is_titled(text: str) -> bool:
    """Whether nearly every word has a capital, so that it tells no name: "What Is The Plan For Next Year". The words that
    only build the question must have one too: "Does Alluxio support Windows?" names two things.
    """
    words = re.findall(r"[A-Za-z]{2,}", text)
    builds = [word for word in words[1:] if word.lower() in BUILDS]
    capitals = sum(not word[0].islower() for word in words)
    return len(words) >= _TITLED and capitals > len(words) * 2 / 3 and any(not word[0].islower() for word in builds)


def _known_elsewhere(text: str, stage: Stage) -> Iterator[str]:
    """Chinese names of the world's companies, schools and places that the transcript has by none of their names."""
    book = gazetteer(stage.card)
    meaning = book.loosely if _MAKER.search(text) else book.strictly
    for match in book.chinese.finditer(text):
        if not written_in(meaning(match.group()), stage.transcript.text):
            yield match.group()


def _latin_names(asked: Asked, transcript: Transcript) -> tuple[str, ...]:
    """Latin names of a Chinese question that the transcript does not have."""
    pinyin = {term for word in _PINYIN.findall(asked.text) for term in terms(word)}
    wanted = [t for t in asked.topic if latin(t) and len(t) >= _SHORTEST and not t.isdigit() and t not in pinyin]
    held = _latin_terms(transcript) if wanted else ()
    return tuple(name for name in wanted if not any(_alike(name, other) for other in held))


@lru_cache(maxsize=KEPT)
def _latin_terms(transcript: Transcript) -> frozenset[str]:
    """The terms of a transcript that could be names; reading them takes longer than anything else here."""
    return frozenset(t for t in terms(HAN.sub(" ", normal(transcript.text))) if len(t) >= _SHORTEST)


def _alike(name: str, other: str) -> bool:
    """Whether a name is a part of another word, holds it and little else (GPT is not all of ChatGPT), or is spelt like it."""
    holds = other in name and len(other) >= _MOST_OF * len(name)
    return name in other or holds or SequenceMatcher(None, name, other).ratio() >= _LIKE
