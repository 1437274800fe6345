"""Answers on the real panel, end to end: what is in each of them, and what must never happen."""

from __future__ import annotations

import json

import pytest
from asking import ask, assert_exact
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chatbot import Chatbot
from bot.render import answer_row
from bot.types import ClaimMade, Finished, Question, SourcesFound
from index.errors import QuestionError

KEYS = {
    "question", "asked", "outcome", "reason", "text", "lead", "missing", "silent", "notes", "suggestions", "claims",
    "citations", "hits", "confidence", "mode", "model", "seconds",
}  # fmt: skip
CITATION = {
    "number", "event", "transcript", "turn", "speaker", "about", "kind", "section", "start", "end", "lines", "quote",
    "emphasis", "context", "time",
}  # fmt: skip


@pytest.mark.parametrize(
    "question",
    ["这场讲了啥", "UCloud哪年上市的", "今天天气怎么样", "马云说了什么", "UCloud为什么保持中立", "重做一套存储有人成功过吗", "what's the mountain story about?"],
)  # fmt: skip
def test_every_outcome_has_the_whole_frozen_json(chatbot: Chatbot, question: str) -> None:
    answer = ask(chatbot, question)
    row = json.loads(json.dumps(answer_row(answer, chatbot.index)))
    assert set(row) >= KEYS
    assert all(set(citation) >= CITATION for citation in row["citations"])
    assert len(row["hits"]) == 10
    assert row["outcome"] in {"answer", "partial", "related", "abstain"}
    assert 0 <= row["confidence"] <= 1
    assert row["mode"] == "verbatim"
    assert row["question"] == question
    for claim in row["claims"]:
        assert claim["text"] in row["text"]
    assert_exact(chatbot, answer)


def test_a_stream_is_sources_claims_and_the_whole(chatbot: Chatbot) -> None:
    events = list(chatbot.stream(Question("那七种模式是哪七种")))
    assert isinstance(events[0], SourcesFound)
    assert isinstance(events[-1], Finished)
    claims = [e.claim for e in events if isinstance(e, ClaimMade)]
    assert tuple(claims) == events[-1].answer.claims


def test_the_same_question_gets_the_same_answer(chatbot: Chatbot) -> None:
    one, two = (answer_row(ask(chatbot, "TiDB有什么优点"), chatbot.index) for _ in range(2))
    assert {**one, "seconds": {}} == {**two, "seconds": {}}


@pytest.mark.parametrize(
    "question",
    ["", "   ", "\0\0", "\u202e\u200b", "\ud800"],
)
def test_an_empty_question_is_refused_by_name(chatbot: Chatbot, question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        ask(chatbot, question)


@pytest.mark.parametrize(
    "question",
    ["为什么" * 350_000, "😀😀😀", "\ufdfa" * 5000, "UCloud\0上市", "\u202e为什么\u202c走南坡", "lone \ud800 surrogate 开源", "<script>alert(1)</script>开源", "' OR 1=1 --", "第" * 5000],
    ids=["1 MB", "emoji", "U+FDFA", "NUL", "bidi", "surrogate", "script", "sql", "ordinals"],
)  # fmt: skip
def test_a_hostile_question_gets_a_clean_answer(chatbot: Chatbot, question: str) -> None:
    answer = ask(chatbot, question)
    assert_exact(chatbot, answer)


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("为什么怎么哪年多少谁说的UCloudTiDB季昕华东旭第三种?？,，他 "), min_size=1, max_size=30))
def test_any_question_gets_exact_citations_or_a_named_error(chatbot: Chatbot, text: str) -> None:
    try:
        answer = ask(chatbot, text)
    except QuestionError:
        return
    assert_exact(chatbot, answer)
