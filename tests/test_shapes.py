"""The shape of an answer by the question's type, on a talk that nothing was tuned on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.question import understand
from bot.quoting.emphasis import emphasised
from bot.render import answer_text
from bot.types import Answer, Exchange, Outcome, Question, Reason
from index.build import build
from index.event import EventCard
from index.retriever import Retriever
from index.source import read_event
from index.store import open_index
from tests.second_talk import open_second_talk

GUESTS = ["顾小满", "罗启明", "白桦"]


@pytest.fixture(scope="module")
def bookshop(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return open_second_talk(tmp_path_factory.mktemp("second"), chatbot.retriever.encoder)


def ask(bot: Chatbot, *questions: str) -> Answer:
    """The answer to the last of a conversation's questions."""
    past: tuple[Exchange, ...] = ()
    for question in questions[:-1]:
        past = (*past, Exchange(question, answer_text(bot.ask(Question(question, past)), bot.index)))
    return bot.ask(Question(questions[-1], past))


def said(answer: Answer) -> str:
    return "\n".join(c.quote for c in answer.citations)


def marked(answer: Answer) -> list[str]:
    return [c.quote[a - c.start : b - c.start] for c in answer.citations for a, b in c.emphasis]


@pytest.mark.parametrize("question", ["这场讲了什么", "给我三个要点", "太长不看", "What are the key takeaways?"])
def test_an_overview_is_a_short_quote_of_each_speaker_in_stage_order(bookshop: Chatbot, question: str) -> None:
    answer = ask(bookshop, question)
    assert answer.outcome is Outcome.ANSWER
    assert [c.speaker for c in answer.citations] == ["沈南", *GUESTS]
    assert all(len(c.quote) <= 60 for c in answer.citations)
    assert "独立书店还能活多久" in answer.citations[0].quote


def test_a_list_has_its_announcement_and_all_items_in_order(bookshop: Chatbot) -> None:
    quotes = [c.quote for c in ask(bookshop, "书店的三种活法是哪三种").citations]
    assert quotes[0] == "我总结了三种活法。"
    assert [q[:3] for q in quotes[1:]] == ["第一种", "第二种", "第三种"]


def test_a_figure_a_date_and_a_place_are_emphasised(bookshop: Chatbot) -> None:
    assert marked(ask(bookshop, "渡口书店开了多少年")) == ["十一年"]
    assert marked(ask(bookshop, "PageOne有几家店")) == ["三家"]
    assert marked(ask(bookshop, "渡口书店在哪")) == ["苏州"]


def test_no_emphasis_where_the_answer_is_not_certain() -> None:
    text = "UCloud获得了红杉和DCM的支持。"
    assert emphasised(understand("谁投了UCloud", EventCard(title="-")), text, (0, len(text))) == ()
    text = "第一个客户其实是MoBike,很早。"
    asked = understand("第一个客户是谁", EventCard(title="-"))
    assert [text[a:b] for a, b in emphasised(asked, text, (0, len(text)))] == ["MoBike"]


def test_guests_who_answered_on_stage_each_get_a_block_whatever_words_they_used(bookshop: Chatbot) -> None:
    answer = ask(bookshop, "嘉宾们怎么应对价格战")
    assert {c.speaker for c in answer.citations} == set(GUESTS)
    assert answer.silent == ()


def test_one_of_those_guests_is_not_told_it_was_somebody_else(bookshop: Chatbot) -> None:
    answer = ask(bookshop, "嘉宾们怎么应对价格战", "罗启明呢?")
    assert answer.outcome is Outcome.ANSWER
    assert {c.speaker for c in answer.citations} == {"罗启明"}


def test_a_comparison_says_who_has_nothing_on_it(bookshop: Chatbot) -> None:
    answer = ask(bookshop, "顾小满和罗启明对选书的看法有什么不同")
    assert {c.speaker for c in answer.citations} == {"罗启明"}
    assert answer.silent == ("顾小满",)
    assert "顾小满" in answer_text(answer, bookshop.index)


def test_who_said_it_is_the_speaker_of_the_quote(bookshop: Chatbot) -> None:
    answer = ask(bookshop, "谁说过选书比装修重要")
    assert (answer.citations[0].speaker, answer.lead) == ("罗启明", "罗启明（PageOne采购总监）：")


def test_a_yes_or_no_is_answered_by_the_quote_that_carries_it(bookshop: Chatbot) -> None:
    assert said(ask(bookshop, "短视频减少了阅读时间吗")).startswith("短视频并没有减少阅读时间")


def test_items_and_their_names_are_asked_on_from_a_list(bookshop: Chatbot) -> None:
    assert said(ask(bookshop, "书店的三种活法是哪三种", "第二种呢?")).startswith("第二种是旧书模式")
    assert "会员模式" in said(ask(bookshop, "书店的三种活法是哪三种", "第二种呢?", "那会员模式呢?"))


def test_the_others_are_the_other_guests(bookshop: Chatbot) -> None:
    answer = ask(bookshop, "罗启明怎么应对价格战?", "其他人呢?")
    assert {c.speaker for c in answer.citations} == {"顾小满", "白桦"}


def test_somebody_who_is_not_there_and_thanks(bookshop: Chatbot) -> None:
    assert ask(bookshop, "董宇辉说了什么").reason is Reason.UNKNOWN_PERSON
    assert ask(bookshop, "谢谢").reason is Reason.CHITCHAT


@pytest.mark.parametrize(
    "question",
    [
        "What is this talk about?", "What does Luo Qiming say about choosing books?", "Who is Ma Yun?", "How many shops does PageOne have?",
        "Who said readers remember the clerk's recommendation?", "What do the speakers think about the price war?", "Hello", "What was the weather like?",
    ],
)  # fmt: skip
def test_outside_the_quotes_an_english_answer_is_english(bookshop: Chatbot, question: str) -> None:
    answer = ask(bookshop, question)
    ours = [answer.lead, *answer.missing, *answer.notes, *answer.suggestions, *(c.lead for c in answer.claims)]
    ours += [c.place for c in answer.citations]
    assert not any("\u3400" <= c <= "\u9fff" for c in "".join(ours))


def test_no_quote_is_shown_twice_and_none_is_the_hosts_question(bookshop: Chatbot) -> None:
    for question in ("独立书店应该怎么应对价格战", "网上书店打折怎么办", "嘉宾们怎么看旧书"):
        answer = ask(bookshop, question)
        quotes = [c.quote for c in answer.citations]
        assert len(quotes) == len(set(quotes))
        assert not any("我想请问各位" in q for q in quotes)


def test_an_opening_that_asks_nothing_makes_nobody_speak_to_it(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("几位创始人怎么看芯片"))
    assert [c.speaker for c in answer.citations] == ["袁进辉"]
    assert answer.silent == ("季昕华", "黄东旭", "李浩源")


def test_an_english_name_for_a_list_finds_the_list_of_that_name(chatbot: Chatbot) -> None:
    quotes = [c.quote for c in chatbot.ask(Question("What are the advantages of TiDB, one by one?")).citations]
    assert [q[:3] for q in quotes[1:]] == ["第一点", "第二点", "第三点", "第四点"]


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("刘超自己创业做过啥", "乐动力"), ("刘超之前创过业吗", "乐动力"), ("What companies had Liu Chao started?", "乐动力"),
        ("What did Li Haoyuan build?", "联合创建开发"), ("李浩源做了什么", "联合创建开发"), ("黄东旭以前在哪些公司待过", "豌豆荚"),
    ],
)  # fmt: skip
def test_what_somebody_made_is_told_by_their_introduction(chatbot: Chatbot, question: str, held: str) -> None:
    answer = chatbot.ask(Question(question))
    assert (answer.outcome, answer.reason) == (Outcome.ANSWER, None)
    assert {c.kind for c in answer.citations} == {"bio"}
    assert held in said(answer)


def test_a_deed_of_somebody_else_is_still_told_as_theirs(chatbot: Chatbot) -> None:
    answer = chatbot.ask(Question("为什么黄东旭卖房创业"))
    assert (answer.reason, answer.citations[0].speaker) == (Reason.FALSE_PREMISE, "季昕华")


def test_a_price_war_asks_for_no_price(bookshop: Chatbot) -> None:
    assert ask(bookshop, "独立书店应该怎么应对价格战").outcome is Outcome.ANSWER


def test_a_name_by_surname_alone_is_its_speaker_or_said_to_be_unclear(chatbot: Chatbot, bookshop: Chatbot) -> None:
    assert {c.speaker for c in ask(bookshop, "罗老板是谁").citations} == {"罗启明"}
    for bot, called, name in ((bookshop, "小罗", "罗启明"), (chatbot, "小黄", "黄东旭")):
        answer = ask(bot, f"{called}是谁")
        assert (answer.reason, answer.citations) == (Reason.UNKNOWN_PERSON, ())
        assert answer.lead.startswith(f"不确定{called}指的是谁")
        assert name in answer.lead
    for bot in (chatbot, bookshop):
        assert ask(bot, "老郑是谁").lead == "老郑没有在这场发言，也没有被提到。"


COUNTED = """发言人1: 欢迎两位。请问周院长,你们的图书馆为什么夜里也开门?
发言人2: 因为附近的护士下夜班才有时间看书。第一年夜里来了三千人。
发言人1: 谢谢。吴主任,您怎么看夜里的花费?
发言人3: 夜里的花费主要是取暖,我们用旧报纸换来了一半的煤。
发言人1: 谢谢两位。
"""


@pytest.fixture(scope="module")
def counted(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("counted")
    (folder / "library.txt").write_text(COUNTED, "utf-8")
    encoder = chatbot.retriever.encoder
    build(folder / "index", [read_event(folder / "library.txt")], encoder)
    return Chatbot(Retriever(open_index(folder / "index", encoder), encoder))


def test_of_speakers_that_are_only_counted_nobody_is_said_not_to_have_spoken(counted: Chatbot) -> None:
    answer = ask(counted, "吴主任怎么看夜里的花费")
    assert (answer.outcome, [c.speaker for c in answer.citations]) == (Outcome.ANSWER, ["发言人3"])
    told = ask(counted, "吴主任是谁")
    assert (told.outcome, told.reason) == (Outcome.ABSTAIN, Reason.MENTIONED_ONLY)
    assert "没有发言" not in told.lead
    assert ask(counted, "孙悟空怎么看夜里的花费").reason is Reason.UNKNOWN_PERSON


def test_an_overview_in_english_has_whole_sentences_and_what_the_meeting_is_about(
    chatbot: Chatbot, tmp_path: Path
) -> None:
    topic = "As you know, the topic of this meeting is how we share the greenhouse between the two gardening classes."
    view = "I think the greenhouse should be open to both classes in the morning, before the tomatoes need any water."
    talk = tmp_path / "garden.txt"
    talk.write_text(
        f"Ann: Okay. {topic} I think so.\nBen: Yeah, I think. {view} I think we can.\n"
        "Ann: Is that a good idea?\nBen: Yeah. The greenhouse has a door on either side.\n",
        "utf-8",
    )
    encoder = chatbot.retriever.encoder
    build(tmp_path / "index", [read_event(talk)], encoder)
    bot = Chatbot(Retriever(open_index(tmp_path / "index", encoder), encoder))
    assert [c.quote for c in ask(bot, "What is this meeting about?").citations] == [topic, view]
