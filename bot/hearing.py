"""How a question is heard: whom and what it asks for, and what is said of how it was read."""

from __future__ import annotations

from dataclasses import replace

from index.event import EventCard
from index.people import Mentioned

from .followup.resolved import Resolved
from .question import Asked, language, understand
from .spelling.slips import Slips
from .types import Lang, Question
from .wording import say


def heard(question: Question, resolved: Resolved, card: EventCard) -> Asked:
    """What is asked, in the visitor's language; a carried topic does not change what kind of answer is wanted."""
    asked = understand(resolved.asked, card, question.lang or language(question.text))
    own = understand(question.text, card) if resolved.carried else None
    if own is None or not own.kinds:
        return asked
    return replace(asked, kinds=own.kinds)


def nameless(asked: Asked) -> Asked | None:
    """The question without the speakers it names; None where it names none, or nothing is left."""
    if not asked.people.spans or not asked.topic:
        return None
    text = asked.text
    for mention in reversed(asked.people.spans):
        text = text[: mention.start] + " " + text[mention.end :]
    return replace(asked, text=text, people=Mentioned())


def mended(slips: Slips, lang: Lang) -> tuple[str, ...]:
    """What was read for what was written."""
    return tuple(say(lang, "mended", written=written, meant=meant) for written, meant in slips)


def followed(resolved: Resolved, lang: Lang) -> str:
    """What was taken from the conversation: the topic, or the question as it was read."""
    if resolved.carried:
        return say(lang, "followed", topic=resolved.carried)
    return say(lang, "read_as", question=resolved.asked)
