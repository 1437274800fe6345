"""What a personal name looks like: Chinese surnames, honorifics, and Latin capitalised names."""

from __future__ import annotations

import re

# The surnames of over 95 % of Chinese people, single and compound (Ministry of Public Security, name report 2020).
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭"
    "陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文季齐俞翁"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮曾蕭葉蘇呂盧鐘譚陸範賈韋鄒閻賀龔萬錢戴嚴湯賴齊"
)
_COMPOUND = "欧阳|司马|诸葛|上官|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|歐陽|諸葛"
SURNAME = rf"(?:{_COMPOUND}|[{_SINGLE}])"
HONORIFIC = r"(?:博士|先生|女士|小姐|教授|老师|老師|总|總|院士|校长|院长|主任)"
_OPENING = re.compile(rf"({SURNAME}[\u4e00-\u9fff]{{1,2}}?){HONORIFIC}?(?=[,，、:：(（是]|曾任|现任|历任|毕业)")

_NUMBERED = re.compile(
    r"(?:speaker|spk|说话人|說話人|发言人|發言人)[\s_]*\d+|[A-Z]"
    r"|(?:嘉宾|嘉賓|受访者|受訪者|男|女|问|問|答|guest|interviewee|question|answer)\s*\d*",
    re.IGNORECASE,
)


def is_numbered(label: str) -> bool:
    """Whether a label only counts people or tells them apart (说话人 1, SPEAKER_00, 男, 答): nobody can tell from it who spoke."""
    return bool(_NUMBERED.fullmatch(label))


def opening_name(words: str) -> str | None:
    """The Chinese name a line opens with (``李浩源博士是 ...``), or None."""
    match = _OPENING.match(words.strip())
    return match[1] if match else None


def surname(name: str) -> str | None:
    """The surname of a Chinese name of two to four characters, or None."""
    match = re.fullmatch(rf"({SURNAME})[\u4e00-\u9fff]{{1,2}}", name)
    return match[1] if match else None


def given_name(name: str) -> str | None:
    """The given name of a Chinese name, where it has two characters and so can stand alone, or None."""
    family = surname(name)
    return name[len(family) :] if family and len(name) - len(family) == 2 else None
