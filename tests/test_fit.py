"""What a question demands of its answer: quotes without it are no answer."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.fitting.fit import satisfies, unknown_names
from bot.question import understand
from bot.stage import Stage
from bot.types import Outcome, Question, Reason
from index.event import EventCard
from index.types import Scope, TurnKind
from tests.second_talk import open_second_talk

CARD = EventCard(title="A talk")


@pytest.mark.parametrize(
    ("question", "answers", "near_miss"),
    [
        ("他们用什么编程语言写的", "服务端是用 Rust 写的。", "服务端写了三年。"),
        ("她毕业于哪所大学", "她在南京大学读的书。", "她在南京待过五年。"),
        ("节点之间走什么协议", "节点之间走 RDMA。", "节点之间连得很快。"),
        ("项目用哪种开源许可证", "我们用 Apache 2.0 许可。", "我们下个月开源。"),
        ("那本书叫什么", "书名叫《山路》。", "我们去年写了一本书。"),
        ("How much does a seat cost?", "A seat is 40 dollars a month.", "The cost of moving is next to nothing."),
        ("Which university did she go to?", "她在清华大学读的博士。", "她是公司的创始人。"),
        ("她是什么学历", "她是硕士毕业。", "她是公司的创始人。"),
        ("他今年几岁", "他今年三十岁。", "公司今年五年了。"),
        ("How old is Anna Fischer?", "She was born in 1980.", "Her company has been there for 5 years."),
        ("How many seconds does it take?", "It takes thirty seconds.", "It takes one step."),
        ("How many years will that take?", "这要五年。", "2019年我们有三家公司。"),
        ("What is the revenue of the shop?", "The shop makes 300 euros a day.", "The revenue grows every year."),
        ("Which network protocol do they use?", "They use RDMA.", "They use a fast network."),
        ("How many GPUs are there?", "We have 300 big GPUs.", "The GPU is fast, and we are 300 people."),
        ("他们有多少GPU", "他们有几百张GPU。", "三年里用了更多的数据、更多的GPU。"),
        ("融了多少钱", "我们融了两千万美元。", "我们融了三轮。"),
        ("她什么时候开始写诗", "我很小的时候,大概四五岁,经常写诗。", "我一天写两小时的诗。"),
        ("他什么时候学的木工", "上初中那年跟邻居学的。", "我是小学老师。"),
        ("电池什么时候会够用", "未来三年里会够用。", "电池够用三年。"),
        ("周三几点到达", "周三晚上7点30分到。", "咱们周三见。"),
        ("他在哪里写文章", "她每周都在博客里写。", "她每周都写一篇文章。"),
    ],
)
def test_quotes_must_hold_what_is_asked_for(question: str, answers: str, near_miss: str) -> None:
    asked = understand(question, CARD)
    assert satisfies(asked, [answers])
    assert not satisfies(asked, [near_miss])


@pytest.mark.parametrize(
    "question", ["为什么要开源", "他怎么看大学生创业", "语言模型有什么用", "协议签了以后发生了什么"]
)
def test_a_word_that_is_not_asked_for_demands_nothing(question: str) -> None:
    assert satisfies(understand(question, CARD), ["这件事说来话长。"])


def stage(bot: Chatbot, id: str) -> Stage:
    return Stage(bot.index.event_of(id).card, bot.index.segment(bot.index.resolve(id)), "zh")


@pytest.fixture(scope="module")
def bookshop(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return open_second_talk(tmp_path_factory.mktemp("fit"), chatbot.retriever.encoder)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How much did Elon Musk pay for Twitter?", {"Elon Musk", "Twitter"}),
        ("Who founded SpaceX?", {"SpaceX"}),
        ("特斯拉什么时候上市的", {"特斯拉"}),
        ("What does Meituan use?", set()),  # 美团
        ("Is OneFlow faster than TensorFlow?", set()),
        ("Which company did Douyin replace in BAT?", set()),  # the talk has its maker
        ("抖音那家公司把BAT里的哪家给顶掉了", set()),
        ("谁说希望自己的软件以后能像苹果手机那样", set()),  # the talk has the iPhone
        ("What Does Alluxio Do For Its Users", set()),
        ("Does Alluxio support Windows?", {"Windows"}),  # its maker is not asked for
        ("What did they say about ChatGPT?", {"ChatGPT"}),  # GPT-3 and its maker are others
        ("What did they say about the company behind ChatGPT?", set()),
        ("What did the founders say in the Q&A?", set()),
    ],
)
def test_a_name_that_the_talk_has_in_no_language_is_told(chatbot: Chatbot, question: str, names: set[str]) -> None:
    on = stage(chatbot, "a-plan-01")
    assert set(unknown_names(understand(question, on.card), on)) == names


def test_on_a_second_talk_too(bookshop: Chatbot) -> None:
    on = stage(bookshop, "bookshop")
    for question, names in (
        ("What does Amazon do about discounts?", ("Amazon",)),
        ("Which shops does PageOne have in Beijing?", ()),
        ("What does Gu Xiaoman sell in Suzhou?", ()),
        ("京东怎么打折", ("京东",)),
    ):
        assert unknown_names(understand(question, on.card), on) == names


@pytest.mark.parametrize(
    "question",
    ["What is the capital of France?", "法国的首都是哪里?", "法国的首都是哪", "What's the weather in Beijing?", "苏州有多少人口"],
)  # fmt: skip
def test_a_question_about_the_world_gets_no_quote(chatbot: Chatbot, bookshop: Chatbot, question: str) -> None:
    for bot in (chatbot, bookshop):
        answer = bot.ask(Question(question))
        assert (answer.outcome, answer.citations) == (Outcome.ABSTAIN, ())


def test_how_high_a_mountain_is_is_no_number_of_routes(chatbot: Chatbot) -> None:
    assert chatbot.ask(Question("珠穆朗玛峰有多高")).outcome is not Outcome.ANSWER


@pytest.mark.parametrize("question", ["黄东旭毕业于哪所大学", "Which university did Ji Xinhua graduate from?"])
def test_an_introduction_without_the_school_is_only_the_nearest_there_is(chatbot: Chatbot, question: str) -> None:
    answer = chatbot.ask(Question(question))
    assert (answer.outcome, answer.reason) == (Outcome.RELATED, Reason.NOT_SAID)
    assert all(citation.kind is TurnKind.BIO for citation in answer.citations)


def test_nobody_else_is_credited_with_what_is_no_answer(chatbot: Chatbot) -> None:
    assert chatbot.ask(Question("黄东旭今年几岁")).reason is not Reason.FALSE_PREMISE


@pytest.mark.parametrize("question", ["黄东旭会写哪些编程语言", "袁进辉喜欢什么音乐"])
def test_nobody_else_is_credited_with_what_the_talk_never_tells(chatbot: Chatbot, question: str) -> None:
    answer = chatbot.ask(Question(question))
    assert (answer.outcome, answer.reason) == (Outcome.RELATED, Reason.NOT_SAID)


def test_a_lost_sum_that_was_raised_is_none_that_was_saved(chatbot: Chatbot) -> None:
    assert chatbot.ask(Question("Alluxio融了多少钱")).reason is Reason.LOST
    assert chatbot.ask(Question("Alluxio能省多少钱")).reason is not Reason.LOST


@pytest.mark.parametrize("question", ["几家公司怎么看和巨头竞争", "这几家公司是怎么看待开源的", "几位嘉宾对开源怎么看"])
def test_several_who_are_asked_are_not_counted(chatbot: Chatbot, question: str) -> None:
    answer = chatbot.ask(Question(question))
    assert (answer.outcome, len({c.speaker for c in answer.citations}) > 1) == (Outcome.ANSWER, True)


def test_a_word_of_the_talk_inside_a_longer_name_is_another_name(chatbot: Chatbot) -> None:
    panel = stage(chatbot, "a-plan-01")
    assert unknown_names(understand("ChatGPT怎么样", panel.card), panel) == ("chatgpt",)
    assert unknown_names(understand("iPhone12怎么样", panel.card), panel) == ()
    assert unknown_names(understand("zuixin的kuangjia是什么", panel.card), panel) == ()
    assert unknown_names(understand("kubeflow怎么样", panel.card), panel) == ("kubeflow",)


def test_who_speaks_of_a_thing_as_much_as_another_is_not_corrected(chatbot: Chatbot) -> None:
    assert chatbot.ask(Question("黄东旭为什么创业")).reason is not Reason.FALSE_PREMISE
    assert chatbot.ask(Question("为什么黄东旭卖房创业")).reason is Reason.FALSE_PREMISE


def test_a_name_that_stands_nowhere_is_not_mentioned(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("有人提到Snowflake吗"))
    assert (answer.outcome, answer.citations) == (Outcome.ABSTAIN, ())


def test_a_headquarters_is_told_only_where_there_is_one(chatbot: Chatbot) -> None:
    assert chatbot.ask(Question("PingCAP的总部在哪")).outcome is Outcome.RELATED
    assert chatbot.ask(Question("Alluxio的总部在哪")).outcome is Outcome.ANSWER


def test_the_host_s_name_is_told_by_the_introduction(chatbot: Chatbot) -> None:
    for question in ("主持人叫什么名字", "What is the host's name?"):
        assert "刘超" in chatbot.ask(Question(question)).citations[0].quote


def test_of_an_introduction_the_sentence_with_the_degree_is_shown(chatbot: Chatbot) -> None:
    [citation] = chatbot.ask(Question("李浩源的学历")).citations
    assert "学位" in citation.quote


@pytest.mark.parametrize(
    "question", ["What does Li Haoyuan think about Snowflake?", "Did Li Haoyuan win a Turing award?"]
)
def test_nobody_is_corrected_on_what_the_talk_does_not_know(chatbot: Chatbot, question: str) -> None:
    answer = chatbot.ask(Question(question, scope=Scope(event="a-plan-01")))
    assert answer.reason not in (Reason.FALSE_PREMISE, Reason.WRONG_SPEAKER)
    assert answer.outcome is not Outcome.ANSWER
