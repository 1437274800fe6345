"""What a question leaves out: the subject of the one before, and its wording with one thing put in place of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.dictionary import words as words_of
from index.event import EventCard
from index.people import people
from index.sparse import normal

from ..question import understand
from .anaphora import INTERROGATIVE

# Words of a question that stand after its subject.
_AFTER_SUBJECT = re.compile(
    r"的|是|有|为什么|为啥|为何|凭什么|怎么|怎样|如何|咋|什么|啥|哪|谁|几|多少|后来|一开始|最初|最后|以前|原来|现在|被|在|用|能|会|要|该|把|给|从|到|对|和|跟|与|都|靠|属于|算|指|叫|讲|说|谈|接受|支持|呢|吗|好|难|做|如今|当时|[,，、。?？\s]"
)
_BEFORE_SUBJECT = re.compile(
    r"^(?:那么?|请问|所以|关于|对于|至于|这个|那个|这家|那家|当年|所谓的?|什么是|啥是|什么叫|何谓|谁是)+"
)
_LATIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9.+-]*[A-Za-z0-9+])?")
_NAMELIKE = re.compile(r"[A-Z]|\d")
_PLAIN_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "what who whom whose when where why how which is are was were do does did has have had can could will would should the a an and but so i in on of to for if it tell give please mr dr ms no not",
    )
)
_PRONOUN = re.compile(
    r"(?:they|you|we|he|she|it|i|there|this|that|these|those|people|anyone|somebody)\b", re.IGNORECASE
)
# The people on stage as such, where a question is put to them.
EVERYBODY = re.compile(
    r"(?:(?:几|各|每|这|那|四|三|两|五|六|所有)(?:位|个)?的?)?(?:嘉宾|创始人|讲者)们?|(?:几|各|每|四|三|两|五|六)(?:位|个人)|[几各每两三四五六]家(?:公司|企业|机构)?(?=都|对|是?怎|如何|分别|各|认为|觉得|的看)|大家|台上的?人?|所有人"
    r"|(?:all |each of |both )?(?:of )?(?:the |these )?(?:speakers?|guests?|founders|panell?ists?)\b|everyone|everybody",
    re.IGNORECASE,
)
# "校长的职责" at the head of a question: whose it is and what.
_OF = re.compile(r"[\u3400-\u9fff]{1,8}?的[\u3400-\u9fff]{1,6}?(?=是|有|怎么|如何|为什么|为啥|在|多|叫|[?？]|$)")
_SHORTEST, _LONGEST = 2, 8  # characters of a subject in Chinese


def things(question: str, card: EventCard) -> tuple[str, ...]:
    """Companies, products and other names of things that a question writes out, in its order; no speakers."""
    named = [(m.start, m.end) for m in people(question, card).spans]
    found = (m for m in _LATIN.finditer(question) if not any(a < m.end() and m.start() < b for a, b in named))
    latin = [(m.start(), m.group()) for m in found if _is_name(m, question)]
    orgs = [(question.find(org), org) for org in _organisations(card) if not org.isascii() and org in question]
    return tuple(dict.fromkeys(word for _, word in sorted(latin + orgs)))


def subject(question: str, card: EventCard) -> str:
    """What a question is about in a word or two: the thing it names first, or what stands before its question words."""
    if known := things(question, card):
        return known[0]
    words = _BEFORE_SUBJECT.sub("", question.strip())
    end = _AFTER_SUBJECT.search(words)
    head = words[: end.start()] if end else words
    if _SHORTEST <= len(head) <= _LONGEST and re.fullmatch(r"[\u3400-\u9fff《》·]+", head):
        return head
    return _english_subject(question)


def swapped(question: str, new: str, card: EventCard, about: str = "") -> str | None:
    """The question with ``new`` in place of the thing of its kind: a person for a person, 逆合模式 for 顺合模式.

    ``about`` is what the question is known to be about: it goes as a whole, though only its end is alike.
    """
    spans = people(question, card).spans
    person = people(new, card).spans
    if person:
        whole = new[person[0].start : person[0].end]
        if not spans:
            return EVERYBODY.sub(whole, question, count=1) if EVERYBODY.search(question) else None
        return question[: spans[0].start] + whole + question[spans[0].end :]
    if old := _like(question, new, things(question, card), card) or _all_of(question, about, card):
        at, known = question.find(old), question.find(about)
        if about and 0 <= known < at + len(old) and at < known + len(about):
            old = about
        return question.replace(old, new, 1)
    return None


def _all_of(question: str, about: str, card: EventCard) -> str | None:
    """What a question is known to be about, where it has nothing else that another could stand for: "X是什么"."""
    rest = understand(question.replace(about, " ", 1), card) if about and about in question else None
    return about if rest and not rest.topic and not rest.people.spans else None


def _like(question: str, new: str, named: Sequence[str], card: EventCard) -> str | None:
    """The part of a question for which ``new`` can stand: of the same ending, or a name where it is one."""
    if things(new, card):
        return next((thing for thing in named if normal(thing) != normal(new)), None) or _head(question, card)
    if not re.fullmatch(r"[\u3400-\u9fff]{1,8}", new):
        return _english_tail(question, new)
    if "的" in new[1:-1] and (of := _OF.search(question)):
        return of.group()
    alike = sorted(_ending_alike(question, new), key=lambda found: (-found[0], len(found[1])))
    if alike:
        return alike[0][1]
    head = _head(question, card)
    return head if head and len(head) == len(new) and head != new else _object(question, new)


def _object(question: str, new: str) -> str | None:
    """The word that a question ends in, after its question word: "怎么看竞争", of which "那合作呢" is asked next."""
    spoken = words_of(question)
    if not spoken:
        return None
    last = spoken[-1]
    if len(last.text) < _SHORTEST or not question.endswith(last.text):
        return None
    asked = INTERROGATIVE.search(question[: last.start])
    return last.text if asked and not INTERROGATIVE.search(last.text) and last.text != new else None


def _ending_alike(question: str, new: str) -> Iterator[tuple[int, str]]:
    """Parts of the question as long as ``new`` that end (or begin) in the same characters, with how many they share."""
    for at in range(len(question) - len(new) + 1):
        part = question[at : at + len(new)]
        if part == new or not re.fullmatch(r"[\u3400-\u9fff]+", part):
            continue
        shared = next((n for n in range(len(new) - 1, 0, -1) if part[-n:] == new[-n:]), 0)
        if shared:
            yield shared, part


def _head(question: str, card: EventCard) -> str | None:
    return None if people(question, card).spans else subject(question, card) or None


def _english_tail(question: str, new: str) -> str | None:
    """In "the first mode ... the second mode" only the word that differs; nothing is guessed beyond a shared last word."""
    words, wanted = question.rstrip("?？. ").split(), new.split()
    if len(wanted) < 2 or wanted[-1] not in words:
        return None
    at = words.index(wanted[-1])
    return " ".join(words[max(0, at - len(wanted) + 1) : at + 1])


def _english_subject(question: str) -> str:
    found = re.search(
        r"\b(?:is|are|was|were|does|do|did|about|of|behind|in)\s+((?:the |a |an )?[a-z][\w -]{2,30}?)\s*(?:\?|$|\b(?:do|does|did|is|are|was|mean|work|about|called|have|has)\b)",
        question,
    )
    return found[1].strip() if found and not _PRONOUN.match(found[1]) else ""


def _is_name(found: re.Match[str], question: str) -> bool:
    word = found.group()
    if word.casefold() in _PLAIN_ENGLISH:
        return False
    in_chinese = bool(re.search(r"[\u3400-\u9fff]", question))
    return (
        in_chinese
        or bool(_NAMELIKE.search(word[1:]))
        or (word[0].isupper() and (found.start() > 0 or len(question.split()) <= 2))
    )


def _organisations(card: EventCard) -> Iterator[str]:
    for speaker in card.speakers:
        yield from (org for org in (speaker.organisation, *speaker.organisation_aliases) if org)
