"""Markdown into lines of words, its marks taken off, each with its line in the file; no word of it vanishes.

markdown-it parses it, in Python and mark by mark, so what has no mark is not given to it, and a file that is made of
marks is not either, beyond a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from .document import DocumentLine
from .label import candidate
from .markup import plain
from .stamp import read_stamp

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Keys in small letters: "Ann: hello" between two rules is speech.
_FRONT = re.compile(r"---[ \t]*\n(?:(?:[a-z][\w.-]*[ \t]*:|[ \t]+\S|-[ \t]|#).*\n){0,60}(?:---|\.\.\.)[ \t]*(?:\n|$)")
_CJK_END = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
# Link definitions would take "[Ann]: hello" out of the text, a rule below a line would make it a heading. What a
# paragraph says is parsed by paragraphs, not by the library's rule for all of them.
_OFF = ("reference", "lheading", "html_block", "inline")
_LINK = "]("  # without it brackets and '!' are text: link definitions are off
_MARK, _LINKING = re.compile(r"[&*<\\_`]"), re.compile(r"[!&*<\[\\\]_`]")
# Where a mark can mean something, as CommonMark has it: a star between spaces, an underscore between letters and a "<"
# that nothing closes are text. Wherever the library stops it tries twelve rules, and it stops at ':' and '-' as well.
_STOPS = r"[\n\\`]|\*(?!\s)|(?<!\s)\*|_(?![^\W_])|(?<![^\W_])_|<(?=[!?]|[A-Za-z/][^<>\"']*[>\"'])|&(?=[#A-Za-z])"
_STOP, _STOP_LINKING = re.compile(_STOPS), re.compile(rf"{_STOPS}|[\[\]]|!(?=\[)")
_MARKS = 60_000  # in a file, then paragraphs keep theirs; 15,000 names in bold, a day of speech, have as many
_OPEN_ENDED = re.compile(r"<[!?]")
_OPEN_ENDS = 16  # comments in a paragraph; each that does not end is looked through to its end
# Three bullets and more in one line, which is no rule, are no list of lists of lists.
_HEAPED = re.compile(r"^( {0,3})(?!([-*])(?:[ \t]*\2)+[ \t]*$)(?=[-*+](?:[ \t]+[-*+]){2})", re.MULTILINE)
_FENCE = re.compile(r"`{3}|~{3}|\r|\0")
_BLOCK = re.compile(r"[ \t#>*+_-]|\d{1,9}[.)]")  # what may open another block than a paragraph, or end one
_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{1,20}")
_MARKERS = re.compile(r"(?:[\s>*+#_-]|\d{1,9}[.)](?=\s|$))*")


class _Chunk(NamedTuple):
    """Lines ``first:end``; ``is_plain`` is whether they are one paragraph whatever stands around them."""

    first: int
    end: int
    is_plain: bool


class _Words(NamedTuple):
    """A line of a paragraph as written; ``is_meant`` is whether the break before it is one."""

    number: int
    text: str
    is_bold: bool
    is_meant: bool


def markdown_lines(text: str) -> tuple[DocumentLine, ...]:
    """The words of a Markdown file; front matter is about the file and no speech."""
    front = _FRONT.match(text)
    skipped = text[: front.end()] if front else ""
    whole = "\n" * skipped.count("\n") + text[len(skipped) :]
    return tuple(_blocks(_parsed_blocks(_HEAPED.sub(r"\1\\", whole)), whole.split("\n")))


def _parsed_blocks(text: str) -> Iterator[Token]:
    """The library's tokens; paragraphs without a mark that could make them anything else are not given to it."""
    from markdown_it.token import Token

    lines = text.split("\n")
    if _FENCE.search(text):  # what is a paragraph elsewhere may be code
        yield from _parser().parse(text)
        return
    for is_plain, group in groupby(_chunks(lines), key=lambda chunk: chunk.is_plain):
        chunks = list(group)
        if is_plain:
            for chunk in chunks:
                span, said = [chunk.first, chunk.end], "\n".join(lines[chunk.first : chunk.end])
                yield Token("paragraph_open", "p", 1, map=span)
                yield Token("inline", "", 0, map=span, content=said.strip())
            continue
        at = chunks[0].first
        for token in _parser().parse("\n".join(lines[at : chunks[-1].end])):
            if token.map:
                token.map = [token.map[0] + at, token.map[1] + at]
            yield token


def _chunks(lines: Sequence[str]) -> Iterator[_Chunk]:
    """Runs of lines between blank ones."""
    first, is_plain = -1, True
    for n, line in enumerate((*lines, "")):
        if not line.strip(" \t"):
            if first >= 0:
                yield _Chunk(first, n, is_plain)
            first, is_plain = -1, True
            continue
        first = n if first < 0 else first
        is_plain = is_plain and not _BLOCK.match(line)


@cache
def _parser(*off: str) -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable([*_OFF, *off])
    parser.inline.terminator_re = _STOP if "link" in off else _STOP_LINKING
    return parser


def _blocks(tokens: Iterable[Token], source: Sequence[str]) -> Iterator[DocumentLine]:
    item, opened, left, at = "", "", _MARKS, 0
    for token in tokens:
        first, end = token.map or (at, at)
        if token.type == "list_item_open":
            item = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in ("heading_open", "paragraph_open"):
            opened = token.type
        elif token.type in ("inline", "fence", "code_block"):
            yield from _unread(source, at, first)
            at = end
            if token.type != "inline":
                yield from _code(token, first + 1)
                continue
            marks = len((_LINKING if _LINK in token.content else _MARK).findall(token.content))
            left -= marks
            for line in _joined(_written(token.content, first + 1, parsed=marks > 0 and left >= 0)):
                yield DocumentLine(item + line.text, line.number, opened == "heading_open", line.is_bold and not item)
                item = ""
            yield DocumentLine("", end)
    yield from _unread(source, at, len(source))
    if item:
        yield DocumentLine(item, 1)


def _unread(source: Sequence[str], first: int, end: int) -> Iterator[DocumentLine]:
    """Lines between two blocks that say something: the library leaves out what is nested deeper than twenty levels."""
    for number, line in enumerate(source[first:end], first + 1):
        if not _MARKERS.fullmatch(line):
            yield DocumentLine(line, number)
            yield DocumentLine("", number)


def _code(token: Token, first: int) -> Iterator[DocumentLine]:
    """The lines of a block of code; behind its fence may stand more than the name of a language."""
    if token.info.strip() and not _LANGUAGE.fullmatch(token.info.strip()):
        yield DocumentLine(token.info.strip(), first)
    for number, line in enumerate(token.content.rstrip("\n").split("\n"), first + (token.type == "fence")):
        yield DocumentLine(line, number)


def _joined(written: Iterator[_Words]) -> Iterator[DocumentLine]:
    """The lines of a paragraph; Latin text that was only wrapped is one, a line that opens with a name is its own."""
    held: list[str] = []
    at, is_bold = 0, False
    for line in written:
        if held and (
            line.is_meant
            or line.is_bold
            or _CJK_END.match(held[-1][-1:])
            or candidate(line.text)
            or read_stamp(line.text)
        ):
            yield DocumentLine(" ".join(held), at, is_bold=is_bold)
            held = []
        if not held:
            at, is_bold = line.number, line.is_bold
        held.append(line.text.strip())
    if held:
        yield DocumentLine(" ".join(held), at, is_bold=is_bold)


def _written(content: str, first: int, *, parsed: bool) -> Iterator[_Words]:
    """The lines of a paragraph as written, without their marks where it is parsed."""
    if parsed:
        yield from _parsed(content, first)
        return
    is_meant = False
    for number, line in enumerate(content.split("\n"), first):
        if line.strip():
            yield _Words(number, line.strip(" \t"), is_bold=False, is_meant=is_meant)
        is_meant = line.endswith("  ")


def _parsed(content: str, first: int) -> Iterator[_Words]:
    number, words, bold, hard = first, [""], False, False
    for token in [*_tokens(content), None]:
        if token is not None and token.type not in ("softbreak", "hardbreak"):
            bold = bold or (token.type == "strong_open" and not any(map(str.strip, words)))
            words.append(_inline(token))
            continue
        if (line := "".join(words)).strip():
            yield _Words(number, line, bold, hard)
        number, words, bold, hard = number + 1, [""], False, token is not None and token.type == "hardbreak"


def _tokens(content: str) -> list[Token]:
    off = () if _LINK in content else ("link", "image")
    if len(_OPEN_ENDED.findall(content)) > _OPEN_ENDS:
        off = (*off, "html_inline")
    parser = _parser(*off)
    return parser.inline.parse(content, parser, {}, [])


def _inline(token: Token) -> str:
    if token.type == "image":
        return "".join(_inline(child) for child in token.children or [])
    return plain(token.content) if token.type == "html_inline" else token.content
