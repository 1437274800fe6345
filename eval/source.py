"""Suite files as text: YAML or JSONL into plain values, each with the place it stands at."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from index.errors import InputError

# libyaml's reads the panel's suite in 0.15 s where PyYAML's own takes 0.5, and refuses what is nested without bound.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Key = tuple[str | int, ...]
"""The way to a value: ``("cases", 3, "evidence", 0, 1, "quote")``."""


class SuiteError(InputError):
    """A suite, baseline or case that cannot be used as it is; one message per fault."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in its file: 1-based ``line``, and the character offsets ``start:end`` of the value."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A suite file read but not yet validated."""

    path: Path
    text: str
    value: Any
    places: dict[Key, Place] = field(default_factory=dict)

    def line(self, key: Key) -> int:
        """The line of a value, or of the nearest thing around it."""
        while key not in self.places and key:
            key = key[:-1]
        return self.places[key].line if key in self.places else 1

    def at(self, key: Key) -> str:
        """``file:line``, as editors and terminals link it."""
        return f"{self.path}:{self.line(key)}"


def read(path: Path) -> Source:
    """Read a suite file.

    Raises:
        SuiteError: it cannot be read, is no YAML or JSONL, or states a key twice.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SuiteError(f"{path}: cannot be read ({error.strerror}); give a suite's name or its file") from error
    except UnicodeDecodeError as error:
        raise SuiteError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    return _jsonl(path, text) if path.suffix == ".jsonl" else _yaml(path, text)


def _yaml(path: Path, text: str) -> Source:
    try:
        loader = _LOADER(text)
        node = loader.get_single_node()
        if node is None:
            raise SuiteError(f"{path}: is empty; start one with: roundtable eval init EVENT")
        walk = _Walk(path, loader)
        value = walk.read(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SuiteError(f"{path}:{mark.line + 1 if mark else 1}: is not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise SuiteError(f"{path}: is not YAML: {error}") from error
    return Source(path, text, value, walk.places)


class _Walk:
    """Turns YAML nodes into plain values and remembers where each stood."""

    def __init__(self, path: Path, loader: yaml.SafeLoader | yaml.CSafeLoader) -> None:
        self.path, self.loader = path, loader
        self.places: dict[Key, Place] = {}
        self.seen: set[int] = set()

    def read(self, node: yaml.Node, key: Key) -> Any:
        line = node.start_mark.line + 1
        if id(node) in self.seen:  # an alias; nested ones multiply without bound
            raise SuiteError(f"{self.path}:{line}: anchors and aliases are not read in suites; write the value out")
        self.seen.add(id(node))
        self.places.setdefault(key, Place(line, node.start_mark.index, node.end_mark.index))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*key, number)) for number, item in enumerate(node.value)]
        return self.loader.construct_object(node)

    def mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            if name in found:
                raise SuiteError(f"{self.path}:{name_node.start_mark.line + 1}: the key {name!r} stands here twice")
            found[name] = self.read(value_node, (*key, name))
        return found


def _jsonl(path: Path, text: str) -> Source:
    rows, places, offset = [], {}, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                rows.append(json.loads(line, object_pairs_hook=_once))
            except ValueError as error:
                raise SuiteError(f"{path}:{number}: is not JSON: {error}") from error
            key: Key = ("cases", len(rows) - 2) if len(rows) > 1 else ()
            places[key] = Place(number, offset, offset + len(line))
        offset += len(line) + 1
    if not rows:
        raise SuiteError(f"{path}: is empty; its first line must be the suite's head")
    if not isinstance(rows[0], dict):
        raise SuiteError(f'{path}:1: must be the suite\'s head: {{"schema": 1, "suite": ..., "transcript": ...}}')
    return Source(path, text, {**rows[0], "cases": rows[1:]}, places)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)!r} stands there twice")
    return found
