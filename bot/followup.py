"""Follow-ups without a model: a question that leans on the last one takes over its speaker and topic; others stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.event import EventCard
from index.people import people

from .question import Kind, understand
from .types import Exchange

REMEMBERED = 4  # past turns that are read
_LENGTH = 400  # characters of a past turn that are read
_LEANS = re.compile(
    r"^(?:那|那么|然后|还有|另外|再|继续|接着|除了(?:这|那)|同样|为什么呢|为啥呢|怎么说|具体呢|比如呢|例如呢|详细|展开)"
    r"|(?:^|[^其])(?:他|她|它)(?:们)?(?!人)|这(?:个|种|些|家|位|点|里|样|件|款|一)|那(?:个|种|些|家|位|点|样|件|款|一)|此|该(?:公司|产品|项目|系统)|前者|后者|上面|上述|刚才|剩下|其他(?:人|嘉宾|几位|的)?(?:呢|怎么)"
    r"|呢[?？]?$|^(?:and|but|so|what about|how about|then|also|why\??$|how so|for example|such as|like what|more)\b"
    r"|\b(?:he|she|it|they|him|her|them|his|their|its|that|this|those|these|the others?|the (?:second|third|fourth|last|first|next) one|the (?:company|product|same))\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"(?:那|还有|另外|再|and|but|so|what about|how about)", re.IGNORECASE)
_ORDINAL_ONLY = re.compile(
    r"^(?:那|那么|还有|and |what about |how about )?\s*(?:the )?(?:第\s*[一二三四五六七八九十\d]+\s*(?:种|个|点|条|类|项|步)?|最后一?(?:种|个|点)|first|second|third|fourth|fifth|sixth|last)(?: one)?(?:呢|是什么|是啥|怎么说|叫什么)?[\s?？。]*$",
    re.IGNORECASE,
)
_PRONOUN_PERSON = re.compile(r"(?<![其])(?:他|她)(?!们)|\b(?:he|she|him|her|his)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"其他(?:人|嘉宾|几位|三位|创始人)|别(?:人|的嘉宾)|另外(?:几位|三位|的人)|the others?\b|other (?:speakers?|guests?|founders)|everyone else|anyone else",
    re.IGNORECASE,
)
_SHORT = 3  # content terms; a question with fewer, after another one, leans on it if it also has a leaning word


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made to stand alone: ``asked`` is what is searched, ``carried`` the topic taken over, if any."""

    asked: str
    carried: str = ""
    speaker: str | None = None
    leaning: bool = False
    others: tuple[str, ...] = ()
    """Speakers already heard, where the question asks for the others."""


def resolve(question: str, history: Sequence[Exchange], card: EventCard) -> Resolved:
    """Complete a question from the conversation; one that has speaker and topic of its own is never touched."""
    past = [e for e in history[-REMEMBERED:] if e.user.strip()]
    if not past:
        return Resolved(question)
    now = understand(question, card)
    if not _leans(question, len(now.topic), bool(now.people.spans)):
        return Resolved(question)
    speaker, topic = _last_speaker(past, card), _last_topic(past, card)
    if _OTHERS.search(question):
        heard = tuple(dict.fromkeys(people(past[-1].assistant[:_LENGTH], card).about + people(past[-1].user, card).by))
        return Resolved(f"{topic} {question}".strip(), topic, None, True, heard or ((speaker,) if speaker else ()))
    named = now.people.by or now.people.about
    who = None if named else speaker if _needs_person(question, now.kinds) else None
    carried = (
        topic
        if len(now.topic) <= _SHORT or _ORDINAL_ONLY.match(question) or not _PRONOUN_PERSON.search(question)
        else ""
    )
    asked = " ".join(part for part in (_spell_out(question, who), carried) if part)
    return Resolved(asked, carried, who, True)


def _leans(question: str, topics: int, names_somebody: bool) -> bool:
    if _ORDINAL_ONLY.match(question.strip()):
        return True
    if names_somebody and topics and not _CONTINUES.match(question.strip()):
        return False  # its pronouns stand for the person it names
    if not _LEANS.search(question.strip()):
        return topics == 0 and not names_somebody
    return topics <= 2 * _SHORT or bool(_PRONOUN_PERSON.search(question))


def _needs_person(question: str, kinds: Sequence[Kind]) -> bool:
    return bool(_PRONOUN_PERSON.search(question)) or Kind.OVERVIEW in kinds


def _spell_out(question: str, speaker: str | None) -> str:
    """Put the speaker's name where a pronoun stands for them."""
    return _PRONOUN_PERSON.sub(speaker, question, count=1) if speaker else question


def _last_speaker(past: Sequence[Exchange], card: EventCard) -> str | None:
    """Whom the conversation was last about: the person asked for, else the one the answer quoted first."""
    for exchange in reversed(past):
        named = people(exchange.user[:_LENGTH], card)
        found = people(exchange.assistant[:_LENGTH], card)
        for candidates in (named.by, named.about, [m.name for m in found.spans]):
            if candidates:
                return candidates[0]
    return None


def _last_topic(past: Sequence[Exchange], card: EventCard) -> str:
    """The last question that had a topic of its own, without the people it names."""
    for exchange in reversed(past):
        asked = exchange.user[:_LENGTH].strip()
        if understand(asked, card).topic and not _ORDINAL_ONLY.match(asked):
            return asked.rstrip("?？。!！ ")
    return ""
