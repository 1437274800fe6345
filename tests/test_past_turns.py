"""What a client says the conversation was: read as its questions were at first, and never in the way."""

from __future__ import annotations

import pytest
from asking import ask, said

from bot.chatbot import Chatbot


def test_a_question_asked_again_has_its_slips_mended_as_at_first(chatbot: Chatbot) -> None:
    first = ask(chatbot, "黄冬旭怎么看开原")
    again = ask(chatbot, "真的吗", ("黄冬旭怎么看开原", said(first)))
    assert again.asked == first.asked
    assert [c.quote for c in again.citations] == [c.quote for c in first.citations]


@pytest.mark.parametrize("past", ["\ud800", "UCloud\ud800为什么保持中立", "", "x" * 200_000])
@pytest.mark.parametrize("question", ["真的吗", "why?", "那第二种呢"])
def test_whatever_a_client_sends_as_the_conversation_is_answered(chatbot: Chatbot, question: str, past: str) -> None:
    assert ask(chatbot, question, (past, "“\ud800”")).question == question
