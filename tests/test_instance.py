"""What a question word asks for, and quotes that have nothing of the kind."""

from __future__ import annotations

import pytest

from bot.fitting.fit import satisfies
from bot.question import understand
from index.event import EventCard

CARD = EventCard(title="一场谈话")


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("垃圾分类的技术是哪家公司开发的", "这套技术是华为开发的。", "什么样的垃圾该到什么样的地方去。"),
        ("智慧医疗的客户是哪家医院", "我们给瑞金医院做过。", "通过和智慧医疗、智慧机场这个领域客户的接触。"),
        ("这栋楼是谁设计的", "当时请的是贝聿铭。", "它是整个园区的核心。"),
        ("数据中心的主任是谁", "王主任后来也来了。", "参与了大数据发展的顶层设计。"),
        ("停工停了多久", "前后停了三个月。", "到 2019 年，可以说全部都在这里。"),
        ("训练训了多久", "训练用了一个月。", "一个月之后训练好了。"),
        ("租了几层楼", "我们租了两层。", "入住率已经达到了78%。"),
        ("总共节省了多少集装箱", "节省了两千个集装箱。", "集装箱的再利用，这是一个浪费的行为。"),
        ("3.0版什么时候上线", "3.0版争取在8月份上线。", "2.0版是去年8月份上线的。"),
        ("2020年的产出是多少", "2020年的产出有300亿元。", "2019年的产出有200亿元。"),
        ("哪家企业的估值最高", "估值最高的是商汤。", "76家企业在这里，总估值826亿。"),
        ("他毕业于哪个大学", "他读的农业大学。", "因为他是大学教授。"),
        ("钱存在哪家银行", "钱存在浦发银行。", "有一些大型的银行金融公司。"),
        ("他在哪个国家待过", "从尼泊尔回来的。", "有 IBM、HPE 各种公司，也有国家的支持。"),
        ("他在哪个城市上班", "他在 London 上班。", "他分散在全球各地，用 Slack 上班。"),
        ("哪家医院用了它", "上海医院用了它。", "用 UCloud 是一个好选择。"),
        ("哪些大学在用框架", "北京大学在用框架。", "学术界是 PyTorch 较多。"),
        ("Which university does he teach at?", "他在农业大学教书。", "又到了大学生毕业的季节。"),
        ("In which province is it most common?", "最多的是云南。", "在局部地区还是有的。"),
        ("Which major has the highest rate?", "最高的是法学专业。", "某些岗位需要特定专业的人。"),
        ("How many graduates are there?", "今年有三百多毕业生。", "毕业生数量也逐年增加，十分明显。"),
        ("How many parents came?", "来了 30 多位家长。", "最近几年，我们请了几位家长。"),
        ("How old was the first patient?", "第一个病人 35 岁。", "第一个病人 15 年没有发病。"),
        ("How heavy is the remote?", "It is two hundred grams.", "You have to watch out for the weight."),
        ("What is the name of the manager?", "She is Ada, the manager.", "My name is and I am the manager."),
        ("How long do we have?", "So we have forty minutes.", "So we have to decide."),
        ("When should a child go abroad?", "大学毕业以后再出国。", "国外的大学有交流。"),
        ("Which country did he come from?", "He came from Germany.", "It is a big place."),
        ("公司是什么时候成立的", "公司是三年前成立的。", "公司做了三年。"),
        ("How much of the harvest was lost?", "We lost a third of the harvest.", "We lost the harvest."),
        ("等了几个小时", "We waited for three hours.", "We waited for three days."),
        ("When is the next meeting?", "The next one starts in thirty minutes.", "The next one lasts thirty minutes."),
        ("When does the hall close?", "The hall closes at ten o'clock.", "The hall closes early."),
        ("公司是哪年成立的", "公司是一五年成立的。", "公司成立三四年了。"),
        ("框架什么时候开源的", "由一家公司16年开源。", "框架用了30年。"),
        ("产品什么时候上线", "一个月内就会上线。", "上线花了一个月。"),
        ("一共有多少分", "一共100分。", "考试要 6 个小时，十分重要。"),
        ("有多少病人", "病人有 3000 多。", "病人等了30年，第一批是三个月。"),
        ("项目有多少贡献者", "项目有三百多个贡献者。", "我们是全球第六大贡献者。"),
        ("给了多少股权", "10% 的股权给了他们。", "他们的股权拿了三年。"),
        ("Which company built it?", "It was built by Siemens.", "it was built in a very short time."),
        ("How long did the outage last?", "It lasted for three hours.", "The outage was on Monday."),
    ],
)
def test_quotes_without_what_is_asked_for_are_no_answer(question: str, right: str, wrong: str) -> None:
    asked = understand(question, CARD)
    assert satisfies(asked, [right])
    assert not satisfies(asked, [wrong])


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("谁会先登顶", "我认为我们会最先爬到山顶。"),
        ("哪位嘉宾聊到了寒武纪", "寒武纪等其他芯片能做出来。"),
        ("说要编排数据的是哪家的人", "我们的愿景是希望可以编排数据。"),
        ("谁投资了他们", "当时是一位投资人看好我们。"),
        ("多久以前成立的", "2016年成立的。"),
        ("最近哪家公司上市了", "旷视已经上市了。"),
    ],
)
def test_who_speaks_may_be_the_answer_and_loose_words_ask_for_nothing(question: str, quote: str) -> None:
    assert satisfies(understand(question, CARD), [quote])
