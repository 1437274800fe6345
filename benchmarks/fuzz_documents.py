"""Word documents for the fuzzer: any XML inside a package that opens, and XML that is built well-formed from bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_OPEN = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
)
_CLOSE = "</w:body></w:document>"
# Elements that hold others: their words are speech, or are gone from the text.
_SPOKEN = ("w:p", "w:r", "w:ins", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:hyperlink", "w:txbxContent")
_UNSPOKEN = ("w:del", "w:moveFrom", "mc:Fallback")
_EMPTY = (
    "<w:pPr/>",
    "<w:tab/>",
    "<w:br/>",
    "<w:cr/>",
    "<w:noBreakHyphen/>",
    "<w:b/>",
    '<w:pStyle w:val="Heading1"/>',
    "<!-- -->",
)
_WORDS = ("Ann", "Ann: yes", "张三：", "好。", "  ", "\n", "# a", "WEBVTT", "Q", "A: b", "[Ann]", "分享人:", "x" * 90)
_DEEPEST = 200  # elements; the XML parser refuses 256


def package(document: bytes) -> bytes:
    """A Word document whose main part is ``document``, whatever that is."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)
    return held.getvalue()


def paragraphs(lines: Iterable[str]) -> bytes:
    """XML of a document with a paragraph a line."""
    rows = (f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    return "".join([_OPEN, *rows, _CLOSE]).encode()


def built(data: bytes) -> tuple[bytes, str]:
    """Well-formed XML of a document that ``data`` chooses, and the words in it that are speech."""
    parts, spoken, opened = [_OPEN, "<w:p>"], list[str](), ["w:p"]
    for byte in data:
        kind, pick, gone = byte % 4, byte // 4, bool(set(opened) & set(_UNSPOKEN))
        if kind == 0 and len(opened) < _DEEPEST:
            opened.append((*_SPOKEN, *_UNSPOKEN)[pick % (len(_SPOKEN) + len(_UNSPOKEN))])
            parts.append(f"<{opened[-1]}>")
        elif kind == 1 and len(opened) > 1:
            parts.append(f"</{opened.pop()}>")
        elif kind == 2:
            parts.append(_EMPTY[pick % len(_EMPTY)])
            spoken += [] if gone or "Hyphen" not in parts[-1] else ["-"]
        else:
            words = _WORDS[pick % len(_WORDS)]
            parts.append(f'<w:t xml:space="preserve">{words}</w:t>')
            spoken += [] if gone else [words]
    parts += (f"</{name}>" for name in reversed(opened))
    return "".join([*parts, _CLOSE]).encode(), "".join(spoken)
