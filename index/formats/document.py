"""Documents into lines of words: Word (.docx) and Markdown, each line with its place in the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TranscriptError
from .decode import LIMIT
from .label import candidate
from .markup import plain
from .stamp import read_stamp

if TYPE_CHECKING:
    from markdown_it.token import Token

_UNPACKED = 16 * LIMIT  # bytes; a document that is larger inside is made to do harm
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (f"{_W}moveFrom", f"{_W}del", _FALLBACK)
_FRONT = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")
_CJK_END = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]$")
# Link definitions would take "[Ann]: hello" out of the text, a rule below a line would make it a heading.
_OFF = ("reference", "lheading", "html_block")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of words; ``number`` is the line of a Markdown file, or the paragraph of a Word document."""

    text: str
    number: int
    is_heading: bool = False
    is_bold: bool = False
    """Whether it begins in bold, as a speaker's name often does."""


def word_lines(path: Path) -> tuple[DocumentLine, ...]:
    """The paragraphs of a Word document in reading order, tables and text boxes with them.

    python-docx opens the package; its ``Paragraph.text`` leaves out accepted insertions, text boxes and content
    controls, so the words are taken from the XML it has parsed.
    """
    import docx

    try:
        raw = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            if sum(info.file_size for info in package.infolist()) > _UNPACKED:
                raise TranscriptError(f"{str(path)!r} unpacks to over {_UNPACKED:,} bytes; split it")
        body = docx.Document(io.BytesIO(raw)).element.body
    except TranscriptError:
        raise
    except OSError as error:
        raise TranscriptError(f"cannot read {str(path)!r}: {error.strerror or error}") from error
    except Exception as error:  # the package, its XML or its relations are broken, each with an error of its own
        raise TranscriptError(
            f"{str(path)!r} is no Word document that opens ({error}); save it again as .docx"
        ) from error
    return tuple(line for n, p in enumerate(body.iter(f"{_W}p"), 1) for line in _paragraph(p, n))


def _paragraph(paragraph: object, number: int) -> Iterator[DocumentLine]:
    bold = paragraph.find(f"{_W}r/{_W}rPr/{_W}b")  # type: ignore[attr-defined]
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")  # type: ignore[attr-defined]
    named = str(style.get(f"{_W}val")) if style is not None else ""
    is_heading = bool(re.match(r"(?:Heading|标题)\s?\d|Heading\d", named))
    for text in "".join(_runs(paragraph)).split("\n"):
        yield DocumentLine(text.replace("\r", " "), number, is_heading and bool(text.strip()), bold is not None)


def _runs(node: object) -> Iterator[str]:
    """The words of a paragraph, not those of paragraphs inside it."""
    for child in node:  # type: ignore[attr-defined]
        if child.tag == f"{_W}t":
            yield (child.text or "").replace("\n", " ")
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in (f"{_W}p", f"{_W}pPr", *_GONE):
            yield from _runs(child)


def markdown_lines(text: str) -> tuple[DocumentLine, ...]:
    """The words of a Markdown file, its marks taken off; front matter is about the file and no speech."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    skipped = text[: front.end()] if front else ""
    tokens = MarkdownIt("commonmark").disable(list(_OFF)).parse("\n" * skipped.count("\n") + text[len(skipped) :])
    return tuple(_blocks(tokens))


def _blocks(tokens: list[Token]) -> Iterator[DocumentLine]:
    item, opened = "", ""
    for token in tokens:
        first = token.map[0] + 1 if token.map else 1
        if token.type == "list_item_open":
            item = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in ("heading_open", "paragraph_open"):
            opened = token.type
        elif token.type == "inline":
            for line in _joined(token.children or [], first):
                yield DocumentLine(item + line.text, line.number, opened == "heading_open", line.is_bold and not item)
                item = ""
            yield DocumentLine("", token.map[1] if token.map else first)
        elif token.type in ("fence", "code_block", "html_block"):
            shift = 1 if token.type == "fence" else 0
            for n, line_text in enumerate(token.content.rstrip("\n").split("\n")):
                yield DocumentLine(line_text, first + n + shift)
    if item:
        yield DocumentLine(item, 1)


def _joined(children: list[Token], first: int) -> Iterator[DocumentLine]:
    """The lines of a paragraph; Latin text that was only wrapped is one, a line that opens with a name is its own."""
    held: list[str] = []
    at, held_bold = first, False
    for number, words, bold, hard in _written(children, first):
        own = hard or bold or not held or _CJK_END.search(held[-1]) or candidate(words) or read_stamp(words)
        if own and held:
            yield DocumentLine(" ".join(held), at, is_bold=held_bold)
            held = []
        if not held:
            at, held_bold = number, bold
        held.append(words.strip())
    if held:
        yield DocumentLine(" ".join(held), at, is_bold=held_bold)


def _written(children: list[Token], first: int) -> Iterator[tuple[int, str, bool, bool]]:
    """The lines of a paragraph as written: number, words, whether they begin in bold, whether the break is meant."""
    number, words, bold, hard = first, [""], False, False
    for token in [*children, None]:
        if token is not None and token.type not in ("softbreak", "hardbreak"):
            bold = bold or (token.type == "strong_open" and not any(map(str.strip, words)))
            words.append(_inline(token))
            continue
        if (line := "".join(words)).strip():
            yield number, line, bold, hard
        number, words, bold, hard = number + 1, [""], False, token is not None and token.type == "hardbreak"


def _inline(token: Token) -> str:
    if token.type == "image":
        return "".join(_inline(child) for child in token.children or [])
    return plain(token.content) if token.type == "html_inline" else token.content
