"""The head of the chat page: the event at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from index.store import Entry

from ..types import Lang
from ..web.rows import EventRow, event_row, title
from .words import word

LISTED = 12  # titles in the head of the page; the picker has all


def head_html(event: Entry, lang: Lang) -> str:
    """Title, speakers and parts; escaped, as Gradio does not sanitise this block."""
    row = event_row(event, lang, ())
    series = " · ".join(filter(None, (row["series"], row["date"])))
    heading = _link(row) if row["link"] else escape(row["title"])
    return (
        f'<div class="rt-head" id="rt-now" title="{escape(event.id)}" lang="{lang}">'
        f'<p class="rt-series">{escape(series)}</p><h1>{heading}</h1>'
        f'<ul class="rt-people" aria-label="{word(lang, "speakers")}">{_people(row, lang)}</ul>'
        f'<div class="rt-parts">{_parts(event, row, lang)}</div></div>'
    )


def library_html(events: Sequence[Entry], lang: Lang) -> str:
    """The head where all events are asked: their titles, each the way to that one alone."""
    titles = "".join(f"<li>{_alone(event, lang)}</li>" for event in events[:LISTED])
    more = f"<li>{escape(word(lang, 'further_events', n=len(events) - LISTED))}</li>" if len(events) > LISTED else ""
    return (
        f'<div class="rt-head" id="rt-now" title="" lang="{lang}"><h1>{escape(word(lang, "all_events"))}</h1>'
        f'<ul class="rt-people" aria-label="{escape(word(lang, "event"))}">{titles}{more}</ul></div>'
    )


def _alone(event: Entry, lang: Lang) -> str:
    return f'<a href="?{escape(urlencode({"event": event.id, "lang": lang}))}">{escape(title(event.card, lang))}</a>'


def _link(row: EventRow) -> str:
    return f'<a href="{escape(row["link"])}" rel="noopener noreferrer" target="_blank">{escape(row["title"])}</a>'


def _people(row: EventRow, lang: Lang) -> str:
    shown = ((who["shown"], who["role"] or who["organisation"]) for who in row["speakers"])
    return "".join(f"<li><b>{escape(name)}</b> <span>{escape(role)}</span></li>" for name, role in shown)


def _parts(event: Entry, row: EventRow, lang: Lang) -> str:
    """A button a part, which opens the transcript there; the value is the part's own title."""
    pairs = zip(event.card.parts, row["parts"], strict=True)
    parts = "".join(
        f'<button class="rt-jump" value="{escape(part.title)}">{escape(shown)}</button>' for part, shown in pairs
    )
    return f'{parts}<button class="rt-open-reader">{word(lang, "open_transcript")}</button>'
