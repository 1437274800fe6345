"""A sentence that only asks, announces or leans on another is read along with what answers it; a host's asking is no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.asker import askers, put_to_others
from bot.chatbot import Chatbot
from bot.types import Outcome, Question
from index.asked import asks
from index.build import build
from index.event import EventCard
from index.retriever import Retriever
from index.source import find_events
from index.store import open_index

# Lines of somebody who is only counted, as speech recognition writes them: sentences run into the next question.
NOODLES = """发言人1: 感谢大家冒雨过来。欢迎来到河边夜话,我是今天的主持人江雨。据说今晚院子里坐了三百多人。今天请两位面馆老板聊一聊怎么把一碗面卖二十年。先请问罗师傅,您当初为什么把店开在河边?
发言人2: 因为河边房租便宜,早市的船工也都从那里上岸。头三年每天要卖四百碗才不亏。
发言人1: 那接下来我想请罗师傅再跟大家说说骨汤的做法。骨汤是一家面馆的招牌,这个在座的各位都很关心。
发言人2: 我们用猪筒骨和老母鸡,先大火烧开撇沫,再小火吊八个小时。然后为什么要半夜吊汤呢?因为白天灶上要煮面,火腾不出来,所以只能半夜吊。为什么不用高压锅呢?因为高压锅压出来的汤是浑的,客人一眼就看得出来,对吧?
发言人2: 我们店里一直在用倒座的办法排队。就是先来的客人坐最里面,后来的坐外面,出门的时候互不挡道。
发言人2: 我先练擀皮,再练拉面,后来又学了调馅。靠这三样手艺我考进了饭店的后厨。
发言人2: 我觉得学徒要过两个关口。一个关口是刀工,葱花切得要一样长。这个要练半年。另一个关口是火候,面下锅多少秒捞起来全凭手感。
发言人2: 说到辣油,还得提我的师兄罗长青。他退伍以后在码头摆摊,我们店里的辣油就是他配出来的。
发言人2: 去年夏天河水上涨,店里进了水,冰柜全坏了。所以我们今年把厨房搬到了二楼。
发言人2: 以前墙上挂着四十块牌子。所以我们菜单上只留三种面,因为备料太多会浪费。
发言人2: 外卖上线的第一个月,我们一天的订单最高达到了。 620 单现在稳定在每天三百单左右。
发言人1: 谢谢罗师傅。那最后一个问题想问一下姚老板,外卖平台抽成这么高,你怎么看?
发言人3: 抽成确实高,可是不上平台就没有年轻客人。我把外卖的价钱定得比堂食贵两块,客人也接受。
发言人1: 好,谢谢两位。
"""


@pytest.fixture(scope="module")
def noodles(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder: Path = tmp_path_factory.mktemp("thread")
    (folder / "noodles.txt").write_text(NOODLES, "utf-8")
    build(folder / "index", find_events([folder / "noodles.txt"]), chatbot.retriever.encoder)
    return Chatbot(Retriever(open_index(folder / "index"), chatbot.retriever.encoder))


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("为什么要半夜吊汤", ["火腾不出来"]),  # the speaker's own question, whose answer is followed by the next one
        ("为啥不用高压锅", ["汤是浑的"]),  # ... and whose answer ends in a tag
        ("倒座是什么意思", ["先来的客人坐最里面"]),
        ("学徒要过的两个关口是哪两个", ["刀工", "火候"]),
        ("靠哪三样手艺考进饭店后厨", ["擀皮", "调馅"]),  # "these three" were named before
        ("谁配的辣油", ["罗长青"]),  # the sentence that answers says "he"
        ("为什么今年把厨房搬到二楼", ["河水上涨"]),  # what opens with 所以 has its reason before it
        ("外卖第一个月订单最高多少", ["620"]),  # a full stop fell between verb and figure
    ],
)
def test_what_a_sentence_leaves_open_is_read_along(noodles: Chatbot, question: str, held: list[str]) -> None:
    answer = noodles.ask(Question(question))
    assert answer.outcome is Outcome.ANSWER
    quoted = " ".join(c.quote for c in answer.citations)
    assert all(words in quoted for words in held), quoted


@pytest.mark.parametrize(
    ("question", "speaker", "held"),
    [("骨汤怎么做", "发言人2", "小火吊八个小时"), ("外卖平台抽成高怎么看", "发言人3", "年轻客人")],
)
def test_what_is_put_to_others_is_no_answer(noodles: Chatbot, question: str, speaker: str, held: str) -> None:
    answer = noodles.ask(Question(question))
    assert {c.speaker for c in answer.citations} == {speaker}
    assert held in " ".join(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("主持人是谁", "主持人江雨"),  # no card names the host, so that only the talk can
        ("今天来了多少人参加", "三百多人"),  # the audience is no guests
        ("罗常青是谁", "罗长青"),  # a name of the same sound
    ],
)
def test_who_and_how_many_is_asked_of_the_talk(noodles: Chatbot, question: str, held: str) -> None:
    answer = noodles.ask(Question(question))
    assert held in " ".join(c.quote for c in answer.citations)


@pytest.mark.parametrize("question", ["罗强青是谁", "高压过吗"])
def test_other_names_and_words_are_let_be(noodles: Chatbot, question: str) -> None:
    assert noodles.ask(Question(question)).question == question
    assert not [note for note in noodles.ask(Question(question)).notes if "罗长青" in note]


def test_a_conclusion_that_gives_its_reason_stands_alone(noodles: Chatbot) -> None:
    (citation,) = noodles.ask(Question("为什么菜单上只留三种面")).citations
    assert citation.quote.startswith("所以我们菜单上")


def test_where_the_guests_are_from_is_told_by_each(noodles: Chatbot) -> None:
    answer = noodles.ask(Question("两位嘉宾都来自哪里"))
    assert {"发言人2", "发言人3"} <= {c.speaker for c in answer.citations}


def test_the_one_who_puts_most_questions_is_the_asker(noodles: Chatbot) -> None:
    transcript = noodles.index.transcript(noodles.index.events[0].transcripts[0])
    who = askers(transcript, noodles.index.events[0].card)
    assert who == {"发言人1"}
    put = put_to_others(transcript, who)
    spoken = [transcript.turns[t].speaker for t in noodles.index.segment(transcript.id).turns]
    assert {speaker for speaker, asked in zip(spoken, put, strict=True) if asked} == {"发言人1"}


def test_nobody_is_an_asker_for_one_question(chatbot: Chatbot, noodles: Chatbot) -> None:
    transcript = noodles.index.transcript(noodles.index.events[0].transcripts[0])
    assert put_to_others(transcript, frozenset()).sum() <= put_to_others(transcript, frozenset({"发言人1"})).sum()
    hosted = EventCard.model_validate({"title": "t", "language": "zh", "speakers": [{"name": "发言人3", "host": True}]})
    assert askers(transcript, hosted) == {"发言人3"}


@pytest.mark.parametrize(
    ("words", "asked"),
    [("为什么要半夜吊汤呢?", True), ("客人看得出来,对吧?", False), ("It is cloudy, right?", False), ("是的。", False)],
)
def test_a_tag_asks_nothing(words: str, asked: bool) -> None:
    assert asks(words) is asked
