"""People who did not speak: where they are mentioned, or that they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.gloss import in_characters
from index.names import HONORIFIC, SURNAME, surname
from index.types import TurnKind

from ..draft import Draft, Quote
from ..stage import Stage, is_unnamed
from ..types import Outcome, Reason
from ..wording import name, names, say

_WHO_IS = re.compile(
    r"^(?:请问|那么?|这个|里面)*\s*(?P<zh>[^\s,，。?？的]{1,20}?)\s*(?:又|到底|究竟|这个人|老师)?(?:是谁|是誰|是哪位|是什么人|何许人|是干什么的|是做什么的)"
    r"|(?:谁是|介绍一?下)\s*(?P<zh2>[^\s,，。?？的]{1,20})"
    r"|who(?:'s|’s| is| was)\s+(?:this\s+|the\s+)?(?P<en>[\w .·-]{2,40}?)\s*(?:\?|？|$|,)",
    re.IGNORECASE,
)


_CALLED = re.compile(
    rf"[老小阿](?P<a>{SURNAME})|(?P<b>{SURNAME})(?:{HONORIFIC}|工|哥|姐|叔|导|大哥|大姐|师傅|老板|经理|医生|同学)"
)


def who_is(text: str) -> str | None:
    """The person a question of the form "who is X" asks about, or None."""
    match = _WHO_IS.search(text.strip())
    found = (match["zh"] or match["zh2"] or match["en"] or "").strip() if match else ""
    return found or None


def may_speak(stage: Stage, person: str) -> bool:
    """Whether somebody whom no label names may be one of those who are only counted: the talk mentions them."""
    if not is_unnamed(stage.transcript):
        return False
    return person.casefold() in stage.transcript.text.casefold() or bool(_in_chinese(stage, person))


def _in_chinese(stage: Stage, person: str) -> str | None:
    """How a Chinese talk writes somebody who is named in Pinyin."""
    return in_characters(stage.transcript, person) if person.isascii() and stage.segment.is_chinese else None


def not_on_stage(stage: Stage, person: str) -> Draft:
    """Somebody who did not speak: where they are mentioned, or that they are not."""
    if (family := _surname_of(person)) and (same := [s.name for s in stage.card.speakers if surname(s.name) == family]):
        fields = {"x": person, "family": family, "names": names(stage.lang, stage.card, same)}
        return Draft(Outcome.ABSTAIN, say(stage.lang, "which_person", **fields), reason=Reason.UNKNOWN_PERSON)
    unnamed = is_unnamed(stage.transcript)
    places = list(_mentioned(stage, _in_chinese(stage, person) or person)) if person.strip() else []
    if not places:
        unknown = "unknown_voice" if unnamed else "unknown_person"
        return Draft(Outcome.ABSTAIN, say(stage.lang, unknown, x=person), reason=Reason.UNKNOWN_PERSON)
    speaker = places[0][1]
    if unnamed:
        lead = say(stage.lang, "mentioned_voice", x=person)
    elif speaker is None:
        lead = say(stage.lang, "mentioned_bio", x=person)
    else:
        lead = say(stage.lang, "mentioned_only", x=person, name=name(stage.lang, stage.card, speaker))
    return Draft(Outcome.ABSTAIN, lead, tuple(q for q, _ in places[:3]), reason=Reason.MENTIONED_ONLY)


def _surname_of(called: str) -> str | None:
    """The surname in what somebody is called by it alone: 小郑, 郑工, 郑大哥."""
    match = _CALLED.fullmatch(called)
    return (match["a"] or match["b"]) if match else None


def _mentioned(stage: Stage, person: str) -> Iterator[tuple[Quote, str | None]]:
    """Sentences that mention somebody, those that say what they are first."""
    text, turns = stage.transcript.text, stage.transcript.turns
    pattern = re.compile(re.escape(person), re.IGNORECASE)
    tells = re.compile(
        rf"{re.escape(person)}.{{0,6}}(?:是|曾|is|was)|(?:人|家|授|官|长|师|founder|CEO)\s*{re.escape(person)}",
        re.IGNORECASE,
    )
    found = [
        (not tells.search(text, s.start, s.end), n, s, turns[t])
        for n, (s, t) in enumerate(zip(stage.segment.sentences, stage.segment.turns, strict=True))
        if pattern.search(text, s.start, s.end)
        and turns[t].kind is not TurnKind.TITLE
        and s.end - s.start > len(person) + 2
    ]
    for _, _, s, turn in sorted(found, key=lambda f: (f[0], f[1])):
        yield Quote((s.start, s.end)), turn.speaker


def looks_like_person(text: str) -> bool:
    """Whether words could be a person's name, so that a stranger is called one."""
    return bool(re.fullmatch(rf"[老小阿]{SURNAME}|{SURNAME}[\u4e00-\u9fff]{{1,2}}|[A-Z][a-z]+(?: [A-Z][a-z]+)*", text))
