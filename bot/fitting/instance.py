"""Whether quotes have what a question word asks for: somebody, a place, one of a kind, a length of time.

Only what can be told by its form is asked for, and each form is read widely: what is refused here has nothing that could
be such an answer. Names are those of the dictionary and the table, Latin words with a capital, and
neighbouring characters that make no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.dictionary import HAN, Word, words
from index.names import HONORIFIC, SURNAME
from index.sparse import normal

from ..question import Asked, Kind
from .figure import NUMERALS

_I = re.IGNORECASE
_WHO = re.compile(r"谁|誰|哪位|何人|\bwho(?:m|se)?\b", _I)
_WHERE = re.compile(
    r"哪里|哪裡|哪儿|在哪(?![个個家种方])|什么地方|何处|^where\b|\bwhere (?:is|was|are|were|did|does|do|will|can)\b", _I
)
_LASTS = re.compile(r"多久|多长时间|多長時間|\bhow long (?:did|does|do|has|have|had|will|was|were|is|are|it)\b", _I)
_AGO = re.compile(r"多久(?:以?前|以?后|一次)")
_WHICH = re.compile(
    r"(?:哪一?[家个個所款座间支本部首门門届屆]|(?:什么|哪些)(?=大学|学校|学院|中学|医院|银行|城市|国家))(?!的|嘉宾|创始|讲者|老师|人)([\u4e00-\u9fff]{2})|\b(?:which|what) (?:\w+ )?(company|hospital|university|school|bank|city|country|province|region|person|author|book|investor|founder|customer)\b",
    _I,
)
_MOST = re.compile(
    r"最(?!近|后|後|终|終|初|早期|新)|\b(?:most|(?!(?:for|inter|mod|harv|gu|prot|requ|t|inv|b|w|sugg|hon|l)est\b)[a-z]{3,}est|least)\b",
    _I,
)
_WHICH_MOST = re.compile(r"\b(?:which|what) \w+ (?:has|had|is|was|are|were) the (?:most|least|[a-z]{3,}est)\b", _I)
_MOST_SAID = re.compile(
    r"最(?!近|后|後|终|終|初)|第一|首[个個家位次]|唯一|\b(?:most|best|least|worst|only|first|[a-z]{3,}est)\b", _I
)
_TITLED = re.compile(rf"{SURNAME}[\u4e00-\u9fff]{{0,2}}{HONORIFIC}")
_SOMEBODY = re.compile(
    r"创始人|投资人|老师|教授|博士|[院校部局区市县省处科所社会船队厂州]长|总[裁监编理统经]|主任|书记|主席|皇帝|国王|将军|导演|演员|作家|歌手|球员"
    r"|教练|记者|医生|律师|[学研]生|同学|同事|朋友|家长|[父母]亲|爸|妈|丈夫|妻子|儿子|女儿|[哥弟姐妹][哥弟姐妹]|老板|员工|团队|公司|集团|企业|机构|政府|部门|协会|大学|银行|用户|客户|观众|听众|主持人|嘉宾"
    r"|先生|女士|太太|夫人|孩子|[\u4e00-\u9fff](?<![或再])者|[家人师員员]们"
    r"|\b(?:he|she|him|her|they|them|mr|mrs|ms|dr|professor|founder|investor|teacher|student|friend|team|company|government|minister|president|director|manager|father|mother|wife|husband|brother|sister|people|guys?|committee|police|council|everybody|everyone|somebody|someone|you)\b",
    _I,
)
_SELF = re.compile(r"我|咱|\b(?:I|we|me|us|my|our)\b", _I)
_PLACE = re.compile(
    r"[省市县縣州国國岛島村镇鎮街路楼樓厦馆館院校港湾灣河山湖海区區洲]|公司|大学|中心|机场|广场|总部|线上|網上|网上|网站|博客|微博|论坛|平台|国外|海外|[在回]家|家里|当地|这里|那里|\b(?:in|at|from|near|to|here|there|online|zoom|home|office)\b",
    _I,
)
_NAME = re.compile(
    r"\bwhat(?: is|['’]s| was| are| were) .{1,60}\b(?:names?|called)\b|\bwhat(?: is|['’]s| was) the names? of\b", _I
)
_NAMES = re.compile(r"\b(?:called|named|calls?|name it|names? (?:it|them))\b", _I)
_WITHIN = re.compile(r"(?<=[a-z,] )(?!I\b|I['’])[A-Z][\w-]*")
_SPAN = re.compile(
    rf"(?:[\d{NUMERALS}半多]\s*[多余來来]?\s*(?:个|個)?\s*(?:[天周週秒日夜岁歲代辈月]|小时|小時|分钟|分鐘|星期|钟头|世纪|世紀|季度)(?![之以]?[后後])"  # 一个月之后 is when, not how long
    r"|(?<!\d{4})(?<!\d{4}\s)年(?!代|[之以]?[后後])|至今|直到|一直|长期|永远|終身|终身|\d{4}.{0,12}[-—~至到].{0,6}\d{4})"
    r"|\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|forever|until|since|while|long)\b",
    _I,
)
_LATIN_NAME = re.compile(r"(?<![A-Za-z])(?:[A-Z][A-Za-z0-9+-]{2,}|[a-z]+[A-Z][A-Za-z]*)")
_IN_LATIN = re.compile(rf"[在去到从於于] ?{_LATIN_NAME.pattern}")
_NO_NAME = frozenset(["CEO", "CTO", "CFO", "COO", "APP", "PPT", "GPU", "CPU", "The", "And", "But", "This", "That", "There", "They", "What", "When", "You", "Yes", "Well", "Yeah", "Okay", "She", "Because", "Which", "Then", "Just", "Like", "Now", "How", "Why", "Who", "Are", "For", "Not", "Did", "Does", "Can", "Could", "Would", "Should", "Was", "Were", "Have", "Has", "Let", "Our", "His", "Her", "Its", "All", "Some", "One", "Two", "With", "From", "Right", "Sure", "Thank", "Thanks", "Hmm", "Mmm"])  # fmt: skip
# Kinds that are told in Chinese by a name with the kind in it.
_IN_CHINESE = {"university": "大学|学院", "school": "学校|[中小]学|学院", "hospital": "医院", "bank": "银行"}
_PLACES = re.compile(r"地[区方点]|大学|大學|学校|学院|university|school", _I)
_LANDS = re.compile(r"国家|國家|城市|省份|city|country|province|region", _I)
_IS_PLACE = re.compile(r"\b(?:district|city|province|county|capital|country|municipality|island|region|republic|prefecture|continent|China|Japan|USA|America|Europe|Asia|Africa)\b")  # fmt: skip
_NO_LAND = re.compile(r"\d|compan|corporation|brand|公司|大[学學]|dynasty|school|Buddh|ethnic|\(")
# Kinds that bear names, so that one is none by itself, and those of them whose kind is said with an unknown name.
_FULLY_NAMED = re.compile(r"银行|大学|学校|学院|中学|医院")
_BEARS_NAMES = re.compile(r"公司|企业|集团|银行|大学|学校|学院|中学|医院|国家|城市|省份|机构|基金")
# Single characters that build sentences: two of them side by side are no name.
_BUILDS = frozenset(
    "的了是在我你您他她它们咱这那哪有没不也就都很还要会能可和与跟对把被从到给让为以所而但或且则又再更最太挺好多少大小高低一二三四五六七八九十百千万亿两几半个些种样位家次下上里中内外前后去来出进回起过着得地吧吗呢啊呀嘛哦嗯说讲看做用叫想问请等之其于由按因如比像当时候年月日天点人事话钱路头边面"
)
_VAGUE = _BUILDS | frozenset("么任何同整型数己")
_LEAST = 0.4  # share of the question's topic (characters, or words) within a clause that speaks of oneself, for oneself to be the answer
_CLAUSE = re.compile(r"[,，;；。.!！?？、:：\n]")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?=\s*(?:年|\b|[\u4e00-\u9fff]))|\d+\.\d+")


def instanced(asked: Asked, quotes: str) -> bool:
    """Whether the quotes have somebody, a place, one of the kind, or a length of time, where that is asked for."""
    text = asked.text
    if _WHO.search(text) and not asked.is_(Kind.WHO_SAID) and not _has_somebody(asked, quotes):
        return False
    if _WHERE.search(text) and not (
        _PLACE.search(_without(quotes, text)) or any(_new_names(text, quotes, places=True))
    ):
        return False
    if _NAME.search(text) and not HAN.search(quotes) and not (_NAMES.search(quotes) or _newly_named(text, quotes)):
        return False
    if _LASTS.search(text) and not _AGO.search(text) and not _SPAN.search(quotes):
        return False
    return _has_one_of(text, quotes)


def dated_alike(asked: Asked, quotes: str) -> bool:
    """Whether the quotes have the years and the versions that the question states, unless they state none at all."""
    stated = set(_YEAR.findall(normal(asked.text)))
    told = set(_YEAR.findall(normal(quotes)))
    return not stated or not told or bool(stated & told)


def _newly_named(text: str, quotes: str) -> bool:
    """Whether English quotes have a name that the question does not: a word with a capital within a sentence."""
    return any(word.casefold() not in text.casefold() for word in _WITHIN.findall(quotes))


def _has_somebody(asked: Asked, quotes: str) -> bool:
    if _SOMEBODY.search(_without(quotes, asked.text)) or any(_new_names(asked.text, quotes)):
        return True
    if any(m.group() not in asked.text for m in _TITLED.finditer(quotes)):
        return True
    sought = set("".join(asked.topic)) if HAN.search(asked.text) else set(asked.topic)
    clauses = (clause for clause in _CLAUSE.split(normal(quotes)) if _SELF.search(clause))
    return any(sum(part in clause for part in sought) >= _LEAST * len(sought) for clause in clauses)


def _has_one_of(text: str, quotes: str) -> bool:
    """Whether one of a kind is named where "which company" is asked: the kind itself is said, or a name; and of "which is
    the largest" that something is the most. A kind that bears names must be told from others: 农业大学, not a 大学教授.
    """
    found = _WHICH.search(text)
    if found is None:
        return not _WHICH_MOST.search(text) or bool(_MOST_SAID.search(quotes))
    kind = found[1] or found[2].casefold()
    if HAN.search(quotes):
        kind = _IN_CHINESE.get(kind, kind)
    if _MOST.search(text) and not _MOST_SAID.search(quotes):
        return False
    if _is_told_apart(kind, text, quotes) if _BEARS_NAMES.match(kind) else kind.casefold() in quotes.casefold():
        return True
    if _LANDS.match(kind) and HAN.search(quotes):
        told = any(_is_land(word) and word.text not in text for word in words(quotes))
        return told or bool(_IN_LATIN.search(quotes))
    runs = not _FULLY_NAMED.match(kind)
    return any(_new_names(text, quotes, places=bool(_PLACES.match(kind)), runs=runs))


def _is_told_apart(kind: str, text: str, quotes: str) -> bool:
    """Whether words that build no sentence stand before a kind: 农业大学, and not 很多大学 or 是大学."""
    before = re.finditer(rf"([\u4e00-\u9fffA-Za-z]{{2}}) ?(?:{kind})", quotes)
    return any(m[1][-1] not in _VAGUE and m[1] not in text for m in before)


def _without(quotes: str, text: str) -> str:
    """The quotes without the words of the question: those are no answer to it."""
    for word in words(text):
        if len(word.text) > 1:
            quotes = quotes.replace(word.text, " ")
    return quotes


def _new_names(text: str, quotes: str, *, places: bool = False, runs: bool = True) -> Iterator[str]:
    """Names in the quotes that the question does not have, those of places if they are asked for; ``runs``: also such as
    no dictionary has.
    """
    fold = text.casefold()
    for name in _LATIN_NAME.findall(quotes):
        if name not in _NO_NAME and name.casefold() not in fold:
            yield name
    for word in words(quotes):
        if word.proper and word.text not in text and (places or not _is_place(word)):
            yield word.text
    if runs:
        yield from _unknown_runs(text, quotes)


def _unknown_runs(text: str, quotes: str) -> Iterator[str]:
    """Neighbouring characters that the dictionary has no word for and that build no sentence: 旷视."""
    run, end = "", -1
    for word in words(quotes):
        alone = len(word.text) == 1 and word.text not in _BUILDS
        run = (run if word.start == end else "") + word.text if alone else ""
        end = word.start + len(word.text)
        if len(run) > 1 and run not in text:
            yield run


def _is_land(word: Word) -> bool:
    """Whether a word may name a country or a city: of proper names those that the dictionary says more of are others."""
    return word.proper and (_is_place(word) or not _NO_LAND.search(word.entry))


def _is_place(word: Word) -> bool:
    return word.text[-1] in "国國省市区區县縣州洲岛島" or bool(_IS_PLACE.search(word.entry))
