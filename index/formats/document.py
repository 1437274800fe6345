"""Word documents (.docx) into lines of words, each with its paragraph; Markdown's are read in markdown.py."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import TranscriptError
from .decode import LIMIT

_UNPACKED = 16 * LIMIT  # bytes; a document that is larger inside is made to do harm
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (f"{_W}moveFrom", f"{_W}del", _FALLBACK)
_TEXT, _BOLD, _STYLE = f"{_W}t", f"{_W}r/{_W}rPr/{_W}b", f"{_W}pPr/{_W}pStyle"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SKIPPED = frozenset({f"{_W}p", f"{_W}pPr", *_GONE})
_HEADING = re.compile(r"(?:Heading|标题)\s?\d|Heading\d")


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
    # A text box stands twice in the file, the second time as the fallback of older programs.
    kept = (p for p in body.iter(f"{_W}p") if next(p.iterancestors(*_GONE), None) is None)
    return tuple(line for n, p in enumerate(kept, 1) for line in _paragraph(p, n))


def _paragraph(paragraph: object, number: int) -> Iterator[DocumentLine]:
    bold = paragraph.find(_BOLD)  # type: ignore[attr-defined]
    style = paragraph.find(_STYLE)  # type: ignore[attr-defined]
    named = str(style.get(f"{_W}val")) if style is not None else ""
    is_heading = bool(_HEADING.match(named))
    for text in "".join(_runs(paragraph)).split("\n"):
        yield DocumentLine(text.replace("\r", " "), number, is_heading and bool(text.strip()), bold is not None)


def _runs(node: object) -> Iterator[str]:
    """The words of a paragraph, not those of paragraphs inside it."""
    for child in node:  # type: ignore[attr-defined]
        tag = child.tag
        if tag == _TEXT:
            yield (child.text or "").replace("\n", " ")
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag not in _SKIPPED:
            yield from _runs(child)
