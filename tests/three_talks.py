"""A day of three talks in one event folder, in Chinese and in English: all of our own writing."""

from __future__ import annotations

from pathlib import Path

from bot.chatbot import Chatbot
from index.build import build
from index.retriever import Retriever
from index.source import find_events
from index.store import open_index
from index.types import Encoder

ZH = "data-day"
EN = "garden-day"
CARDS = {
    ZH: """\
title = "港城数据日"
language = "zh"
[[speakers]]
name = "陈静"
role = "主持人"
host = true
[[speakers]]
name = "张远航"
name_en = "Zhang Yuanhang"
organisation = "磐石存储"
role = "磐石存储创始人"
[[speakers]]
name = "李岚清"
name_en = "Li Lanqing"
organisation = "寻径搜索"
role = "寻径搜索技术负责人"
[[speakers]]
name = "王可欣"
organisation = "港城地铁"
role = "港城地铁信息中心主任"
""",
    EN: """\
title = "Harbour Garden Day"
language = "en"
[[speakers]]
name = "Maria Lopez"
role = "host"
host = true
[[speakers]]
name = "Peter Novak"
role = "head gardener"
[[speakers]]
name = "Ann Fischer"
role = "soil scientist"
[[speakers]]
name = "Tom Okafor"
role = "beekeeper"
""",
}
TALKS = {
    ZH: {
        "storage": """\
陈静: 欢迎来到港城数据日的第一场,今天我们讨论的主题是存储系统的成本,先请张远航。
张远航: 大家好,我是张远航,磐石存储的创始人。我们公司成立于2016年,现在有一百二十名员工,总部在港城。
张远航: 存储最贵的不是硬盘,是没人敢删的数据。我们统计过客户的集群,七成的文件写进去以后再也没有被读过。
张远航: 所以我们做了冷热分层,冷数据自动搬到磁带库,每TB的成本从三百块降到了四十块。
张远航: 很多人问我们为什么不把产品开源。我认为开源是一种销售方式,不适合卖给银行的存储,银行要的是有人半夜接电话。
张远航: 我们踩过的最大的坑是校验,有一次固件的错误让三个副本同时坏了,从那以后我们每周全量校验一遍。
陈静: 谢谢张远航,下一场是搜索。
""",
        "search": """\
陈静: 第二场我们请来李岚清,她讲讲搜索系统怎么评测。
李岚清: 各位好,我在寻径搜索负责技术,团队有四十五个人,一半在做评测。
李岚清: 向量检索不能代替倒排索引,两个要一起用,我们线上是各取一百条再融合。
李岚清: 评测集最怕的是自己出题自己答,我们请了二十位图书管理员来写问题,每个季度换一批。
李岚清: 关于开源,我们把整个排序框架都开源了,因为同行的批评比客户的投诉来得早。
李岚清: 延迟方面,我们的目标是九成五的查询在八十毫秒以内返回,去年做到了七十六毫秒。
陈静: 谢谢李岚清,休息十分钟。
""",
        "panel": """\
陈静: 最后一场是圆桌,参加的有李岚清和王可欣,我们讨论的话题是数据团队怎么招人。
王可欣: 我是港城地铁的王可欣,我们一天有三百万人次的刷卡记录,数据团队只有九个人。
王可欣: 招人我只看一件事,给他一份脏数据,看他愿不愿意问这份数据是怎么来的。
李岚清: 我招人的办法不一样,我让候选人给我们的评测集挑错,挑得出错的人才会认真对待数据。
陈静: 两位怎么看实习生?
王可欣: 实习生我们每年收六名,都去车站值班两周,不站过闸机就看不懂刷卡数据。
李岚清: 我们不收实习生,因为没有人带得过来,宁可不收也不能耽误人家。
王可欣: 至于开源软件,地铁用得很谨慎,上线之前要有两家公司能维护它。
陈静: 谢谢两位,港城数据日到这里结束。
""",
    },
    EN: {
        "roses": """\
Maria Lopez: Welcome to the first talk of the Harbour Garden Day. Peter Novak will talk about roses.
Peter Novak: Thank you. I have been the head gardener of the harbour park since 1998, and we keep 340 kinds of roses there.
Peter Novak: We prune the roses in early March, never in autumn, because a late frost kills the fresh wood.
Peter Novak: Black spot is the disease that people fear most. We stopped spraying against it in 2011 and chose sturdier roses instead.
Peter Novak: As for peat, I banned it from the park. It takes a thousand years to grow a metre of it.
Maria Lopez: Thank you, Peter.
""",
        "soil": """\
Maria Lopez: The second talk is about soil, by Ann Fischer.
Ann Fischer: Good morning. I study soil at the harbour university, and I brought you a jar with ten thousand worms' work in it.
Ann Fischer: A teaspoon of healthy soil holds about a billion bacteria, and most of them have no name yet.
Ann Fischer: Digging harms the soil more than it helps. In our trial the beds that were not dug held twice as much water after six years.
Ann Fischer: Peat is a poor soil for most plants, honestly. It dries out and then it repels water, so I tell gardeners to use compost.
Maria Lopez: Thank you, Ann. We meet again after lunch.
""",
        "bees": """\
Maria Lopez: Our last session is a conversation between Tom Okafor and Ann Fischer about bees.
Tom Okafor: I keep 26 hives on the roofs of the harbour, and each of them gives about eighteen kilos of honey a year.
Tom Okafor: City bees live better than country bees, because something is in flower here from February to November.
Ann Fischer: For wild bees I would leave some bare soil. Three quarters of our wild bees nest in the ground.
Tom Okafor: People ask me about stings. I am stung about once a week, and I stopped counting long ago.
Ann Fischer: Clover in the lawn is the cheapest help for bees, and you mow half as often.
Maria Lopez: Thank you both, and goodbye.
""",
    },
}


def written(folder: Path) -> Path:
    """Write both events; returns the folder."""
    for event, talks in TALKS.items():
        (folder / event).mkdir(parents=True)
        (folder / event / "event.toml").write_text(CARDS[event], "utf-8")
        for stem, text in talks.items():
            (folder / event / f"{stem}.txt").write_text(text, "utf-8")
    return folder


def opened(folder: Path, index: Path, encoder: Encoder) -> Chatbot:
    """A chatbot over the events of a folder."""
    build(index, find_events([folder]), encoder)
    return Chatbot(Retriever(open_index(index, encoder), encoder))
