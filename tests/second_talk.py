"""A round table of our own on bookshops: every shape of answer must hold on a talk nothing was tuned on."""

from __future__ import annotations

from pathlib import Path

from bot.chatbot import Chatbot
from index.build import build
from index.retriever import Retriever
from index.source import find_events
from index.store import open_index
from index.types import Encoder

CARD = """\
title = "独立书店还能活多久"
title_en = "How long can independent bookshops last"
language = "zh"
[[speakers]]
name = "沈南"
name_en = "Shen Nan"
role = "主持人"
role_en = "host"
host = true
[[speakers]]
name = "顾小满"
name_en = "Gu Xiaoman"
aliases = ["满姐"]
organisation = "渡口书店"
role = "渡口书店店主"
role_en = "owner of Dukou Books"
[[speakers]]
name = "罗启明"
name_en = "Luo Qiming"
organisation = "PageOne"
role = "PageOne采购总监"
role_en = "head of buying at PageOne"
[[speakers]]
name = "白桦"
name_en = "Bai Hua"
organisation = "阅读实验室"
role = "阅读实验室研究员"
role_en = "researcher at the Reading Lab"
"""

TALK = """沈南: 各位读者晚上好,欢迎来到图书馆的周末圆桌。今天我们要讨论的话题是独立书店还能活多久。我们先请顾小满开始。
顾小满: 谢谢沈南。我在苏州开渡口书店,已经开了十一年。店里只有四个人,卖得最好的是旧书。我认为独立书店的核心不是卖书,而是让人愿意坐下来。
顾小满: 我总结了三种活法。第一种叫做客厅模式,就是把书店当成街坊的客厅,靠咖啡和活动挣钱。第二种是旧书模式,靠回收旧书,毛利有百分之四十。第三种是会员模式,会员每年交三百块,我们每个月寄一本书。
罗启明: 我从采购的角度讲。PageOne在北京有三家店,去年我们进了六万种书。我觉得选书比装修重要,因为读者是为了书来的。我们和出版社谈到的折扣是六五折。
白桦: 我在阅读实验室做调查。我们访问了两千个读者,发现年轻人买书的第一个理由是封面。短视频并没有减少阅读时间,只是改变了发现书的方式。
沈南: 谢谢三位。那么我想请问各位,网上书店打折这么厉害,独立书店应该怎么应对价格战?请白桦先说。
白桦: 我不建议跟着降价。读者记得住的不是价格,是店员推荐的那本书。
罗启明: 我们做独家版本。签名本和毛边本网上买不到,这部分占了我们利润的三成。
顾小满: 我的办法是不卖新书。旧书没有标价,也就没有价格战。
沈南: 好的,时间到了,谢谢大家。
"""


def open_second_talk(folder: Path, encoder: Encoder) -> Chatbot:
    """The bookshop talk, indexed."""
    event = folder / "bookshop"
    event.mkdir(parents=True)
    (event / "bookshop.txt").write_text(TALK, "utf-8")
    (event / "event.toml").write_text(CARD, "utf-8")
    build(folder / "index", find_events([event]), encoder)
    return Chatbot(Retriever(open_index(folder / "index"), encoder))
