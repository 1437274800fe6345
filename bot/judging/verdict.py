"""Which answer the evidence allows: every reason not to answer plainly is tried before a plain answer is given."""

from __future__ import annotations

import re
from dataclasses import replace

from ..asker import guests
from ..draft import Draft, not_said
from ..evidence import Rows
from ..fitting.fit import is_unread, lacks, unknown_names
from ..halves import half_answered
from ..instruction import instructs
from ..question import Asked, Kind, understand
from ..shapes.blocks import asks_everybody, by_speaker, introduced, told_on_stage
from ..shapes.life import told_by_introduction
from ..shapes.listing import as_item, as_list, called, find_list, lone_item, numbered_otherwise, ordinal
from ..shapes.overview import overview
from ..shapes.plain import led, nearest, plain
from ..shapes.presumed import presumed
from ..shapes.programme import programme
from ..shapes.staged import answered
from ..shapes.told import told_on_the_way
from ..shapes.versus import compares_things, one_sided
from ..stage import Stage
from ..types import Outcome, Reason
from ..unclear import names_nothing
from ..wording import say
from . import confidence
from .case import Case
from .damage import cut_answer, lost_figure
from .offstage import looks_like_person, may_speak, not_on_stage, who_is
from .premise import somebody_else
from .sufficient import satisfying

# Confidence from which a question is answered most of whose words the talk has in no language; .8 lost two.
_UNREAD = 0.74
_ASKS = re.compile(
    r"[?？]|讲讲|说说|谈谈|介绍|总结|概括|列出|\b(?:tell me about|describe|explain|summari[sz]e|list)\b", re.IGNORECASE
)
_THANKS = re.compile(r"谢|多谢|感谢|thank|thx|cheers", re.IGNORECASE)
_NAMED = 2.0  # score by which a sentence that names who is asked for may answer worse than one that does not


def without_search(stage: Stage, asked: Asked) -> Draft | None:
    """Answers that need no evidence: chit-chat, the overview, and people who are not on the stage."""
    if asked.is_(Kind.CHITCHAT) or _orders(asked):
        words = "welcome" if _THANKS.match(asked.text) else "chitchat"
        return Draft(Outcome.ABSTAIN, say(stage.lang, words), reason=Reason.CHITCHAT)
    if about := programme(stage, asked):
        return about
    if asked.is_(Kind.OVERVIEW) and not asked.topic and not asked.people.strangers:
        return overview(stage, asked.people.by or asked.people.about)
    person = who_is(asked.text)
    if person and not asked.people.spans and looks_like_person(person):
        return not_on_stage(stage, person)
    if asked.people.strangers and not asked.people.spans and not may_speak(stage, asked.people.strangers[0]):
        return not_on_stage(stage, asked.people.strangers[0])
    if names_nothing(understand(asked.text, stage.card)):
        return Draft(Outcome.ABSTAIN, say(stage.lang, "unclear"), reason=Reason.CHITCHAT)
    return None


def _orders(asked: Asked) -> bool:
    """Whether the visitor only gives orders to a model; an order that also asks something is answered like any question."""
    return instructs(asked.text) and not asked.kinds and not _ASKS.search(asked.text)


def decide(case: Case) -> tuple[Draft, float]:
    """The answer and how sure it is."""
    stage, asked, evidence = case.stage, case.asked, case.evidence
    allowed = _allowed(case)
    best = evidence.best(allowed)
    if best is None:
        return _nothing(case), 0.0
    sure = case.probability(best)
    rule = case.rules(confidence.way(asked, evidence))
    if put := _as_put(case, allowed):
        return put, max(sure, rule.answer)
    special = _special(case, allowed, sure, rule)
    if special is not None:
        if special.outcome is Outcome.ANSWER:
            told = half_answered(stage, asked, special) or satisfying(case, special)
            special = _known(case, told) or _untold(case, special)
        return special, max(sure, rule.answer) if special.outcome is not Outcome.ABSTAIN else sure
    if sure >= (_UNREAD if is_unread(asked, stage) else rule.answer):
        answer = plain(stage, asked, evidence, allowed, best)
        if told := _known(case, satisfying(case, answer) or half_answered(stage, asked, answer)):
            return told, sure
        sure = rule.related
    if taken := _presumed(case, rule):
        return taken
    if sure >= rule.related and not lacks(asked, stage.transcript.text):
        return Draft(
            Outcome.RELATED, say(stage.lang, "related"), nearest(stage, asked, evidence, allowed), Reason.NOT_SAID
        ), sure
    return _nothing(case), sure


def _presumed(case: Case, rule: confidence.Rule) -> tuple[Draft, float] | None:
    """What a question put on stage tells on the way, where it is as sure as an answer and no name of it is unknown."""
    found = presumed(case.stage, case.asked, case.evidence)
    sure = case.probability(found[0]) if found else 0.0
    told = found[1] if found and sure >= rule.answer and not case.asked.people.by else None
    told = _known(case, satisfying(case, told)) if told else None
    return (told, sure) if told else None


def _known(case: Case, answer: Draft | None) -> Draft | None:
    """An answer, unless the question names what the talk never mentions: looked for last, as it takes the longest."""
    return answer if answer and not unknown_names(case.asked, case.stage) else None


def _untold(case: Case, told: Draft) -> Draft:
    """What lacks the thing asked for, as an introduction without a school: shown as the nearest there is."""
    first, *rest = told.quotes
    quotes = (replace(first, lead=told.lead), *rest)
    return Draft(Outcome.RELATED, say(case.stage.lang, "related"), quotes, Reason.NOT_SAID)


def _allowed(case: Case) -> Rows:
    """Which sentences may be quoted: everybody's, or those of the people whose words are asked for."""
    evidence = case.evidence
    people = (case.speaker,) if case.speaker else case.asked.people.by
    allowed = evidence.quotable
    if people:
        allowed &= evidence.by(*people)
    if case.others:
        allowed &= ~evidence.by(*case.others)
    if case.asked.is_(Kind.ORDINAL):
        allowed &= ~numbered_otherwise(case.asked, evidence)
    return _naming(case, allowed)


def _naming(case: Case, allowed: Rows) -> Rows:
    """Of a question who somebody is, the sentences that name them, where any is near the best."""
    evidence = case.evidence
    named, best = evidence.features["coverage"] > 0, evidence.best(allowed)
    if best is None or named[best] or not case.asked.is_(Kind.IDENTITY) or case.asked.people.spans:
        return allowed
    n = evidence.best(allowed & named)
    near = n is not None and evidence.scores[n] >= evidence.scores[best] - _NAMED
    return allowed & named if near else allowed


def _as_put(case: Case, allowed: Rows) -> Draft | None:
    """What was answered where the question was put on stage: that is its answer, whatever it lacks."""
    stage, asked = case.stage, case.asked
    cut = cut_answer(case.bare.evidence if case.bare else case.evidence, asked, stage.card, stage.lang)
    return cut or answered(stage, asked, case.evidence, allowed)


def _special(case: Case, allowed: Rows, sure: float, rule: confidence.Rule) -> Draft | None:
    stage, asked, evidence = case.stage, case.asked, case.evidence
    if told := told_by_introduction(stage, asked, evidence):
        return told
    if told := told_on_the_way(stage, asked, evidence):
        return told
    if wrong := somebody_else(case):
        return wrong
    named = tuple(dict.fromkeys(m.name for m in asked.people.spans))
    own = case.bare if sure < rule.answer and len(named) == 1 else None
    if own and (told := told_on_stage(stage, own.asked, own.evidence, named[0])):
        return told
    if sure < rule.related:
        return None
    lost = lost_figure(evidence, asked, stage.card, allowed)
    if lost and not unknown_names(asked, stage):
        return lost
    if compares_things(stage, asked):
        draft = one_sided(stage, asked, evidence, allowed)
        return replace(draft, quotes=led(stage, evidence, draft.quotes)) if draft else None
    return _listed(case, allowed) or _of_people(case)


def _of_people(case: Case) -> Draft | None:
    """The introduction of the one who is asked about, or a block for each of those whom the question is put to."""
    stage, asked, evidence = case.stage, case.asked, case.evidence
    named = tuple(dict.fromkeys(m.name for m in asked.people.spans))
    if asked.is_(Kind.IDENTITY) and len(asked.people.spans) >= 1 and not asked.people.by:
        return introduced(stage, asked, evidence, asked.people.spans[0].name)
    if len(named) > 1 and (asked.is_(Kind.COMPARE) or len(asked.people.by) > 1):
        nameless = case.bare.evidence if case.bare else evidence
        return by_speaker(stage, asked, nameless, people=named, named=True, fewest=1)
    if case.others or (asked.is_(Kind.COMPARE) and not named):
        left = [guest for guest in guests(stage.transcript, stage.card) if guest not in case.others]
        fewest = 1 if case.others or asks_everybody(asked) else 2
        return by_speaker(stage, asked, evidence, people=left, fewest=fewest)
    return None


def _listed(case: Case, allowed: Rows) -> Draft | None:
    """The list that a question asks for, or the item of it."""
    stage, asked, evidence = case.stage, case.asked, case.evidence
    if not asked.is_(Kind.ORDINAL, Kind.LIST, Kind.HOW_MANY, Kind.DEFINITION):
        return None
    found = find_list(stage, asked, evidence, allowed)
    numbered = ordinal(asked, found) if found and asked.is_(Kind.ORDINAL) else None
    item = numbered or (called(stage, asked, found) if found else None)
    if found and item:
        return as_item(stage, found, item, evidence, asked)
    if asked.is_(Kind.ORDINAL) and (told := lone_item(stage, asked, evidence, allowed)):
        return told
    return as_list(stage, found) if found and asked.is_(Kind.LIST) else None


def _nothing(case: Case) -> Draft:
    """An honest no, for a reason."""
    off = case.evidence.best() is None or not any(case.evidence.features["coverage"] > 0)
    return not_said(case.stage.lang, Reason.OFF_TOPIC if off else Reason.NOT_SAID)
