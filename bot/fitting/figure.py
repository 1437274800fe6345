"""Figures as they are written: numerals for character classes, and patterns of money, to be read without case.

What is counted is in ``bot/fitting/counted.py``; values are read in ``bot/checks/``, here it is only told that a figure is there.
"""

from __future__ import annotations

DIGITS = "一二三四五六七八九十"
"""What items are numbered by: 第一, 第十二."""
NUMERALS = DIGITS + "百千两几数"
"""What stands before a measure word or a larger unit: 三百, 两个, 数十."""
ROUND = NUMERALS + "半上"
"""The same with what names no exact number: 上百, 半年."""
AMOUNT = NUMERALS + "万亿半"
"""The same with the units in which a large amount ends: 三万个, 半个."""
NUMBER = rf"(?:\d[\d,.]*|[{ROUND}]+)\s*(?:多|余)?(?:万|亿|千|百|十)*"
"""A whole figure, with the larger units it ends in: 三百多万."""
YEAR = r"\b(?:19|20)\d\d\b"
ENGLISH = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|(?:thir|for|fif|six|seven|eigh|nine)ty"
    r"|dozens?|hundreds?|thousands?|millions?|billions?|half|(?:a|two|three) (?:third|quarter|fifth)s?"
)
ENGLISH_COUNTS = {
    w: n for n, w in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)
}

MONEY_ASKED = (
    r"多少(?:钱|资金|融资|投资(?![人机者方商]))|价格(?!战)|价钱|(?:金额|估值|市值|营收|收入|售价|股价|收盘价)(?!最|更|差|主?要?来[源自]|增长|结构|模式|从哪)|融了?(?:资)?(?:到)?多少(?!家|人|个|次|轮)|how much money|\bwhat (?:is|was|are|were|'s) (?:the |their |its |his |her )?(?:\w+ )?(?:revenues?|turnover|valuation|market (?:value|cap)|share price|salary|salaries)\b|\bwhat (?:revenue|turnover|valuation|market value|salary)\b|\bprices?\b(?! wars?)"
    r"|\bhow much (?:does|do|did|is|are|was|were|would|will)\b.{0,60}\b(?:pay|paid|cost|raised?|sell|sold|earn|worth|spend|spent|charge)\b"
)
MONEY = rf"[\d{NUMERALS}万亿]\s*(?:[万亿]\s*)?(?:元|美元|美金|人民币|块钱|欧元|日元)|[$¥€]\s*\d|\b(?:dollars?|euros?|pounds?|yuan|bucks)\b"
SUM_ASKED = r"多少(?:钱|资金|融资|投资(?![人机者方商]))|how much (?:money|(?:did|does|do|will|would|has|have) .{1,40}(?:cost|pay|paid|raised?|earn))"
"""A sum asked for outright: a worth or a turnover is told by ranks and growth too, and what was lost may be one of them."""
CURRENCY = r"[元块刀]|美金|人民币|资金|dollar|yuan|usd|rmb|[万亿](?:[,，。;；]|$)|\$|[¥€]"
"""What is left of a sum whose figure was lost."""
