"""Whether quotes can be an answer at all: they have what the question's type asks for, and the thing it asks about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from index.dictionary import HAN
from index.gloss import glosses
from index.sparse import latin, normal, terms
from index.types import Transcript

from .checks.gazetteer import gazetteer, written_in
from .checks.names import strange_names
from .checks.source import source
from .question import Asked, Kind
from .reading import KEPT
from .stage import Stage, speakers

_DATE = re.compile(
    r"\d{1,4}\s*(?:年|月|日|号)|世纪|年代|[\d一二三四五六七八九十两几半多]+\s*(?:年|个?月|天|小时|分钟|周|秒)"
    r"|[去今明前后当]年|昨天|今天|最近|刚刚|马上|\b(?:years?|months?|weeks?|days?|hours?|ago|since|today|tomorrow|yesterday|spring|summer|autumn|winter)\b|[春夏秋冬]天|[年开][初底春]|\b(?:January|February|March|April|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百千两几数半上]+[多余]?\s*(?:[十百千万亿]+|[个家人名位次轮倍元块点成年月天秒台条米款项种杯颗]|美[元金]|公里|小时|分钟|百万|download)|百分之"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)
# What a question asks for by name, and what an answer to it cannot do without.
_DEMANDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(held, re.IGNORECASE))
    for asked, held in (
        (  # a year
            r"哪一?年|几几年|\b(?:which|what) year\b",
            r"\d{2,4}\s*年|世纪|年代|[去今前当]年|年前|\b(?:19|20)\d\d\b",
        ),
        (  # money
            r"多少钱|价格(?!战)|价钱|金额|估值|市值|营收|收入|售价|股价|收盘价|融了?(?:资)?(?:到)?多少(?!家|人|个|次|轮)|how much money|\bprices?\b(?! wars?)"
            r"|\bhow much (?:does|do|did|is|are|was|were|would|will)\b.{0,60}\b(?:pay|paid|cost|raised?|sell|sold|earn|worth|spend|spent|charge)\b",
            r"[\d一二三四五六七八九十百千万亿两几数]\s*(?:[万亿]\s*)?(?:元|美元|美金|人民币|块钱|欧元|日元)|[$¥€]\s*\d|\b(?:dollars?|euros?|pounds?|yuan|bucks)\b",
        ),
        (  # an address
            r"地址(?:是|给|发|呢|$)|网址|链接|官网|邮箱|电话号码|微信号|\burl\b|\blink\b|\be-?mail\b|phone number",
            r"https?://|www\.|\b[\w-]+\.(?:com|org|cn|net|io)\b|@|\d{7,}",
        ),
        (  # a share
            r"百分之[几多]|百分比|占比|份额|比例|[几幾]成|percent|what share|proportion",
            r"[%％]|百分之|[一二三四五六七八九两几]成|[\d一二三四五六七八九十]分之|一半|倍|\bhalf\b|percent",
        ),
        (  # a name
            r"(?:叫|取名|起名)(?:什么|什麼|啥)|名[字称稱](?:是|叫)?(?:什么|什麼|啥)|\bwhat (?:is|was|are|were)\b.{1,60}\bcalled\b|\bwhat.{1,20}\bnames? (?:of|for)\b",
            r"叫|[称稱]|名[为為叫字]|[《“「『\"]|\b(?:called|named|name)\b|[A-Za-z]{2}",
        ),
        (  # a school
            r"(?:哪[个所间]?|什么|哪里的?)(?:大学|学校|学院)|毕业于哪|哪里毕业|毕业院校|学历|[什哪][么个种]学位|\beducational background\b|\b(?:what|which) degrees?\b|\b(?:which|what) (?:university|college|school)\b",
            r"大学|大學|学院|學院|学校|學校|毕业|畢業|学士|硕士|学位|本科|读博|\b(?:university|college|school|institute|degree|ph\.?d|bachelor|master)",
        ),
        (  # a language
            r"(?:什么|哪种|哪门|哪些)(?:编程|开发|程序)?(?:语言|語言)|\b(?:which|what) (?:programming )?languages?\b",
            r"语言|語言|[汉漢英法德日俄韩韓]语|[中英日法德]文|\b(?:java|python|rust|golang|go|scala|erlang|ruby|swift|kotlin|english|chinese|french|german|language)\b|C\+\+",
        ),
        (  # a protocol
            r"(?:什么|哪种|哪个|哪些)(?:网络|通信|传输)?(?:协议|協議)|\b(?:which|what) protocols?\b",
            r"协议|協議|\bprotocol\b|\b(?:HTTPS?|TCP|UDP|RDMA|MQTT|g?RPC|SMTP|FTP)\b",
        ),
        (  # a licence
            r"(?:什么|哪种|哪个|哪份)(?:开源)?(?:许可证?|授权|协议书)|\b(?:which|what) licen[cs]e",
            r"许可|授权|\blicen[cs]ed?\b|\b(?:GPL|BSD|MIT|Apache)\b",
        ),
        (  # a seat of government
            r"首都|省会|首府|\bcapital(?: city)? of\b|\bcapital city\b",
            r"首都|省会|首府|都城|\bcapital\b",
        ),
        (  # the weather
            r"天气|气温|下雨[吗了]|\b(?:weather|forecast)\b",
            r"天气|气温|[下暴大]雨|[下大]雪|晴天|阴天|台风|\b(?:weather|rain(?:y|s|ing)?|snow(?:y|s|ing)?|sunny|degrees)\b",
        ),
        (  # how many live there
            r"人口|\bpopulation\b|\bhow many people live\b",
            r"人口|[万亿]人|居民|\b(?:population|inhabitants|people)\b",
        ),
        (  # where somebody has their headquarters
            r"总部.{0,4}(?:在哪|哪里|哪儿|哪个|什么地方)|\bwhere (?:is|are|was) .{1,40}\b(?:headquartered|headquarters|based)\b",
            r"总部|位于|坐落|\bheadquarter|\bbased in\b",
        ),
        (  # how old somebody is
            r"年龄(?!段)|年纪|岁数|几岁|多少岁|\bhow old (?:is|was|are|were) (?:he|she|they|the (?:speakers?|guests?|hosts?|founders?)|(?-i:[A-Z]\w+ [A-Z]\w+))\b",
            r"岁|出生|生于|[5-9]0后|\byears? old\b|\bborn\b",
        ),
        (  # how tall something is that stands
            r"[山峰楼塔][^,，。?？的]{0,3}多高|(?:海拔|身高)(?:是|有)?多|\bhow tall\b|\bhow high (?:is|are) (?:the )?(?:mount|mt)\b|\b(?:height|elevation) of\b",
            r"[\d一二三四五六七八九十百千两几]\s*(?:米|公里|英尺|层)|\b(?:met(?:re|er)s?|feet|foot|storeys?|stories)\b",
        ),
    )
)
_LOOSE = 5  # of the demands, the first, are met in more ways than can be listed
# The measure word that a question asks for: its answer is counted in the same.
_MEASURE_ASKED = re.compile(
    r"(?:[几幾]|多少)\s*个?(秒|分钟|小时|天|周|月|年|岁|公里|米|倍|轮|人|家|杯|台|元|块|美金|美元)"
)
# What is counted, where it is named: "多少员工" is not answered by a number of years.
_COUNTED = re.compile(r"多少(?:[个名位家种款台])?(?!时间|次数|程度)([\u4e00-\u9fff]{2})")
_NUMERAL = r"[\d一二三四五六七八九十百千万亿两几数半]\s*[多余]?\s*个?"
# A year of four digits is a date and no number of years.
_SAME_MEASURE = {
    "人": "[人名位]",
    "名": "[人名位]",
    "位": "[人名位]",
    "月": "个?月",
    "块": "[块元]",
    "元": "[块元]",
    "年": r"(?<!\d{4})(?<!\d{4}\s)年",
}
_WANTED = {Kind.WHEN: _DATE, Kind.HOW_MANY: _FIGURE}
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
    if any(wanted.search(asked.text) and not held.search(words) for wanted, held in _DEMANDS):
        return False
    measure = _MEASURE_ASKED.search(normal(asked.text))
    if measure and not re.search(_NUMERAL + _SAME_MEASURE.get(measure[1], re.escape(measure[1])), words):
        return False
    counted = _COUNTED.search(normal(asked.text))
    if counted and not measure and counted[1] not in normal(words):
        return False
    return all(pattern.search(words) for kind, pattern in _WANTED.items() if kind in asked.kinds)


def told_by(asked: Asked, words: str) -> bool:
    """Whether words have the kind of thing asked for by name; not where nothing is."""
    demands = [held for wanted, held in _DEMANDS[_LOOSE:] if wanted.search(asked.text)]
    return bool(demands) and all(held.search(words) for held in demands)


def lacks(asked: Asked, text: str) -> bool:
    """Whether a question asks by name for a kind of thing of which the whole transcript has none."""
    return any(wanted.search(asked.text) and not held.search(text) for wanted, held in _DEMANDS[_LOOSE:])


def asks(asked: Asked) -> bool:
    """Whether these words ask for something: a part of a question may only name what it is about."""
    return bool(asked.kinds) or any(wanted.search(asked.text) for wanted, _ in _DEMANDS)


def unknown_names(asked: Asked, stage: Stage) -> tuple[str, ...]:
    """Names of a question that the transcript never mentions, in any like spelling or in the other language.

    A question in English is full of words that a Chinese transcript does not have: there, a name is told by its capital.
    """
    if HAN.search(asked.text):
        return (*_latin_names(asked, stage.transcript), *_known_elsewhere(asked.text, stage))
    if _is_titled(asked.text):
        return ()
    whole = source(stage, range(len(stage.segment.sentences)))
    meant = glosses(asked.text, stage.transcript)
    book = gazetteer(stage.card)
    known = "\n".join((whole.known, *speakers(stage.transcript)))

    def stands(name: str) -> bool:
        """Whether it is a name all the same in other words, or just a word with a capital."""
        a_word = name.istitle() and name not in book.row_of and set(terms(name)) & meant.keys()
        return bool(a_word or _NO_NAME.fullmatch(name)) or written_in(book.loosely(name), known)

    strange = strange_names(_FIRST.sub(lambda m: m.group().lower(), asked.text, count=1), whole)
    return tuple(name for name in strange if not stands(name))


def _is_titled(text: str) -> bool:
    """Whether nearly every word has a capital, so that it tells no name: "What Is The Plan For Next Year"."""
    words = re.findall(r"[A-Za-z]{2,}", text)
    return len(words) >= _TITLED and sum(not word[0].islower() for word in words) > len(words) * 2 / 3


def _known_elsewhere(text: str, stage: Stage) -> Iterator[str]:
    """Chinese names of the world's companies, schools and places that the transcript has by none of their names."""
    book = gazetteer(stage.card)
    for match in book.chinese.finditer(text):
        if not written_in(book.loosely(match.group()), stage.transcript.text):
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
