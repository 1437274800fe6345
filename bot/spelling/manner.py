"""What a question says to be polite, or to begin and to end: none of it is asked."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_TELL = r"(?:告[诉訴](?:我|我们|一下)?|[讲講]{1,2}(?:一下)?|[说說]{1,2}(?:一下)?|聊聊|解[释釋]一?下|[说說]明一?下)"
_OPENS = re.compile(
    r"^(?:(?:你好|您好|嗨|哈[喽啰]|不好意思|打[扰擾](?:一下|了)?|那个|是这样的?|hi|hello|hey|sorry|excuse me)[,，!！。.:：\s]+(?:but\s+)?"
    r"|(?:话说|麻[烦煩]|[劳勞][驾駕])(?:[您你]|一下)*[,，\s]*"
    r"|(?:[请請]|我|我们|咱)?(?:就是|就|还|還)?(?:想|要)?(?:[请請][问問教]|[问問](?:一?下|[问問])|咨[询詢]一?下|想知道|了解一?下|想[问問])(?!的)(?:您|你|一?下|[,，:：\s])*"
    r"|(?:能不能|能否|可不可以|可否|可以|能)(?:[请請]?[您你])?(?:[给給跟和][我大]家?|为我|帮我)?" + _TELL + r"[,，:：\s]*"
    r"|(?:[请請麻])?告[诉訴]我[,，:：\s]*"
    r"|我(?:没|沒|不)太?(?:听|聽)?(?:懂|明白|清楚)[,，。\s]+"
    r"|(?:quick |one |a )?question[,.:]\s*|please[,:]?\s+"
    r"|(?:could|can|would|will) you (?:please )?(?:tell|explain to|show) me[,:]?\s+|do you know\s+"
    r"|i(?:'d|’d| would)? (?:like|want|wanted) to (?:know|ask|understand)[,:]?\s+|i(?:'m| am| was) (?:just )?wondering[,:]?\s+)+",
    _I,
)  # fmt: skip
_ENDS = re.compile(
    r"[\s?？,，。.!！]*(?:多?[谢謝]{1,2}(?:你|您|啦|了)?|感[谢謝]|拜托了?|辛苦了|麻烦了|thanks?(?: you)?(?: so much| a lot)?|please)[\s。.!！]*$",
    _I,
)
_TRAILS = re.compile(r"(?:来着|呢|啊|呀|哈|哦|嘛)+[?？\s]*$")
_ASKED_FOR = re.compile(r"(?:能|可以)[^,，]{0,6}?" + _TELL)
_ASKS_ZH = re.compile(r"[什甚啥哪谁誰几幾吗嗎么麼怎咋何多]|是不是|有没有|是否|能不能|会不会|要不要")
_ASKS_EN = re.compile(r"^(?:what|who|whom|whose|when|where|why|how|which|is|are|was|were|do|does|did|has|have|can|could|will|would|should|in|at|on|from)(?:\b|['’])", _I)  # fmt: skip
_LEAST = 3  # characters of a question
_ENOUGH = 6  # characters that stand alone without their last particle: a short one leans on what was asked before


def plainly(question: str) -> str:
    """The question without its manners; as it is where what is left would ask nothing."""
    opened = _OPENS.match(question)
    opening = opened.group() if opened else ""
    bare = _ENDS.sub("", question[len(opening) :])
    if _ASKED_FOR.search(opening):  # "可以告诉我X是什么吗" asks what X is
        shorter = re.sub(r"[吗嗎][?？\s]*$", "", bare)
        bare = shorter if _ASKS_ZH.search(shorter) else bare
    trailed = _TRAILS.sub("", bare)
    if len(trailed) >= _ENOUGH and _ASKS_ZH.search(trailed):
        bare = trailed
    asks = _ASKS_EN.search(bare) or (len(bare) >= _LEAST and _ASKS_ZH.search(bare))
    return bare.strip() if asks else question
