"""The English senses of CC-CEDICT's entries, as terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .sparse import terms

LATER = 0.9  # what each sense counts of the one before it: 身份 is identity first, and rank last
KIN = 0.9  # what a word of the same root counts: payment is glossed by 支付, to pay
_ENTRIES = 2**15  # of a library; 330 short talks use 10,000 words, and a question reads them all
_ASIDE = re.compile(r"CL:.*|\[[^\]]*\]|\([^)]*\)|[\u3400-\u9fff]+")
_NO_SENSE = re.compile(r"variant of|surname |used in |abbr\. for|see also|^see [\u3400-\u9fff]|particle|classifier")
_ENDING = re.compile(r"(?:ship|ment|ness|er|or|est)$")  # that the stemmer leaves on
_ROOT = 3  # letters, the fewest
_LONGEST_SENSE = 3  # words; a longer one explains and does not translate
_IN_SENSES = frozenset("to a an the of be sth sb one s in on for and or at by with as it is not".split())
# Words that lean on others for what they mean: half the verbs of Chinese gloss as take, get or make.
LIGHT = frozenset(
    terms(
        "take took taken get got make made use used using find found come came go went gone become became call called like look"
        " looked need want put keep let start started still only even much many very really exactly himself herself themselves"
        " itself somebody something someone anything thing things way lot new good well also else after before ever yet usually"
        " most least one two first such own same other another between since while during without within around against each"
        " every both either today now into over out up down more just here any some all no but me my him us speak spoke talks"
        " telling opinion view views believe idea ideas point points event session panel guest guests mentions explained"
    )
)


@lru_cache(maxsize=_ENTRIES)
def senses(entry: str) -> tuple[tuple[str, ...], ...]:
    """The senses of a dictionary entry as terms: "to climb/to pull oneself up" gives (climb,) and (pull, oneself, up)."""
    return tuple(_read(entry))


def _read(entry: str) -> Iterator[tuple[str, ...]]:
    for sense in entry.split("/"):
        for part in re.split(r"[;,]", "" if _NO_SENSE.search(sense) else _ASIDE.sub(" ", sense)):
            said = tuple(term for term in dict.fromkeys(terms(part)) if term not in _IN_SENSES)
            if 0 < len(said) <= _LONGEST_SENSE:
                yield said


def root(term: str) -> str:
    """A stem without an ending that makes one word of another: payment and pay, bigger and big."""
    short = _ENDING.sub("", term).rstrip("ei")
    doubled = short != term and len(short) > _ROOT and short[-1] == short[-2]
    return (short[:-1] if doubled else short) if len(short) >= _ROOT else term
