"""Who a speaker is, where no organiser introduces them: the words by which they or others do so in the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from index.latin_names import bare
from index.sparse import terms
from index.types import TurnKind

from ..draft import Draft, Quote
from ..evidence import Evidence
from ..question import Asked, Kind
from ..stage import Stage
from ..types import Outcome, Reason
from ..wording import say
from .plain import led

MOST = 2  # sentences that introduce one
# Words that with a name ask for no more than who somebody is.
_PLAIN = frozenset(
    terms("job role position title work background introduce person exactly 身份 职位 职务 背景 介绍 工作")
)
_NAME_EN = r"[A-Z][a-z]+"
_ROLE_EN = r"(?:as|is|was|who|our|the|from|of|an?)\b"


def told_on_the_way(stage: Stage, asked: Asked, evidence: Evidence) -> Draft | None:
    """The sentences that introduce a speaker of whom there is no introduction, or that there are none; None where more
    is asked than who they are, or the card knows it.
    """
    if not asked.is_(Kind.IDENTITY) or asked.people.by or len(asked.people.about) != 1:
        return None
    [person] = asked.people.about
    if not _PLAIN.issuperset(asked.topic) or any(turn.about == person for turn in stage.transcript.turns):
        return None
    quotes = tuple(Quote((s.start, s.end)) for s in map(evidence.sentences.__getitem__, _telling(evidence, person)))
    if quotes:
        return Draft(Outcome.ANSWER, "", led(stage, evidence, quotes[:MOST]))
    known = stage.card.speaker(person)
    if known and known.role:  # the card says who they are, above any words of theirs
        return None
    return Draft(Outcome.ABSTAIN, say(stage.lang, "not_said"), reason=Reason.NOT_SAID)


def _telling(evidence: Evidence, person: str) -> Iterator[int]:
    """Sentences by others that say what somebody is, then those in which they say it themselves."""
    name = re.escape(bare(person) or person)
    by_others = re.compile(
        rf"(?:{name}(?:'s|’s)?,?\s+{_ROLE_EN}|{name},\s+[a-z]|\b(?:is|I'm|I’m|am)\s+{name}\b|(?:这位|是|叫|有请){name}|{name}(?:是|[,，].{{0,12}}(?:创始人|教授|经理|主任|总裁|CEO)))"
    )
    own = re.compile(
        rf"\b(?:I'm|I’m|I am|(?i:my name(?:'s|’s| is)))\s+(?:(?:the|your|a|an)\s+)?(?:{_NAME_EN}|(?i:{name}))\b|我(?:是|叫){name}"
    )
    theirs = [evidence.speaker(n) == person for n in range(len(evidence.sentences))]
    spoken = [evidence.kind(n) is not TurnKind.TITLE for n in range(len(evidence.sentences))]
    for wanted, by_them in ((by_others, False), (own, True)):
        for n in np.flatnonzero(np.array(spoken) & (np.array(theirs) == by_them)):
            if wanted.search(evidence.text(int(n))):
                yield int(n)
