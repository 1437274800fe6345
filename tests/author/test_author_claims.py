"""The sentences a model writes: which are shown, and with which citations."""

from __future__ import annotations

import pytest
from writers import ScriptedWriter, lines, number_of, says
from writing import NEUTRAL, Script, assert_exact, good, written

from bot.chatbot import Chatbot
from bot.render import answer_text
from bot.types import Question

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
