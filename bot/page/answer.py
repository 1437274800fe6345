"""An answer as HTML for the chat page; the fields and their order are those of ``embed/answer.js``.

Everything is escaped here, and Gradio sanitises it once more. One line, as a blank line would wake Markdown.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from ..media import clock
from ..types import Answer, Citation, Claim, Lang, Outcome, Reason
from ..web.answer_rows import Nearby
from .words import word

Names = Mapping[str, str]
NOBODY: Names = MappingProxyType({})
_KEPT = 2  # characters that stay on a line with the mark behind them, as in embed/answer.js
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def text_html(text: str) -> str:
    """Text as HTML on one line."""
    return escape(text, quote=True).replace("\r", "").replace("\n", "<br>")


def question_html(text: str) -> str:
    """A visitor's question."""
    return f'<div class="rt-question">{text_html(text)}</div>'


def welcome_html(
    suggestions: Sequence[str], lang: Lang, notes: Sequence[str], *, everywhere: bool = False, written: bool = False
) -> str:
    """The first thing a visitor reads: what this is, who words the answers, and what to ask."""
    small = "".join(f'<p class="rt-small">{text_html(note)}</p>' for note in notes)
    text = text_html(word(lang, f"welcome{'_all' if everywhere else ''}{'_written' if written else ''}"))
    return f'<div class="rt-welcome"><p>{text}</p>{_next(suggestions, word(lang, "try_asking"))}{small}</div>'


def answer_html(
    answer: Answer,
    id: str,
    *,
    lang: Lang,
    votes: bool,
    silence: str = "",
    names: Names = NOBODY,
    places: Sequence[Nearby] = (),
) -> str:
    """The whole answer. ``lang`` is the page's, ``votes`` whether thumbs are asked for, ``silence`` who says nothing,
    ``names`` the speakers' names in that language.
    """
    told = answer.outcome is Outcome.ANSWER or answer.reason is Reason.CHITCHAT  # thanks are no question left open
    badge = "" if told else _p("outcome", word(lang, f"outcome_{answer.outcome.value}"))
    parts = [
        badge,
        _p("lead", answer.lead),
        claims_html(answer.claims, answer.citations, lang, names),
        _nearby(places, lang),
        *(_p("missing", line) for line in answer.missing if line != answer.lead),
        _p("silent", silence),
        *(_p("note", line) for line in answer.notes),
        _foot(answer, id, lang, votes=votes),
        _next(answer.suggestions, word(lang, "next_questions")),
    ]
    return f'<div class="rt-answer rt-{answer.outcome.value}" id="{id}">{"".join(parts)}</div>'


def making_html(claims: Sequence[Claim], citations: Sequence[Citation], lang: Lang, names: Names = NOBODY) -> str:
    """What is there of an answer that is still being made."""
    looking = "" if claims else _p("lead", word(lang, "searching")) + _p("slow", word(lang, "slow"))
    return f'<div class="rt-answer">{looking}{claims_html(claims, citations, lang, names)}</div>'


def fault_html(
    message: str, lang: Lang, *, again: str = "", action: str = "retry", wait: int = 0, details: str = ""
) -> str:
    """Something went wrong: a sentence, one action (which the page takes by itself after ``wait`` seconds), the id."""
    timed = f' name="{wait}"' if wait else ""
    retry = f'<button class="rt-retry" value="{escape(again)}"{timed}>{word(lang, action)}</button>' if again else ""
    shown = f"<details><summary>{word(lang, 'details')}</summary>{text_html(details)}</details>" if details else ""
    return f'<div class="rt-answer rt-fault"><p>{text_html(message)}</p>{retry}{shown}</div>'


def file_html(name: str, text: str, id: str) -> str:
    """A file for the page's script to save; the id tells it from one saved before."""
    packed = b64encode(text.encode("utf-8")).decode("ascii")
    return f'<div><button class="rt-file" id="{id}" name="{escape(name)}" value="{packed}"></button></div>'


def claims_html(claims: Sequence[Claim], citations: Sequence[Citation], lang: Lang, names: Names) -> str:
    """Claims with the quotes they rest on."""
    by_number = {citation.number: citation for citation in citations}
    cited = ((claim, [by_number[n] for n in claim.citations if n in by_number]) for claim in claims)
    return "".join(_claim(claim, its, lang, names) for claim, its in cited)


def _claim(claim: Claim, cited: Sequence[Citation], lang: Lang, names: Names) -> str:
    lead = _p("claim-lead", claim.lead)
    if claim.status != "supported" and cited:
        said = "".join(_quote(citation, lang, names) for citation in cited)
    else:
        marks = "".join(_cite(citation, lang) for citation in cited)
        end = f'<span class="rt-end">{text_html(claim.text[-_KEPT:])}{marks}</span>'
        said = f'<p class="rt-said" lang="{_lang(claim.text)}">{text_html(claim.text[:-_KEPT])}{end}</p>'
    return f'<div class="rt-claim">{lead}{said}</div>'


def _quote(citation: Citation, lang: Lang, names: Names) -> str:
    gap = " " if _lang(citation.quote) == "en" else ""
    context = (
        f'<span class="rt-context">{text_html(citation.context_text)}{gap}</span>' if citation.context_text else ""
    )
    quote = f'<blockquote lang="{_lang(citation.quote)}">{context}{_quoted(citation, lang)}</blockquote>'
    where = " · ".join(filter(None, (names.get(citation.speaker or "", citation.speaker), citation.place)))
    return f'<figure class="rt-quote">{quote}<figcaption class="rt-place">{text_html(where)}{_time(citation, lang)}</figcaption></figure>'


def _time(citation: Citation, lang: Lang) -> str:
    """When it was said: a link that starts there, or only the time."""
    if citation.time is None:
        return ""
    shown = clock(citation.time)
    if not citation.link:
        return f'<span class="rt-time">{shown}</span>'
    label = escape(word(lang, "play_from", time=shown))
    return f'<a class="rt-time" href="{escape(citation.link)}" target="_blank" rel="noopener noreferrer" title="{label}">{shown}</a>'


def _quoted(citation: Citation, lang: Lang) -> str:
    """A quote, and its mark on the line of its last characters: a mark alone on a line belongs to nothing."""
    length, end = len(citation.quote), max(len(citation.quote) - _KEPT, 0)
    kept = f"{_emphasised(citation, end, length)}{_cite(citation, lang)}"
    return f'{_emphasised(citation, 0, end)}<span class="rt-end">{kept}</span>'


def _emphasised(citation: Citation, at: int, last: int) -> str:
    """The characters of a quote from ``at`` to ``last``, emphasis and all."""
    quote, pieces = citation.quote, []
    for start, end in citation.emphasis:
        begin, stop = max(start - citation.start, at), min(end - citation.start, last)
        if begin < stop:
            pieces += [text_html(quote[at:begin]), f"<strong>{text_html(quote[begin:stop])}</strong>"]
            at = stop
    return "".join([*pieces, text_html(quote[at:last])])


def _cite(citation: Citation, lang: Lang) -> str:
    target = {
        "event": citation.event,
        "transcript": citation.transcript,
        "revision": citation.revision,
        "start": citation.start,
        "end": citation.end,
        "emphasis": citation.emphasis,
        "time": citation.time,
        "link": citation.link,
    }
    label = escape(word(lang, "cite", n=citation.number, place=citation.place))
    return f'<button class="rt-cite" value="{escape(json.dumps(target))}" title="{label}">{citation.number}</button>'


def _foot(answer: Answer, id: str, lang: Lang, *, votes: bool) -> str:
    label = word(lang, "written" if answer.mode == "llm" else "verbatim")
    shown = f'<span class="rt-label">{label}</span>' if answer.claims else ""
    kinds = ("copy", "share", *(("up", "down") if votes else ()))
    buttons = "".join(f'<button class="rt-{kind}" value="{id}">{word(lang, kind)}</button>' for kind in kinds)
    return f'<div class="rt-foot">{shown}{buttons}</div>'


def _next(questions: Sequence[str], title: str) -> str:
    if not questions:
        return ""
    buttons = "".join(f'<button class="rt-ask">{text_html(question)}</button>' for question in questions)
    return f'<div class="rt-next"><span class="rt-next-title">{title}</span>{buttons}</div>'


def _nearby(places: Sequence[Nearby], lang: Lang) -> str:
    """Buttons that open the transcript at places nearby; nothing of them is quoted."""
    buttons = (
        f'<button class="rt-ask rt-look" value="{escape(json.dumps(dict(place)))}">{text_html(place["place"])}</button>'
        for place in places
    )
    shown = "".join(buttons)
    return (
        f'<div class="rt-next"><span class="rt-next-title">{word(lang, "nearby")}</span>{shown}</div>' if shown else ""
    )


def _p(kind: str, text: str) -> str:
    return f'<p class="rt-{kind}">{text_html(text)}</p>' if text else ""


def _lang(text: str) -> str:
    return "zh" if _CHINESE.search(text) else "en"
