"""Suite files changed in place, so that comments and order stay: lines re-anchored, cases added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from eval.case import CaseEntry
from eval.lint import lint
from eval.load import FindTranscript, Loaded, Moved, load
from eval.source import Source, SuiteError, read


def reanchored(loaded: Loaded) -> str:
    """The suite's text with the line of every moved quote corrected."""
    source = loaded.source
    return _jsonl(source, loaded.moved) if source.path.suffix == ".jsonl" else _yaml(source, loaded.moved)


def _yaml(source: Source, moved: Iterable[Moved]) -> str:
    text = source.text
    edits = sorted((_edit(source, one) for one in moved), reverse=True)
    for start, end, new in edits:
        text = text[:start] + new + text[end:]
    return text


def _edit(source: Source, moved: Moved) -> tuple[int, int, str]:
    """What to put where: the line's number in place of the old one, or a new key before the others."""
    stated = source.places.get((*moved.key, "line"))
    if stated:
        return stated.start, stated.end, str(moved.found)
    at = source.places[moved.key].start
    if source.text[at] == "{":
        return at + 1, at + 1, f"line: {moved.found}, "
    indent = " " * (at - (source.text.rfind("\n", 0, at) + 1))
    return at, at, f"line: {moved.found}\n{indent}"


def _jsonl(source: Source, moved: Iterable[Moved]) -> str:
    rows = source.text.split("\n")
    for one in moved:
        number = source.line(one.key[:2]) - 1
        row: Any = json.loads(rows[number])
        _, _, _, alternative, span = one.key
        row["evidence"][alternative][span]["line"] = one.found
        rows[number] = json.dumps(row, ensure_ascii=False)
    return "\n".join(rows)


def added(path: Path, entry: CaseEntry, find: FindTranscript) -> str:
    """A suite's text with a case at its end, proved like the others.

    Raises:
        SuiteError: the case's id is taken, a quote of it is not in the text, or it makes no sense to lint.
    """
    source = read(path)
    if any(isinstance(case, dict) and case.get("id") == entry.id for case in source.value.get("cases", [])):
        raise SuiteError(f"{path} has a case {entry.id!r} already; choose another id")
    text = source.text if source.text.endswith("\n") else source.text + "\n"
    if path.suffix == ".jsonl":
        text += json.dumps(_plain(entry), ensure_ascii=False) + "\n"
    else:
        text += case_yaml(entry, _indent(source))
    beside = path.with_name(f".{path.stem}.adding{path.suffix}")
    try:
        beside.write_text(text, "utf-8", newline="")
        loaded = load(beside, find, drafts=True)
    except SuiteError as error:
        raise SuiteError(*(fault.replace(str(beside), str(path)) for fault in error.faults)) from error
    finally:
        beside.unlink(missing_ok=True)
    unsound = [found.message for found in lint(loaded) if found.error and found.case == entry.id]
    if unsound:
        raise SuiteError(*(f"the case {entry.id!r} cannot be added: it {message}" for message in unsound))
    return text


def _indent(source: Source) -> int:
    """How far in the dashes of a suite's cases stand; many programs write them without any indent."""
    first = source.places.get(("cases", 0))
    if first is None:
        return 2
    before = source.text[source.text.rfind("\n", 0, first.start) + 1 : first.start]
    return len(before) - len(before.lstrip())


def case_yaml(entry: CaseEntry, indent: int = 2) -> str:
    """A case as it stands in a suite: one key a line, evidence as one span a line."""
    rows = _plain(entry)
    evidence = rows.pop("evidence", [])
    lines = [f"{name}: {_flow(value)}" for name, value in rows.items()]
    if evidence:
        lines.append("evidence:")
        for alternative in evidence:
            lines += [f"  {'- -' if at == 0 else '  -'} {_flow(span)}" for at, span in enumerate(alternative)]
    return "".join(f"{' ' * indent}{'- ' if at == 0 else '  '}{line}\n" for at, line in enumerate(lines))


def _plain(entry: CaseEntry) -> dict[str, Any]:
    """What a person would write: no key that only says its default."""
    return {name: value for name, value in entry.model_dump(mode="json", exclude_defaults=True).items() if value}


def _flow(value: object) -> str:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10**9, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")


def save(path: Path, text: str) -> None:
    """Write a suite's file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8", newline="")
    beside.replace(path)
