"""Who a speaker is, where no organiser introduces them: the words by which they or others do so in the talk."""

from __future__ import annotations

import re

from index.sparse import terms

from ..draft import Draft, Quote
from ..evidence import Evidence
from ..question import Asked, Kind
from ..stage import Stage
from ..types import Outcome, Reason
from ..wording import say
from .introducing import introducing, only_guest
from .plain import led

MOST = 2  # sentences that introduce one
# Words that with a name ask for no more than who somebody is.
_PLAIN = frozenset(
    terms(
        "job role position title work background introduce person exactly 身份 职位 职务 职业 背景 介绍 工作 担任 从事 行业 做 干 人 根据 对话 知道 最可能 叫 名字"
    )
)
_NAME = re.compile(r"叫什么|名字(?:是|叫)?什么|\b(?:what is|what's) (?:his|her|their|the \w+'s) name\b", re.IGNORECASE)
_GUEST = re.compile(
    r"(?:今天|这次|本期|节目)?(?:[请邀]来?[请到]?的)?(?:嘉宾|来宾|受访者|被采访(?:的人|者)|主讲人)|\b(?:the |our )?(?:guest|interviewee)\b",
    re.IGNORECASE,
)


def told_on_the_way(stage: Stage, asked: Asked, evidence: Evidence) -> Draft | None:
    """The sentences that introduce a speaker of whom there is no introduction, or that there are none; None where more
    is asked than who they are, or the card knows it.
    """
    person = _asked_for(stage, asked)
    if person is None or any(turn.about == person for turn in stage.transcript.turns):
        return None
    quotes = tuple(map(Quote, dict.fromkeys(introducing(stage, person))))
    if quotes:
        return Draft(Outcome.ANSWER, "", led(stage, evidence, quotes[:MOST]))
    known = stage.card.speaker(person)
    if known and known.role:  # the card says who they are, above any words of theirs
        return None
    return Draft(Outcome.ABSTAIN, say(stage.lang, "not_said"), reason=Reason.NOT_SAID)


def _asked_for(stage: Stage, asked: Asked) -> str | None:
    """The speaker of whom is asked who they are and nothing else: by name, or as the guest where there is one."""
    if not (asked.is_(Kind.IDENTITY) or _NAME.search(asked.text)) or asked.people.by:
        return None
    if len(asked.people.about) == 1 and _PLAIN.issuperset(asked.topic):
        return asked.people.about[0]
    alone = not asked.people.about and _GUEST.search(asked.text)
    rest = {*asked.topic} - {*terms(alone.group())} if alone else set()
    return only_guest(stage) if alone and _PLAIN.issuperset(rest) else None
