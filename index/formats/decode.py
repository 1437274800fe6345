"""Bytes of a text file into its characters, exactly, or a named error."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from ..errors import TranscriptError

LIMIT = 16 * 2**20  # bytes; a day of speech is about 1 MB, so a larger file is not a transcript
LINES = 200_000  # a day of captions, one every two seconds, has 170,000
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HIGH, _LONE = re.compile(rb"[\x80-\xff]"), re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_ACCENTS = 0.1  # share of bytes that are no ASCII, above which a text is not one of Latin letters; French has 0.04
_APART = 0.7  # share of them that stand alone; in Chinese nearly none does
_PLAIN = 0.9  # share of characters of a GB18030 reading that must be ordinary; mojibake has about half


def read_text(path: Path) -> str:
    """The text of a file: UTF-8 with or without BOM, UTF-16 with BOM, GB18030, or English of old Windows programs."""
    if path.is_dir():
        raise TranscriptError(f"{str(path)!r} is a folder, not a transcript; name a file in it")
    try:
        if path.stat().st_size > LIMIT:
            raise TranscriptError(f"{str(path)!r} has {path.stat().st_size:,} bytes, over {LIMIT:,}; split it")
        raw = path.read_bytes()
    except OSError as error:
        raise TranscriptError(f"cannot read {str(path)!r}: {error.strerror}") from error
    text = decode(raw, str(path))
    if text.count("\n") > LINES:
        raise TranscriptError(f"{str(path)!r} has {text.count(chr(10)):,} lines, over {LINES:,}; split it")
    if not text.strip():
        raise TranscriptError(f"{str(path)!r} is empty; it must hold the words that were spoken")
    return text


def decode(raw: bytes, name: str) -> str:
    """Decode ``raw``; the byte-order mark is dropped, nothing else is."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _strict(raw[len(bom) :], encoding, name)
    if b"\0" in raw:
        raise TranscriptError(f"{name!r} is binary (a zero byte at {raw.index(0)}); save it as UTF-8 text")
    if _is_utf8(raw):
        return _strict(raw, "utf-8", name)
    if _is_western(raw):
        return _strict(raw, "cp1252", name)
    text = _strict(raw, "gb18030", name)
    if sum(map(_is_ordinary, text)) < _PLAIN * len(text):
        raise TranscriptError(f"{name!r} is neither UTF-8, UTF-16 with BOM, nor GB18030; save it as UTF-8 text")
    return text


def _strict(raw: bytes, encoding: str, name: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        bad = raw[error.start : error.end].hex(" ")
        raise TranscriptError(
            f"{name!r}: byte {error.start} ({bad}) on line {line} is not {encoding}; save the file as UTF-8 text"
        ) from error
    if "\0" in text:
        raise TranscriptError(f"{name!r} holds a NUL character at {text.index(chr(0))}; save it as UTF-8 text")
    return text


def _is_utf8(raw: bytes) -> bool:
    """Whether this is UTF-8, perhaps damaged: most of its non-ASCII sequences decode."""
    text = raw.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return not bad or sum(1 for c in text if c > "\x7f" and c != "\ufffd") > bad


def _is_western(raw: bytes) -> bool:
    """Whether this is Latin text with an accent or a curly quote here and there, each a byte by itself: read as GB18030,
    "It’s" and "Müller" take the letter behind them into a Chinese character. Chinese text has its bytes in pairs and runs.
    """
    accents = len(_HIGH.findall(raw))
    return accents <= _ACCENTS * len(raw) and len(_LONE.findall(raw)) >= _APART * accents


def _is_ordinary(char: str) -> bool:
    if char in "\t\n\r" or " " <= char <= "~" or "\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f":
        return True
    return "\uff00" <= char <= "\uffef" or (unicodedata.category(char)[0] in "LPN" and char < "\u2e80")
