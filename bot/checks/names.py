"""Names in a claim that its source does not hold: people, companies, products, places, in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from index.dictionary import HAN
from index.names import SURNAME
from index.people import people

from .gazetteer import Gazetteer, gazetteer, written_in
from .source import Source

_TOKEN = re.compile(r"(?<![A-Za-z0-9])\d*[A-Za-z][A-Za-z0-9]*(?:[.&+'’#-][A-Za-z0-9]+)*[+#]*")
_PLAIN = re.compile(
    r"^(?:I|I['’]\w+|[A-Z]|OK|Yes|No|He|She|It|They|We|You|The|This|That|These|Those|His|Her|Its|Their|Our)$"
)
_CALENDAR = re.compile(r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$")  # fmt: skip
# English sentences begin with a bare noun in the singular only if it is a mass noun or a name.
_MASS = re.compile(
    r"(?:ing|ion|ity|ness|ment|ance|ence|ship|ware|ture|age|ism|acy|ncy|logy|ery|dom|hood|th|al|ers?|ed|ly|ive|ful|less|ic|ous|able|body|one|thing)$"
    r"|^(?:money|data|revenue|growth|cash|work|time|code|traffic|capital|demand|trust|research|music|art|news|power|speed|access|space|what|when|where|who|why|how|which|if|as|at|in|on|for|from|with|by|but|and|or|so|then|there|here|while|because|since|although|after|before|both|each|most|many|some|all|few|more|less|one|two|three|four|five|six|seven|eight|nine|ten|another|other|today|now|only|even|also|not)$",
    re.IGNORECASE,
)
_KIND = re.compile(r"Logistics|Group|Holdings|Company|Corporation|Corp|Inc|Ltd|Limited|Technology|Technologies")
_VERB = re.compile(r"^\s+(?:is|was|has|had|will|would|can|could|may|does|did|says?|\w+(?:ed|[^s\W]s))\b")
_STARTS = re.compile(r"(?:^|[.!?:;]\s+|[“\"(]\s*)$")
# Surnames that seldom open a common word, so that two or three characters after one are a name.
_RARE_SURNAME = re.compile(
    r"(?<![\u4e00-\u9fff])?(?P<name>(?:[李刘陈杨赵吴徐孙朱郭罗郑梁宋唐许韩邓冯曹彭曾肖董潘袁蔡蒋杜魏苏吕卢姚沈崔谭陆范汪廖贾韦邹熊秦邱侯尹薛闫雷黎贺龚邵覃钱戴王张黄周胡马]|欧阳|司马|诸葛)[\u4e00-\u9fff]{1,2})"
)
_NO_NAME = re.compile(r"^(?:王国|王朝|王牌|张开|张贴|陈旧|陈述|许多|许可|曾经|曾任|曾在|宋代|唐代|马上|马路|周围|周期|周末|周边|黄金|黄色|胡同|胡说|苏联|钱[的包款]|雷[达区]|秦代|汪洋|孙子|范围|范畴|罗列|赵国|朱红|陆续|陆地|沈默|戴上|杜绝|吴国|彭湃|蔡国|韩国|梁柱|郭外|冯虚|杨树|王者|马克|马拉|唐突|张力|曾获|曾[以用有被把经]|许[久诺下愿]|贺[岁卡])")  # fmt: skip


def strange_names(claim: str, source: Source) -> Iterator[str]:
    """Names the claim says and the source does not, as they are written."""
    book, known = gazetteer(source.card), source.known
    spans = [(m.start, m.end) for m in people(claim, source.card).spans]
    for m in book.chinese.finditer(claim):
        if not _inside(m.span(), spans) and not written_in(book.row_of[m.group()], known):
            yield m.group()
    yield from _latin(claim, source, book, spans) if not HAN.search(claim) else _tokens(claim, known, book)
    if HAN.search(claim):
        yield from _strange_people(claim, known, spans)


def _tokens(claim: str, known: str, book: Gazetteer) -> Iterator[str]:
    """Latin words of a Chinese claim; one by one, as the source may write two as one (GoogleTensorflow)."""
    for m in _TOKEN.finditer(claim):
        row = book.row_of.get(m.group(), (m.group(),))
        if not written_in(row, known) and not _squeezed(m.group(), known):
            yield m.group()


def _latin(claim: str, source: Source, book: Gazetteer, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Names of an English claim: those of the table, and every other capitalised run."""
    known, taken = source.known, list(spans)
    for m in book.latin.finditer(claim):
        if _inside(m.span(), taken):
            continue
        taken.append(m.span())
        if not written_in(book.row_of[m.group()], known):
            yield m.group()
    for run in _runs(claim, taken):
        if not _known_run(run, known) and not _follows(" ".join(run), claim, taken):
            yield " ".join(run)


def _follows(word: str, claim: str, taken: list[tuple[int, int]]) -> bool:
    """Whether a word only says what kind of company the name before it is: Bailu Logistics for 白鹭."""
    return bool(_KIND.fullmatch(word)) and any(claim[end:].startswith(f" {word}") for _, end in taken)


def _runs(claim: str, taken: list[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """Neighbouring capitalised words, as one name each."""
    run: list[str] = []
    end = -1
    for m in _TOKEN.finditer(claim):
        named = not _inside(m.span(), taken) and _is_name(claim, m)
        if run and (not named or claim[end : m.start()].strip(" ")):
            yield tuple(run)
            run = []
        if named:
            run.append(re.sub(r"['’]s$", "", m.group()))
            end = m.end()
    if run:
        yield tuple(run)


def _is_name(claim: str, m: re.Match[str]) -> bool:
    word = re.sub(r"['’]s$", "", m.group())
    if _PLAIN.match(word) or _CALENDAR.match(word):
        return False
    if re.search(r"[a-z][A-Z]|\d|[A-Z]{2}", word):
        return True
    if not word[0].isupper():
        return False
    if not _STARTS.search(claim[: m.start()]):
        return True
    if re.fullmatch(r"[A-Z][a-z]*-[a-z]+(?:-[a-z]+)*", word):
        return False  # E-commerce, Start-ups
    after = claim[m.end() :]
    if re.match(r" [A-Z][a-z]", after):
        return not _MASS.search(word)
    return (
        not _MASS.search(word)
        and bool(_VERB.match(after))
        and not (word.endswith("s") and not re.match(r"\s+(?:is|was|has|does)\b", after))
    )


def _known_run(run: Sequence[str], known: str) -> bool:
    if _squeezed("".join(run), known) or spelt(run, known):
        return True
    return len(run) > 1 and all(
        (len(word) > 2 and _squeezed(word, known)) or (len(word) > 4 and spelt((word,), known)) for word in run
    )


def _squeezed(word: str, known: str) -> bool:
    """Whether a Latin word stands in the source, perhaps glued to another; a short one must stand alone."""
    fold = re.sub(r"[.\-_]", "", unicodedata.normalize("NFKC", known).casefold())
    plain = re.sub(r"[\s.\-_]", "", unicodedata.normalize("NFKC", word).casefold())
    if len(plain) <= 3:
        return bool(re.search(rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])", fold))
    return plain in fold or (len(plain) > 6 and plain in fold.replace(" ", ""))


def spelt(words: Sequence[str], known: str) -> bool:
    """Whether words are the pinyin of Chinese in the source, whole syllables, in either order of the names."""
    syllables, starts = _pinyin(known)
    orders = {tuple(words), tuple(reversed(words))}
    for order in orders:
        letters = re.sub(r"[^a-z]", "", "".join(order).casefold())
        at = syllables.find(letters) if len(letters) >= 4 else -1
        while at >= 0:
            if at in starts and at + len(letters) in starts:
                return True
            at = syllables.find(letters, at + 1)
    return False


@lru_cache(maxsize=256)
def _pinyin(text: str) -> tuple[str, frozenset[int]]:
    """The syllables of a text's Chinese run together, and where each begins (and the last ends)."""
    from pypinyin import lazy_pinyin

    spoken = [s if s.isascii() and s.isalpha() else "|" for run in re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", text)
              for s in (lazy_pinyin(run) if HAN.match(run) else ["|"])]  # fmt: skip
    ends = list(accumulate(map(len, spoken)))
    return "".join(spoken), frozenset((0, *ends))


def _strange_people(claim: str, known: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Chinese personal names that occur nowhere in the source, by their surname."""
    for m in _RARE_SURNAME.finditer(claim):
        name = m["name"]
        if _inside(m.span(), spans) or _NO_NAME.match(name) or name[:2] in known:
            continue
        if not re.match(SURNAME, name) or any(c in known for c in name[:2]):
            continue
        yield name


def _inside(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)
