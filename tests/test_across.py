"""Many talks in one index: asked within one, nothing of another is heard; asked across all, each says its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.library import mentions
from bot.types import Answer, Outcome, Question
from index.build import build, remove
from index.retriever import Retriever
from index.source import find_events
from index.store import open_index
from index.types import Scope

TALKS = {
    "database": (
        "数据库之夜",
        "林一",
        "大家好,我是林一。我们的数据库支持向量检索,查询只要五毫秒。去年我们把核心代码全部开源了。我认为数据库的未来在云上。",
    ),
    "search": (
        "搜索技术沙龙",
        "陈二",
        "我来讲搜索。向量检索不能代替倒排索引,两者要一起用。我们的团队有三十个人,都在杭州。排序模型每周更新一次。",
    ),
    "coffee": (
        "咖啡师大会",
        "周三",
        "手冲咖啡的水温应该在九十二度左右。我每天早上六点开始烘豆子。好的咖啡店要靠近地铁站,租金却不能太高。",
    ),
}
ASKED = ("水温应该是多少度", "周三几点开始烘豆子", "这场讲了什么", "向量检索好用吗", "谁卖房了")


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("events")
    for id, (title, speaker, text) in TALKS.items():
        (folder / id).mkdir()
        (folder / id / f"{id}.txt").write_text(f"{speaker}: {text}\n主持人: 谢谢{speaker}。\n", "utf-8")
        card = f'title = "{title}"\nlanguage = "zh"\n[[speakers]]\nname = "{speaker}"\n[[speakers]]\nname = "主持人"\nhost = true\n'
        (folder / id / "event.toml").write_text(card, "utf-8")
    return folder


@pytest.fixture(scope="module")
def library(events: Path, chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("library")
    encoder = chatbot.retriever.encoder
    build(folder, find_events([events]), encoder)
    return Chatbot(Retriever(open_index(folder), encoder))


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(library: Chatbot) -> Ask:
    return lambda text, **scope: library.ask(Question(text, scope=Scope(**scope)))


@pytest.mark.parametrize(
    "text", ["哪几场提到了向量检索?", "有没有哪场讲过向量检索", "哪些演讲谈到向量检索", "which talks mention 向量检索?"]
)
def test_which_talks_mention_words_is_a_block_for_each_talk_that_has_them(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.outcome is Outcome.ANSWER
    assert {c.event for c in answer.citations} == {"database", "search"}
    assert all("向量检索" in claim.text for claim in answer.claims)
    assert {claim.lead.strip("《》") for claim in answer.claims} == {"数据库之夜", "搜索技术沙龙"}
    assert "2" in answer.lead


@pytest.mark.parametrize("text", ["What are these talks about?", "What are the events about?", "这些活动讲了什么？"])
def test_what_there_is_is_asked_in_both_languages(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.outcome is Outcome.ANSWER
    assert {c.event for c in answer.citations} == {"database", "search", "coffee"}


@pytest.mark.parametrize("text", ["你好", "Hello", "What is photosynthesis?"])
def test_whoever_gets_no_answer_is_offered_a_question_that_has_one(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.outcome is Outcome.ABSTAIN
    assert [ask(offer).outcome for offer in answer.suggestions] == [Outcome.ANSWER]


def test_chinese_quotes_are_said_to_be_as_spoken_whatever_the_shape(ask: Ask) -> None:
    assert ask("which talks mention 向量检索?").notes == ask("What are these talks about?").notes != ()


def test_nearest_remarks_are_called_so_once(library: Chatbot) -> None:
    answer = library.ask(Question("租金要多少钱"))
    assert answer.outcome is Outcome.RELATED
    assert "最接近" in answer.lead
    assert [claim.lead for claim in answer.claims] == ["《咖啡师大会》 · 周三说："]


def test_every_quote_of_an_answer_across_talks_is_a_slice_of_the_talk_it_names(ask: Ask, library: Chatbot) -> None:
    answer = ask("哪几场提到了向量检索?")
    assert [c.number for c in answer.citations] == [1, 2]
    for claim, cited in zip(answer.claims, answer.citations, strict=True):
        assert claim.citations == (cited.number,)
        assert library.index.transcript(cited.transcript).text[cited.start : cited.end] == cited.quote == claim.text
        assert TALKS[cited.event][0] in cited.place


def test_a_question_across_talks_is_answered_by_the_talk_that_knows(ask: Ask) -> None:
    answer = ask("咖啡的水温应该是多少")
    assert {c.event for c in answer.citations} == {"coffee"}
    assert answer.claims[0].lead.startswith("《咖啡师大会》")
    assert answer.mode == "verbatim"


def test_a_question_that_names_a_speaker_is_put_to_their_talks_only(ask: Ask) -> None:
    for answer in (ask("林一怎么看向量检索"), ask("怎么看向量检索", speaker="林一")):
        assert {c.event for c in answer.citations} == {"database"}


def test_words_nobody_says_are_not_mentioned_anywhere(ask: Ask) -> None:
    answer = ask("哪几场提到了量子隧穿效应?")
    assert "提到了" not in answer.lead
    assert not any("量子" in claim.text for claim in answer.claims)


def test_an_overview_across_talks_has_a_quote_of_each_by_name(ask: Ask) -> None:
    answer = ask("这场讲了什么")
    assert [claim.lead.split("》")[0] for claim in answer.claims] == ["《咖啡师大会", "《数据库之夜", "《搜索技术沙龙"]


@pytest.mark.parametrize("text", ["向量检索怎么样", "林一说了什么", "哪几场提到了向量检索", "数据库之夜讲了什么"])
def test_nothing_of_another_event_is_heard_where_one_is_named(ask: Ask, text: str) -> None:
    answer = ask(text, event="coffee")
    assert {c.event for c in answer.citations} <= {"coffee"}
    assert {hit.passage.transcript for hit in answer.hits} <= {"coffee"}
    heard = " ".join((*(c.text for c in answer.claims), *answer.suggestions, *answer.missing, *answer.notes))
    assert not any(word in heard for word in ("林一", "陈二", "倒排", "数据库", "搜索"))


def test_answers_of_an_event_are_the_same_before_and_after_others_are_added(
    events: Path, library: Chatbot, chatbot: Chatbot, tmp_path: Path
) -> None:
    build(tmp_path, find_events([events]), chatbot.retriever.encoder)
    remove(tmp_path, ["database", "search"])
    alone = Chatbot(Retriever(open_index(tmp_path), chatbot.retriever.encoder))
    for text in ASKED:
        question = Question(text, scope=Scope(event="coffee"))
        one, among = (replace(bot.ask(question), seconds={}) for bot in (alone, library))
        assert one == among, text


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("哪几场提到了向量检索?", "向量检索"),
        ("有没有哪场讲过融资", "融资"),
        ("哪些活动谈到了“开源”的话题？", "开源"),
        ("Which talks mention vector search?", "vector search"),
        ("what sessions discussed funding", "funding"),
        ("哪些人提到了开源", ""),
        ("哪位嘉宾讲过融资", ""),
        ("which companies mention TiDB", ""),
        ("这场讲了什么", ""),
    ],
)
def test_only_a_question_for_talks_is_read_as_one(text: str, topic: str) -> None:
    assert mentions.wanted(text) == topic
