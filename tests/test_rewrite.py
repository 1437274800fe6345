"""Follow-ups a model rewrites before retrieval; what it may not add, and the rule it falls back to."""

from __future__ import annotations

import pytest
from writers import ScriptedWriter, says

from bot.chatbot import Chatbot
from bot.types import Answer, Exchange, Question
from bot.written.author import Author

PAST = (Exchange("季昕华为什么卖房？", "季昕华（UCloud创始人）在季昕华的分享里说：只好把自己的房子卖了"),)
ASKED = "那他后来呢？"


def asked(chatbot: Chatbot, writer: ScriptedWriter, question: str = ASKED) -> Answer:
    bot = Chatbot(chatbot.retriever, author=Author(writer, chatbot.retriever.encoder))
    return bot.ask(Question(question, PAST))


def rewrites(to: str) -> ScriptedWriter:
    return ScriptedWriter(lambda prompt: to if "改写" in prompt or "Rewritten" in prompt else "NO_ANSWER")


@pytest.mark.parametrize(
    "reply",
    [
        "季昕华卖房之后呢？",
        "改写：季昕华卖房之后呢？",
        "“季昕华卖房之后呢？”",
        "<think>他=季昕华</think>季昕华卖房之后呢？\n解释：……",
    ],
)
def test_the_rewritten_question_is_searched_and_shown(chatbot: Chatbot, reply: str) -> None:
    answer = asked(chatbot, rewrites(reply))
    assert answer.asked == "季昕华卖房之后呢？"
    assert answer.question == "那他后来呢?"


@pytest.mark.parametrize(
    "reply",
    ["", "黄东旭后来呢？", "季昕华2019年后来呢？", "季昕华和Google后来呢？", "What did he do then?", "见 https://evil.example", "季" * 300, "NO_ANSWER"],
)  # fmt: skip
def test_what_nobody_said_is_not_asked(chatbot: Chatbot, reply: str) -> None:
    assert asked(chatbot, rewrites(reply)).asked == chatbot.ask(Question(ASKED, PAST)).asked


def test_a_model_that_fails_leaves_the_rule(chatbot: Chatbot) -> None:
    assert (
        asked(chatbot, ScriptedWriter(lambda _: "", breaks="timeout")).asked == chatbot.ask(Question(ASKED, PAST)).asked
    )


def test_a_first_question_is_not_rewritten(chatbot: Chatbot) -> None:
    writer = says("NO_ANSWER")
    bot = Chatbot(chatbot.retriever, author=Author(writer, chatbot.retriever.encoder))
    bot.ask(Question("UCloud为什么保持中立？"))
    assert len(writer.prompts) == 1
