"""The words of the pages: one table a language, used by the Gradio page and sent to the scripts of the light page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from ..types import Lang

# An English question may name people in Chinese: "What did 周杨 talk about?" Two Latin words ("TiDB?") may be anybody's.
_ENGLISH = re.compile(
    r"\W*(?:and |so |but )?(?:what|who|whose|why|how|which|when|where|is|are|was|were|does|did|do|can|could)\b",
    re.IGNORECASE,
)
_CHINESE, _LATIN_WORDS = re.compile("[\u3400-\u9fff]"), re.compile(r"[A-Za-z]+[^A-Za-z]+[A-Za-z]+[^A-Za-z]+[A-Za-z]")
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


def asked_in(text: str, page: Lang) -> Lang:
    """The language to answer in: that of the question where it is plain, else the page's; as in embed/dom.js."""
    if _ENGLISH.match(text):
        return "en"
    return "zh" if _CHINESE.search(text) else "en" if _LATIN_WORDS.search(text) else page


def _quality(part: str) -> tuple[float, str]:
    tag, _, parameter = part.strip().lower().partition(";")
    try:
        return float(parameter.strip().removeprefix("q=") or 1), tag.strip()
    except ValueError:
        return 0.0, tag.strip()
