"""``make test-llm``: with Qwen2.5-Coder 1.5B, 1.1 GB; not collected by ``make test``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from langchain_core.messages import HumanMessage

from benchmarks.llama import serving
from benchmarks.local_model import MODELS, check, model_file
from bot.chatbot import Chatbot
from bot.model.providers import open_model
from bot.settings import Settings
from bot.types import Question
from bot.written.author import Author

NAME = "qwen-1.5b"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(NAME) as address:
        yield address


def test_the_file_is_the_pinned_one() -> None:
    check(MODELS[NAME], model_file(NAME))


def test_it_reads_a_passage(url: str) -> None:
    settings = Settings(model=f"openai:{NAME}", model_url=url, model_context=4096, model_first=120, model_total=240)
    asked = "[S1] 季昕华：我们在2012年创业，第一年只有七个人。\n问题：创业第一年有几个人？请用一句中文回答。"
    said = "".join(open_model(settings).stream([HumanMessage(asked)]))
    assert "7" in said or "七" in said


@pytest.mark.parametrize(
    "question", ["UCloud为什么保持中立？", "UCloud 到底哪年上市的", "What does Huang Dongxu say about open source?"]
)
def test_what_is_shown_is_cited_exactly_and_fills_nothing_in(chatbot: Chatbot, url: str, question: str) -> None:
    settings = Settings(model=f"openai:{NAME}", model_url=url, model_context=2560, model_output=200, model_first=240, model_total=300)  # fmt: skip
    author = Author(open_model(settings), chatbot.retriever.encoder)
    answer = Chatbot(chatbot.retriever, author=author).ask(Question(question))
    text = chatbot.index.transcript("a-plan-01").text
    assert answer.claims
    assert all(text[c.start : c.end] == c.quote for c in answer.citations)
    assert not re.search(r"20(19|20|18)\s*年", " ".join(claim.text for claim in answer.claims))
