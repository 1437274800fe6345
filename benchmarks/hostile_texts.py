"""A megabyte of lines that were made to hold a reader up, by name."""

from __future__ import annotations

from collections.abc import Mapping

MEGABYTE = 2**20
WIDTH = 60  # bytes a line at least; a megabyte of captions has lines of about 30
_LINES = (
    "a", " ", "\t \t", "00:00:01.000 --> 00:00:02.000", "--> --> -->", "1:1:1:1:1:1:", "<v <v <v ", "<font a=b " * 8, "&&&&amp;", "[[[[((((", "Ann:",
    "Ann Lee  0:03", "[00:00:01] Ann: x", "00:01", "* * * _ _ `", "> > > > >", "- - - -", "{\"a\":", "张三:", "说话人 1 00:03:12", "...", "<00:00:01.000>" * 4,
    "1", "WEBVTT", "NOTE", "\u200b\u202e\ufeff", "![](<", "|-|-|", "A" * 4000, " " * 4000 + "x", ":" * 2000, "-" * 2000 + ">", "." * 2000, "<" * 2000, "[" * 300, "a.b" * 600,
    "Ann ((((((" * 20, "年年年亿万" * 100, "0:" * 900, "# # # #", "*a_b*c" * 200, "\\" * 900, "“”\"" * 300,
)  # fmt: skip


def texts() -> Mapping[str, str]:
    """One line repeated, all lines in turn, and one line without an end; each about a megabyte."""
    wide = (line * max(1, WIDTH // len(line.encode())) for line in _LINES)
    repeated = {
        f"lines of {line[:12]!r} ({len(line)})": f"{line}\n" * (MEGABYTE // (len(line.encode()) + 1)) for line in wide
    }
    endless = {f"endless {line[:12]!r} ({len(line)})": line * (MEGABYTE // len(line.encode())) for line in _LINES}
    every = "\n".join(_LINES)
    cues = "\n".join(f"{line[:40]}\n\n00:00:0{n % 10}.000 --> 00:00:09.000" for n, line in enumerate(_LINES))
    return {
        **repeated,
        **endless,
        "every line": every * (MEGABYTE // len(every.encode())),
        "every line as a cue": cues * (MEGABYTE // len(cues.encode())),
    }
