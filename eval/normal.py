"""Chinese-aware normalisation: two strings that say the same become the same, and no others."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIGITS = dict(zip("零〇一二两三四五六七八九", map(Decimal, (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9)), strict=True))
_UNITS = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_MYRIADS = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_CN = "".join(_DIGITS)
_ATOM = re.compile(rf"\d+(?:\.\d+)?|[{_CN}]点[{_CN}]+|[{_CN}十百千万亿]")
_NUMBER = re.compile(rf"(?:{_ATOM.pattern})+")
_PERCENT = re.compile(rf"百分之((?:{_ATOM.pattern})+)")
_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
_COUNTED = re.compile(rf"(?<=[\d{_CN}十百千])个(?=[万亿])")  # 三十个亿 is said for 三十亿
_LONGEST = 40  # characters of one number; longer runs are serial numbers, not amounts


def normal(text: str) -> str:
    """NFKC, case folded, every well-formed number as digits, without spaces and punctuation.

    ``三十个亿`` and ``30亿`` become the same, as do ``25％``, ``百分之二十五`` and ``25%``, or ``1月20号。`` and
    ``1月20号``. What carries meaning stays: ``%``, ``#``, a decimal point, a minus, and a gap between two numbers.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _GROUPED.sub(lambda found: found[0].replace(",", ""), text)
    text = _PERCENT.sub(lambda found: ("100" if found[1] == "百" else _digits(found[1])) + "%", text)
    text = _NUMBER.sub(lambda found: _digits(found[0]), _COUNTED.sub("", text))
    return "".join(_kept(text, at) for at in range(len(text)))


def contains(text: str, wanted: str) -> bool:
    """Whether a text says something, both normalised; a number is never found inside a longer one."""
    return bool(re.search(rf"{_edge(wanted, 0)}{re.escape(wanted)}{_edge(wanted, -1)}", text)) if wanted else False


def numbers(text: str) -> frozenset[str]:
    """The numbers of a normalised text, with their per-cent sign: ``25%`` is not ``25``."""
    return frozenset(re.findall(r"\d+(?:\.\d+)?%?", text))


def _edge(wanted: str, end: int) -> str:
    if not wanted[end].isdigit():
        return ""
    return r"(?<!\d)(?<!\d\.)" if end == 0 else r"(?!\d)(?!\.\d)"


def _digits(expression: str) -> str:
    if expression.isascii() or len(expression) > _LONGEST:  # 1.20 may be a version: it is not 1.2
        return expression
    value = _value(expression)
    return expression if value is None else f"{value.normalize():f}"


def _value(expression: str) -> Decimal | None:
    """The amount a numeral states, or None where it states none (``千万别``, ``三四千``, a lone ``亿``)."""
    atoms = _ATOM.findall(expression)
    if len(atoms) > 1 and all(atom in _DIGITS for atom in atoms):  # 二〇二〇 is read digit by digit
        return Decimal("".join(str(_DIGITS[atom]) for atom in atoms))
    total = section = unit = Decimal(0)
    pending: Decimal | None = None
    for atom in atoms:
        if atom in _UNITS:
            if pending is None and (atom != "十" or section):
                return None
            unit = _UNITS[atom]
            section += (Decimal(1) if pending is None else pending) * unit
            pending = None
        elif atom in _MYRIADS:
            section += pending or 0
            if not section and not (total and atom == "亿"):
                return None
            unit = _MYRIADS[atom]
            total, section, pending = (
                (total + section) * unit if atom == "亿" else total + section * unit,
                Decimal(0),
                None,
            )
        elif pending:
            return None
        else:
            unit = Decimal(0) if atom in "零〇" else unit
            pending = _amount(atom)
    if pending is None:
        return total + section
    return total + section + (pending * unit / 10 if unit > 10 else pending)  # 两千五 is 2500, 两千零五 is 2005


def _amount(atom: str) -> Decimal:
    if atom in _DIGITS:
        return _DIGITS[atom]
    return Decimal("".join(str(_DIGITS.get(char, char)) for char in atom.replace("点", ".")))


def _kept(text: str, at: int) -> str:
    char = text[at]
    kind = unicodedata.category(char)
    if kind[0] in "LNM" or char in "%#" or (kind[0] == "S" and kind != "Sk"):
        return char
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char == "." and before.isdigit() and after.isdigit():
        return char
    if char == "-" and after.isdigit() and not before.isalnum():
        return char
    return " " if _digit_before(text, at) and after.isdigit() else ""


def _digit_before(text: str, at: int) -> bool:
    """Whether the last kept character before here is a digit, so that ``3, 4`` does not become ``34``."""
    while at > 0 and unicodedata.category(text[at - 1])[0] in "PZC" and text[at - 1] not in "%#":
        at -= 1
    return at > 0 and text[at - 1].isdigit()
