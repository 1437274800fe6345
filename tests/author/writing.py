"""A chatbot whose answers a scripted model writes."""

from __future__ import annotations

from collections.abc import Callable

from writers import ScriptedWriter, number_of

from bot.chatbot import Chatbot
from bot.types import Answer, Question
from bot.written.author import Author

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
