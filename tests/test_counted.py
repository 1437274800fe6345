"""What a question counts is told by the sentence that counts it, not by any figure near by."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.fitting.counted import demanded, told
from bot.question import understand
from bot.reading import read
from bot.types import Outcome, Question, Reason
from index.event import EventCard
from index.source import read_event
from index.types import Transcript

CARD = EventCard(title="茶")
TALK = """主持人:两位是怎么开始种茶的?
王芳:我们第一位客人是邻居,后来一年有三千多位客人上山。
李明:那年我种了五亩茶,请了十二个工人。
主持人:谢谢王芳,谢谢李明。
王芳:我们有个工人在山上住,每一个邻居都认得他。
李明:山下的邻居有一个想法,我们邻居现在是 40 多家。
"""


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Transcript:
    path = tmp_path_factory.mktemp("tea") / "talk.txt"
    path.write_text(TALK, "utf-8")
    return read_event(path).transcripts[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("一年有多少客人", "三千多位客人"),
        ("他们请了几个工人", "十二个工人"),
        ("How many workers did they hire?", "十二个工人"),
        ("这里有多少邻居", "邻居现在是 40 多家"),
    ],
)
def test_the_sentence_that_counts_it_tells_it(tea: Transcript, question: str, words: str) -> None:
    counting = told(understand(question, CARD), tea)
    assert counting is not None
    told_by = [tea.text[s.start : s.end] for s, n in zip(read(tea).sentences, counting, strict=True) if n]
    assert len(told_by) == 1
    assert words in told_by[0]


@pytest.mark.parametrize("question", ["一年有多少客户投诉", "为什么种茶", "花了多少钱"])
def test_what_is_not_counted_is_told_by_no_sentence(tea: Transcript, question: str) -> None:
    assert told(understand(question, CARD), tea) is None


def test_a_whole_figure_of_what_is_counted_is_not_called_lost(chatbot: Chatbot) -> None:
    for question in ("季昕华见了多少投资人", "How many investors did Ji Xinhua meet?"):
        answer = chatbot.ask(Question(question))
        assert answer.outcome is Outcome.ANSWER
        assert "一千多个投资人" in "".join(citation.quote for citation in answer.citations)


def test_a_day_without_its_year_does_not_answer_which_year(chatbot: Chatbot) -> None:
    for question in ("UCloud哪一年上市", "UCloud哪年上市"):
        answer = chatbot.ask(Question(question))
        assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, Reason.LOST)


def test_a_lost_figure_of_something_else_is_not_the_one_asked_for(chatbot: Chatbot) -> None:
    assert chatbot.ask(Question("训练Turing-NLG用了多少块GPU")).reason is Reason.NOT_SAID
    assert chatbot.ask(Question("OneFlow的合同收入有多少钱")).reason is Reason.LOST
    answer = chatbot.ask(Question("训练GPT-3花了多少钱"))
    assert "1万美金" in "".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("一共有多少项目失败了", "项目"), ("有多少部门参与", "部门"), ("有多少家庭参加", "家庭"), ("多少条数据", "数据"),
        ("多少次会议", "会议"), ("多少名人来过", "名人"), ("花了多少钱买的", None), ("多少时间", None), ("有几个员工", None),
    ],
)  # fmt: skip
def test_a_measure_is_parted_from_the_noun_as_the_dictionary_does(question: str, noun: str | None) -> None:
    assert demanded(question) == noun


def test_a_word_that_begins_like_a_measure_is_counted_whole(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("王芳:今年有七个项目,三个目标。\n李明:部门一共九个。\n", "utf-8")
    talk = read_event(path).transcripts[0]
    found = told(understand("今年有多少项目", CARD), talk)
    assert found is not None
    assert found[0] == 1


@pytest.mark.parametrize(
    "question",
    [
        "UCloud 上市是2020年对吧？",
        "UCloud是2019年上市的吗",
        "Did UCloud go public in 2020?",
        "微软的模型有170亿参数对吗",
        "PingCAP有400个员工吗",
    ],
)
def test_a_figure_that_is_lost_is_not_confirmed(chatbot: Chatbot, question: str) -> None:
    answer = chatbot.ask(Question(question))
    assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, Reason.LOST)


def test_a_figure_that_is_said_may_be_confirmed(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("paddle是百度16年开源的吗"))
    assert answer.outcome is Outcome.ANSWER
    assert "16年开源" in answer.citations[0].quote
