"""Which answer the real panel allows: the shapes and the outcomes, end to end."""

from __future__ import annotations

import pytest
from asking import ask, said

from bot.chatbot import Chatbot
from bot.render import answer_text
from bot.types import Outcome, Reason
from index.errors import NotIndexed


def test_an_overview_has_one_quote_of_each_speaker_in_stage_order(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "这场讲了啥，太长不看")
    assert answer.outcome is Outcome.ANSWER
    assert [c.speaker for c in answer.citations] == ["刘超", "季昕华", "黄东旭", "袁进辉", "李浩源"]
    assert all(len(c.quote) <= 60 for c in answer.citations)


def test_a_lost_year_is_partial_and_never_filled(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "UCloud 到底哪年上市的")
    assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, Reason.LOST)
    assert "上市" in said(answer)
    assert "20" not in answer.lead
    assert answer.missing


def test_a_list_is_complete_and_says_when_the_speaker_promised_more(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "那七种模式是哪七种")
    assert [c.quote[:2] for c in answer.citations[1:]] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "7" in answer.lead
    assert "6" in answer.lead


def test_one_item_of_a_list_is_found_by_its_number_after_the_list(chatbot: Chatbot) -> None:
    first = ask(chatbot, "从属发展的四种模式分别是什么")
    assert len(first.citations) == 5
    answer = ask(chatbot, "第三种呢？", ("从属发展的四种模式分别是什么", answer_text(first, chatbot.index)))
    assert said(answer).startswith("第三种竞合模式")
    assert answer.notes
    assert "从属发展" in answer.notes[0]


def test_a_cut_off_answer_is_partial(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "老季对开源软件怎么看")
    assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, Reason.CUT)
    assert said(answer) == "我觉得这个问题非常好,也是我们云厂商一直非常"


def test_somebody_who_did_not_speak_is_said_to_be_mentioned_or_not(chatbot: Chatbot) -> None:
    ruby = ask(chatbot, "Ruby是谁")
    assert (ruby.outcome, ruby.reason) == (Outcome.ABSTAIN, Reason.MENTIONED_ONLY)
    assert {c.speaker for c in ruby.citations} == {"季昕华"}
    stranger = ask(chatbot, "马云说了什么")
    assert (stranger.outcome, stranger.reason, stranger.citations) == (Outcome.ABSTAIN, Reason.UNKNOWN_PERSON, ())


def test_a_false_premise_names_the_right_person(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "黄东旭为什么卖房创业")
    assert answer.outcome in (Outcome.RELATED, Outcome.ABSTAIN)
    assert answer.reason is Reason.FALSE_PREMISE
    assert "季昕华" in answer.lead
    assert "房子卖了" in said(answer)


def test_a_speaker_filter_quotes_nobody_else(chatbot: Chatbot) -> None:
    for speaker in ("季昕华", "东旭", "Yuan Jinhui"):
        answer = ask(chatbot, "怎么看和BAT竞争", speaker=speaker)
        assert len({c.speaker for c in answer.citations}) <= 1
    with pytest.raises(NotIndexed, match="马云"):
        ask(chatbot, "怎么看", speaker="马云")


def test_words_asked_of_one_speaker_are_theirs(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "东旭怎么评价老季")
    assert {c.speaker for c in answer.citations} == {"黄东旭"}


def test_a_question_asked_on_stage_is_never_the_answer(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "创始人怎么平衡技术门槛和商业变现")
    assert "question" not in {c.kind for c in answer.citations}


def test_a_bio_is_marked_as_the_organisers_words(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "李浩源毕业院校")
    assert {(c.kind, c.about, c.speaker) for c in answer.citations} == {("bio", "李浩源", None)}
    assert answer.lead == "主办方介绍（不是本人发言）："


def test_an_english_visitor_reads_english_around_chinese_quotes(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "How many parameters did the Microsoft model have?")
    assert (answer.lang, answer.outcome, answer.reason) == ("en", Outcome.PARTIAL, Reason.LOST)
    assert not any("\u4e00" <= c <= "\u9fff" for c in answer.lead + "".join(answer.missing + answer.notes))
    assert "Quotes are shown as spoken, in Chinese." in answer.notes


def test_chitchat_gets_a_line_about_what_the_bot_does(chatbot: Chatbot) -> None:
    answer = ask(chatbot, "你好")
    assert (answer.outcome, answer.reason, answer.citations) == (Outcome.ABSTAIN, Reason.CHITCHAT, ())
    assert len(answer.suggestions) == 3
