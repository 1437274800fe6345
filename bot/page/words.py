"""The words of the pages: one table a language, used by the Gradio page and sent to the scripts of the light page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ..types import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")


@cache
def page_words(lang: Lang) -> Mapping[str, str]:
    """All words of the pages in a language."""
    text = (resources.files("bot") / "words" / f"page.{lang}.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def word(lang: Lang, key: str, **fields: object) -> str:
    """One of them, with its fields filled in."""
    return page_words(lang)[key].format(**fields)


def preferred(accepted: str, fallback: Lang = "zh") -> Lang:
    """The language a browser's Accept-Language prefers among ours."""
    ranked = sorted(map(_quality, accepted.split(",")), key=lambda pair: -pair[0])
    for quality, tag in ranked:
        for lang in LANGS:
            if quality > 0 and (tag == lang or tag.startswith(f"{lang}-")):
                return lang
    return fallback if not accepted.strip(" *") else "en"


def _quality(part: str) -> tuple[float, str]:
    tag, _, parameter = part.strip().lower().partition(";")
    try:
        return float(parameter.strip().removeprefix("q=") or 1), tag.strip()
    except ValueError:
        return 0.0, tag.strip()
