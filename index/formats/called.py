"""What can stand where a speaker's name stands: a name, a word for a person, or whatever a tool puts there."""

from __future__ import annotations

import re

from ..dictionary import HAN

_ASIDE = re.compile(r"[（(【\[].*[)）】\]]\s*$")
_ASIDE_ENDS = (")", "）", "】", "]")
# Words that stand for a person where a name would stand, in any event.
_ROLE = re.compile(
    r"(?:发言人|说话人|說話人|講者|嘉宾|嘉賓|观众|觀眾|听众|聽眾|提问者|提問者|现场观众|问|答|主持人|主持|主席|记者|記者|男|女|[QA]"
    r"|speaker|participant|audience|moderator|host|interviewer|question|answer)\s*\d{0,3}",
    re.IGNORECASE,
)
# Labels that announce a person instead of giving them the word: what follows is about them.
_ANNOUNCED = re.compile(
    r"(?:分享人|分享嘉宾|主讲人|主讲|演讲人|演讲者|演讲嘉宾|讲者介绍|嘉宾介绍|出席嘉宾|主持人介绍"
    r"|about the speaker|presenter|speakers?|bio)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。！？!?；;,，\"“”]")
_SAID = re.compile(r"[。！？!?；;，\"“”]")


def bare(written: str) -> str:
    """A label without its aside: ``张三（CEO）`` is ``张三``."""
    name = written.strip("*_# \t\u3000") if not written.startswith("*") else written.strip()
    return _ASIDE.sub("", name).strip() if name.endswith(_ASIDE_ENDS) else name.strip()


def is_role(name: str) -> bool:
    """Whether a word stands for a person where a name would: host, Speaker 2, 说话人 1."""
    return bool(_ROLE.fullmatch(name))


def is_announcement(written: str) -> bool:
    """Whether these words announce a person: about the speaker, 分享人."""
    return bool(_ANNOUNCED.fullmatch(written))


def is_name(name: str, alone: bool) -> bool:
    """Whether this could be somebody's name, or what stands for one; ``alone`` is whether no words follow it."""
    if not is_label(name) or _SENTENCE.search(name):
        return False
    if HAN.search(name):
        return len(name) <= (12 if alone else 6)
    words = name.split()
    return len(words) <= 5 and all(w[0].isupper() or not w[0].isalpha() for w in words)


def is_label(name: str) -> bool:
    """Whether a tool may have put this where names stand ("Lee, Ann", "ann_92", "林岚|示例科技"): the file must show that
    names do stand there.
    """
    has_letter = any(char.isalpha() for char in name)
    return has_letter and not _SAID.search(name) and not _ANNOUNCED.fullmatch(name) and "http" not in name.lower()
