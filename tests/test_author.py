"""Answers a model writes: what is shown, in which order, and what stands in for what is not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from writers import ScriptedWriter, lines, number_of, says

from bot.chatbot import Chatbot
from bot.model.types import FailureKind
from bot.render import answer_row, answer_text
from bot.types import Answer, ClaimMade, Finished, Lang, Outcome, Question, Reason, SourcesFound
from bot.wording import table
from bot.written.author import Author
from bot.written.sheet import tokens
from index.types import Scope

NEUTRAL = "UCloud为什么保持中立？"
Script = Callable[[str], str]


def written(chatbot: Chatbot, writer: ScriptedWriter, question: str, **fields: object) -> Answer:
    author = Author(writer, chatbot.retriever.encoder)
    return Chatbot(chatbot.retriever, author=author).ask(Question(question, **fields))  # type: ignore[arg-type]


def good(prompt: str) -> str:
    return (
        f"<think>看看</think>季昕华说UCloud坚持中立，不被BAT投资[S{number_of(prompt, '坚持中立')}]。"
        f"做电商的公司不太敢用阿里云，就可能选择他们【{number_of(prompt, '不太敢用阿里云')}】。"
    )


def assert_exact(chatbot: Chatbot, answer: Answer) -> None:
    for c in answer.citations:
        assert chatbot.index.transcript(c.transcript).text[c.start : c.end] == c.quote
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    cited = {n for claim in answer.claims for n in claim.citations}
    assert cited == {c.number for c in answer.citations}


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


HOSTILE: dict[str, Script] = {
    "invents a year": lambda p: f"UCloud在2019年上市。[S{number_of(p, '坚持中立')}]",
    "invents a number": lambda p: f"季昕华见过五千个投资人。[S{number_of(p, '中立')}]",
    "swaps speakers": lambda p: f"袁进辉说坚持中立，不被BAT投资。[S{number_of(p, '坚持中立')}]",
    "cites nothing": lambda p: "创业需要三十年的坚持和运气。",
    "cites everything": lambda p: "创业需要三十年的坚持和运气。" + "".join(f"[S{n}]" for n in lines(p)),
    "cites what is not there": lambda p: "创业需要三十年的坚持和运气。[S999][S0]",
    "quotes what was not said": lambda p: f"季昕华说“中立就是我们的信仰”。[S{number_of(p, '坚持中立')}]",
    "drops a negation": lambda p: f"季昕华坚持中立,被BAT投资。[S{number_of(p, '坚持中立')}]",
    "makes a link": lambda p: f"坚持中立，不被BAT投资，见 https://ucloud.example [S{number_of(p, '坚持中立')}]",
}


@pytest.mark.parametrize("trick", HOSTILE)
def test_what_is_not_supported_is_not_shown(chatbot: Chatbot, trick: str) -> None:
    writer = ScriptedWriter(HOSTILE[trick])
    said = written(chatbot, writer, NEUTRAL)
    assert all(claim.status != "supported" for claim in said.claims)
    assert said.mode == "verbatim"
    assert said.claims
    assert any("AI" in note for note in said.notes)
    assert_exact(chatbot, said)


def test_a_true_claim_with_the_wrong_citation_gets_the_right_one(chatbot: Chatbot) -> None:
    answer = written(
        chatbot,
        ScriptedWriter(lambda p: f"UCloud坚持中立，不被BAT投资。[S{number_of(p, '云备胎')}]"),
        NEUTRAL,
    )
    assert answer.written["recited"] == 1
    assert "坚持中立" in answer.citations[0].quote


def test_a_claim_keeps_no_citation_that_it_does_not_need(chatbot: Chatbot) -> None:
    def script(p: str) -> str:
        return f"UCloud坚持中立，不被BAT投资。[S{number_of(p, '坚持中立')}][S{number_of(p, '云备胎')}]"

    answer = written(chatbot, ScriptedWriter(script), NEUTRAL)
    assert [c.quote for c in answer.citations] == ["一个我们坚持中立,不被BAT投资。"]


def test_an_unsupported_sentence_becomes_the_words_it_came_from(chatbot: Chatbot) -> None:
    def script(p: str) -> str:
        return f"{good(p)}做游戏的三千家公司不太敢用腾讯云。[S{number_of(p, '云备胎')}][S{number_of(p, '不太敢')}]"

    answer = written(chatbot, ScriptedWriter(script), NEUTRAL)
    assert answer.written["dropped"] + answer.written.get("verbatim", 0) == 1
    assert "三千" not in answer_text(answer, chatbot.index)


def test_we_without_a_name_is_shown_as_the_speakers_own_words(chatbot: Chatbot) -> None:
    claim = "我们坚持中立,不被BAT投资"
    answer = written(chatbot, ScriptedWriter(lambda p: f"{claim}。[S{number_of(p, '坚持中立')}]"), NEUTRAL)
    first = answer.claims[0]
    assert (first.status, claim in first.text) == ("verbatim", True)
    assert "季昕华" in answer.lead
    named = written(
        chatbot,
        ScriptedWriter(lambda p: f"季昕华说我们公司坚持中立，不接受BAT投资。[S{number_of(p, '坚持中立')}]"),
        NEUTRAL,
    )
    assert named.claims[0].status == "supported"


@pytest.mark.parametrize(
    "reply", ["[S1]\n[S2]\n", "", "²", "。。。[S1]", "\ufeff[S1]", "季昕华[S1]", "a" * 5000, "[S1]" * 900]
)
def test_a_reply_without_a_sentence_leaves_the_speakers_own_words(chatbot: Chatbot, reply: str) -> None:
    answer = written(chatbot, says(reply), NEUTRAL)
    assert answer.claims
    assert {claim.status for claim in answer.claims} == {"verbatim"}
    assert_exact(chatbot, answer)


def test_who_spoke_is_said_where_the_question_names_another(chatbot: Chatbot) -> None:
    said = "特别不稳定的时候贸然做商业化，会对品牌和客户带来伤害。"
    question = "刘超关心的技术门槛和商业变现怎么平衡"
    answer = written(chatbot, ScriptedWriter(lambda p: f"{said}[S{number_of(p, '贸然去做商业化')}]"), question)
    assert (answer.claims[0].text, answer.claims[0].status) == (said, "supported")
    assert answer.claims[0].lead.startswith("黄东旭（")
    named = written(chatbot, ScriptedWriter(lambda p: f"黄东旭说{said}[S{number_of(p, '贸然去做商业化')}]"), question)
    assert (named.claims[0].text, named.claims[0].lead) == (f"黄东旭说{said}", "")


def test_a_question_is_no_statement(chatbot: Chatbot) -> None:
    reply = "UCloud为什么坚持中立，不被BAT投资？[S{}]"
    answer = written(chatbot, ScriptedWriter(lambda p: reply.format(number_of(p, "坚持中立"))), NEUTRAL)
    assert (answer.written["dropped"], answer.mode) == (1, "verbatim")


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


@pytest.mark.parametrize(
    "claim",
    [
        "一个我们坚持中立，不被BAT投资",
        "季昕华（UCloud创始人）在季昕华的分享里说： 一个我们坚持中立,不被BAT投资",
        "UCloud、阿里云和腾讯云",
    ],
)
def test_a_copy_and_mere_names_are_no_prose(chatbot: Chatbot, claim: str) -> None:
    answer = written(chatbot, ScriptedWriter(lambda p: f"{claim}。[S{number_of(p, '坚持中立')}]"), NEUTRAL)
    assert {c.status for c in answer.claims} == {"verbatim"}
    assert answer.claims == chatbot.ask(Question(NEUTRAL)).claims


def test_a_claim_of_two_sentences_keeps_both_citations(chatbot: Chatbot) -> None:
    def script(p: str) -> str:
        return (
            f"UCloud坚持中立，不被BAT投资，而一家公司如果需要多个云，也是他们的机会"
            f"[S{number_of(p, '坚持中立')}][S{number_of(p, '需要多个云')}]。"
        )

    answer = written(chatbot, ScriptedWriter(script), NEUTRAL)
    assert answer.written["supported"] == 1
    assert len(answer.citations) == 2


@pytest.mark.parametrize(
    "claim",
    [
        "李浩源（Alluxio创始人兼CEO）在李浩源的分享里说",
        "【季昕华（UCloud创始人）在季昕华的分享里说】",
        "经过八年的努力，我们在〔缺〕年1月20号上市",
        "好处有以下几个：",
    ],
)
def test_headings_and_marked_losses_are_no_prose(chatbot: Chatbot, claim: str) -> None:
    answer = written(chatbot, says(f"{claim}。[S1]" if not claim.endswith("：") else f"{claim}[S1]"), NEUTRAL)
    assert {c.status for c in answer.claims} == {"verbatim"}


def test_words_from_here_and_there_add_up_to_nothing(chatbot: Chatbot) -> None:
    def script(p: str) -> str:
        return "袁进辉在微软的时候做出过研发云计算的项目。" + "".join(f"[S{n}]" for n in list(lines(p))[:4])

    answer = written(chatbot, ScriptedWriter(script), "袁进辉在微软的时候做出过什么东西")
    assert all("云计算的项目" not in c.text for c in answer.claims)


def test_nothing_is_said_twice(chatbot: Chatbot) -> None:
    answer = written(chatbot, ScriptedWriter(lambda p: good(p) + good(p).split("</think>")[1]), NEUTRAL)
    assert len(answer.claims) == 2
    assert answer.written["supported"] == 2
