"""Answers a model writes: what it is given, and what stands in for what it does not write."""

from __future__ import annotations

import re

import pytest
from writers import ScriptedWriter, lines, number_of, says
from writing import NEUTRAL, assert_exact, good, written

from bot.chatbot import Chatbot
from bot.model.types import FailureKind
from bot.render import answer_row, answer_text
from bot.types import ClaimMade, Finished, Lang, Outcome, Question, Reason, SourcesFound
from bot.wording import table
from bot.written.author import Author
from bot.written.sheet import tokens
from index.types import Scope


def test_supported_sentences_are_the_answer(chatbot: Chatbot) -> None:
    answer = written(chatbot, ScriptedWriter(good), NEUTRAL)
    assert [claim.text for claim in answer.claims] == [
        "季昕华说UCloud坚持中立，不被BAT投资。",
        "做电商的公司不太敢用阿里云，就可能选择他们。",
    ]
    assert {claim.status for claim in answer.claims} == {"supported"}
    assert (answer.mode, answer.model, answer.outcome) == ("llm", "scripted:test", Outcome.ANSWER)
    assert answer.written["supported"] == 2
    assert_exact(chatbot, answer)
    assert answer_row(answer, chatbot.index)["written"]["supported"] == 2
    assert "[1]" in answer_text(answer, chatbot.index)
    assert "“" not in answer_text(answer, chatbot.index)


def test_without_an_author_nothing_changes(chatbot: Chatbot) -> None:
    author = Author(ScriptedWriter(good), chatbot.retriever.encoder)
    bot = Chatbot(chatbot.retriever, author=author)
    plain, again = (answer_row(b.ask(Question(NEUTRAL)), chatbot.index) for b in (chatbot, bot.verbatim))
    assert {**plain, "seconds": {}} == {**again, "seconds": {}}
    assert plain["mode"] == "verbatim"
    assert plain["model"] is None


def test_a_claim_is_streamed_before_the_model_has_finished(chatbot: Chatbot) -> None:
    writer = ScriptedWriter(good, size=3)
    stream = Chatbot(chatbot.retriever, author=Author(writer, chatbot.retriever.encoder)).stream(Question(NEUTRAL))
    assert isinstance(next(stream), SourcesFound)
    first = next(stream)
    assert isinstance(first, ClaimMade)
    assert writer.closed == 0
    rest = list(stream)
    claims = [first.claim, *(e.claim for e in rest if isinstance(e, ClaimMade))]
    assert isinstance(rest[-1], Finished)
    assert tuple(claims) == rest[-1].answer.claims
    assert writer.closed == 1


def test_leaving_closes_the_call(chatbot: Chatbot) -> None:
    writer = ScriptedWriter(good, size=3)
    stream = Chatbot(chatbot.retriever, author=Author(writer, chatbot.retriever.encoder)).stream(Question(NEUTRAL))
    next(stream)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert writer.closed == 1


def test_when_more_than_half_fell_the_speakers_own_words_follow_with_the_reason(chatbot: Chatbot) -> None:
    def script(p: str) -> str:
        return good(p).split("。")[0] + "。公司有八千名员工。利润是九十亿。总部在火星。"

    answer = written(chatbot, ScriptedWriter(script), NEUTRAL)
    assert answer.written == {"strays": 0, "supported": 1, "dropped": 3}
    assert [claim.status for claim in answer.claims] == ["supported", "verbatim"]
    assert "AI 写的 4 句里有 3 句在文字稿里找不到依据，已去掉，另附嘉宾的原话。" in answer.notes
    assert_exact(chatbot, answer)


@pytest.mark.parametrize("kind", ["refused", "timeout", "cut", "garbage", "too_long", "rate_limited", "circuit_open"])
def test_a_model_that_fails_leaves_the_speakers_own_words(chatbot: Chatbot, kind: FailureKind) -> None:
    answer = written(chatbot, ScriptedWriter(good, breaks=kind), NEUTRAL)
    verbatim = chatbot.ask(Question(NEUTRAL))
    assert (answer.mode, answer.claims, answer.citations) == ("verbatim", verbatim.claims, verbatim.citations)
    assert answer.lead == verbatim.lead
    assert "这次没有用 AI 改写，用的是嘉宾的原话。" in answer.notes


@pytest.mark.parametrize(
    ("lang", "pointing"), [("zh", "[上下前后]面|以[上下]"), ("en", r"\b(?:below|above|follow\w*|next)\b")]
)
def test_what_is_said_of_a_model_fits_wherever_it_stands(lang: Lang, pointing: str) -> None:
    """A page shows it below the quotes, as what was shown is never moved: "下面是原话" stood there and was wrong."""
    said = {key: text for key, text in table(lang).items() if key.startswith("model_")}
    assert len(said) == 5
    assert [key for key, text in said.items() if re.search(pointing, text)] == []


def test_a_model_that_breaks_off_keeps_what_was_checked(chatbot: Chatbot) -> None:
    answer = written(chatbot, ScriptedWriter(good, breaks="cut", after=55), NEUTRAL)
    assert answer.claims[0].status == "supported"
    assert answer.claims[-1].status == "verbatim"
    assert "AI 没有写完，其余是嘉宾的原话。" in answer.notes
    assert_exact(chatbot, answer)


def test_no_answer_lowers_an_answer_to_related(chatbot: Chatbot) -> None:
    answer = written(chatbot, says("NO_ANSWER"), NEUTRAL)
    assert (answer.outcome, answer.reason, answer.mode) == (Outcome.RELATED, Reason.NOT_SAID, "verbatim")
    assert answer.claims == chatbot.ask(Question(NEUTRAL)).claims


@pytest.mark.parametrize(
    ("question", "reason"),
    [("马云说了什么", Reason.UNKNOWN_PERSON), ("Ruby是谁", Reason.MENTIONED_ONLY), ("你好", Reason.CHITCHAT), ("黄东旭为什么卖房创业", Reason.FALSE_PREMISE), ("老季对开源软件怎么看", Reason.CUT)],
)  # fmt: skip
def test_what_the_verdict_says_is_binding(chatbot: Chatbot, question: str, reason: Reason) -> None:
    writer = says("马云说创业很难。[S1]")
    answer = written(chatbot, writer, question)
    assert answer.reason is reason
    assert writer.prompts == []
    assert answer.claims == chatbot.ask(Question(question)).claims


def test_nothing_is_written_where_the_talk_says_nothing(chatbot: Chatbot) -> None:
    writer = says("今天天气很好。[S1]")
    assert written(chatbot, writer, "午饭吃什么").outcome is Outcome.ABSTAIN
    assert writer.prompts == []


def test_a_lost_year_stays_lost(chatbot: Chatbot) -> None:
    def script(p: str) -> str:
        n = number_of(p, "1月20号")
        return f"UCloud于2020年上市[S{n}]。UCloud经过八年努力在1月20号上市[S{n}]。"

    answer = written(chatbot, ScriptedWriter(script), "UCloud 到底哪年上市的")
    verbatim = chatbot.ask(Question("UCloud 到底哪年上市的"))
    assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, Reason.LOST)
    assert (answer.lead, answer.missing) == (verbatim.lead, verbatim.missing)
    assert "2020" not in answer_text(answer, chatbot.index)
    assert "UCloud经过八年努力在1月20号上市。" in [claim.text for claim in answer.claims]


def test_the_model_sees_losses_marked_speakers_named_and_no_question_of_the_stage(chatbot: Chatbot) -> None:
    writer = says("NO_ANSWER")
    written(chatbot, writer, "UCloud 到底哪年上市的")
    (prompt,) = writer.prompts
    assert "我们在〔缺〕年1月20号上市" in prompt
    assert "【季昕华（UCloud创始人）在季昕华的分享里说】" in prompt
    assert all("请问各位创始人" not in line for line in lines(prompt).values())


def test_only_the_words_of_who_is_asked_for_are_given(chatbot: Chatbot) -> None:
    writer = says("NO_ANSWER")
    written(chatbot, writer, "怎么和阿里竞争？", scope=Scope(speaker="黄东旭"))
    said = "\n".join(lines(writer.prompts[0]).values())
    assert "不要去害怕跟BAT" in said
    assert "坚持中立" not in said


def test_the_prompt_fits_the_models_context(chatbot: Chatbot) -> None:
    writer = says("NO_ANSWER")
    writer.context = 1500
    written(chatbot, writer, "TiDB有什么优点")
    assert tokens(writer.prompts[0]) <= 1500
    assert 5 <= len(lines(writer.prompts[0])) < 40


def test_a_context_too_small_for_anything_ends_in_the_speakers_own_words(chatbot: Chatbot) -> None:
    writer = says("NO_ANSWER")
    writer.context = 300
    answer = written(chatbot, writer, NEUTRAL)
    assert (answer.mode, writer.prompts) == ("verbatim", [])
    assert answer.claims == chatbot.ask(Question(NEUTRAL)).claims


def test_an_english_answer_over_chinese_words(chatbot: Chatbot) -> None:
    def script(p: str) -> str:
        return (
            f"UCloud stays neutral and takes no investment from BAT [S{number_of(p, '坚持中立')}]. "
            f"It has 5,000 customers [S{number_of(p, '坚持中立')}]."
        )

    answer = written(chatbot, ScriptedWriter(script), "Why did UCloud stay neutral?")
    assert [c.text for c in answer.claims if c.status == "supported"] == [
        "UCloud stays neutral and takes no investment from BAT."
    ]
    assert answer.lang == "en"


def test_the_same_prompt_is_made_for_the_same_question(chatbot: Chatbot) -> None:
    writer = ScriptedWriter(good)
    for _ in range(2):
        written(chatbot, writer, NEUTRAL)
    assert writer.prompts[0] == writer.prompts[1]
