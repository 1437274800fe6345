"""Word documents (.docx) into lines of words, each with its paragraph; Markdown's are read in markdown.py."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import TranscriptError
from .decode import LIMIT

_UNPACKED = 16 * LIMIT  # bytes; a document that is larger inside is made to do harm
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (f"{_W}moveFrom", f"{_W}del", _FALLBACK)
_TEXT, _RUN, _RUN_STYLE, _BOLD = f"{_W}t", f"{_W}r", f"{_W}rPr", f"{_W}b"
_PARAGRAPH_STYLE, _STYLE = f"{_W}pPr", f"{_W}pStyle"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SKIPPED = frozenset({f"{_W}p", _PARAGRAPH_STYLE, *_GONE})
_HEADING = re.compile(r"(?:Heading|标题)\s?\d|Heading\d")


class DocumentLine(NamedTuple):
    """A line of words; ``number`` is the line of a Markdown file, or the paragraph of a Word document. A tuple, as a
    megabyte has a hundred thousand.
    """

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
    # A text box stands twice in the file, the second time as the fallback of older programs.
    gone = next(body.iter(*_GONE), None) is not None
    kept = (p for p in body.iter(f"{_W}p") if not gone or next(p.iterancestors(*_GONE), None) is None)
    return tuple(line for n, p in enumerate(kept, 1) for line in _paragraph(p, n))


def _paragraph(paragraph: object, number: int) -> Iterator[DocumentLine]:
    is_bold, is_heading, words = False, False, list[str]()
    for child in paragraph:  # type: ignore[attr-defined]
        if child.tag == _PARAGRAPH_STYLE:
            is_heading = is_heading or _is_heading(child)
        else:
            is_bold = is_bold or (child.tag == _RUN and _is_bold(child))
            _collect(child, words)
    said = "".join(words)
    for text in said.split("\n") if "\n" in said else (said,):
        yield DocumentLine(text.replace("\r", " "), number, is_heading and bool(text.strip()), is_bold)


def _is_heading(style: object) -> bool:
    named = style.find(_STYLE)  # type: ignore[attr-defined]
    return named is not None and _HEADING.match(str(named.get(f"{_W}val"))) is not None


def _is_bold(run: object) -> bool:
    return any(child.tag == _RUN_STYLE and child.find(_BOLD) is not None for child in run)  # type: ignore[attr-defined]


def _collect(node: object, words: list[str]) -> None:
    """Append the words of a part of a paragraph, not those of paragraphs inside it."""
    tag = node.tag  # type: ignore[attr-defined]
    if tag == _TEXT:
        words.append((node.text or "").replace("\n", " "))  # type: ignore[attr-defined]
    elif tag in _BREAKS:
        words.append(_BREAKS[tag])
    elif tag not in _SKIPPED:
        for child in node:  # type: ignore[attr-defined]
            _collect(child, words)
