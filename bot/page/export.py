"""A conversation as a file to keep: Markdown for people, JSON for programs. Labels go with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from index.store import Index

from ..media import clock
from ..render import answer_text
from ..types import Answer, Citation, Lang
from ..web.answer_rows import whole
from ..web.rows import title
from .talk import Item, Talk
from .words import word

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~!&])")
_LINE_MARKUP = re.compile(r"(?m)^(\s*)([-+=]|\d+[.)])")


def to_markdown(talk: Talk, index: Index, lang: Lang) -> str:
    """The conversation as Markdown; nothing of what was said or asked can become markup."""
    return "\n\n".join(_sections(talk, index, lang)) + "\n"


def to_json(talk: Talk, index: Index, lang: Lang) -> str:
    """The conversation as rows of the API, each with its label."""
    rows = [{**whole(answer, index, item.id), "label": _label(item, lang)} for item, answer in _kept(talk, index)]
    return json.dumps({"event": talk.event, "answers": rows}, ensure_ascii=False, indent=1)


def _sections(talk: Talk, index: Index, lang: Lang) -> Iterator[str]:
    cards = [event.card for event in index.events if event.id == talk.event]
    yield f"# {_plain(title(cards[0], lang) if cards else word(lang, 'all_events'))}"
    for item, answer in _kept(talk, index):
        yield f"## {_plain(item.question)}"
        yield "  \n".join(_plain(line) for line in answer_text(answer, index).splitlines())
        if answer.notes:
            yield "  \n".join(_plain(note) for note in answer.notes)
        if answer.citations:
            yield "\n".join(f"- \\[{c.number}\\] {_plain(_where(c))}{_time(c)}" for c in answer.citations)
            yield f"_{_label(item, lang)}_"


def _kept(talk: Talk, index: Index) -> Iterator[tuple[Item, Answer]]:
    """What was answered, and still stands in the texts as they are now."""
    return ((item, item.answer) for item in talk.items if item.answer and item.stands(index))


def _where(citation: Citation) -> str:
    return " · ".join(filter(None, (citation.speaker, citation.place)))


def _time(citation: Citation) -> str:
    """When it was said, with a link that starts there where there is one."""
    if citation.time is None:
        return ""
    shown = clock(citation.time)
    return f" · [{shown}](<{citation.link}>)" if citation.link and not set("<>") & set(citation.link) else f" · {shown}"


def _label(item: Item, lang: Lang) -> str:
    return word(lang, "written" if item.answer and item.answer.mode == "llm" else "verbatim")


def _plain(text: str) -> str:
    """Text whose characters mean only themselves in Markdown."""
    return _LINE_MARKUP.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))
