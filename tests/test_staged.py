"""A question that was put on stage, asked again in its words: who answered there answers here."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.types import Outcome, Question
from index.build import build
from index.retriever import Retriever
from index.source import find_events
from index.store import open_index
from tests.second_talk import open_second_talk

HONEY = """Dana Whitlock: Good evening and welcome to the growers' hall. Please welcome Omar Reyes and Lucy Tran.
Omar Reyes: I run four hives on the roof of the old library. The rent for the roof is a jar a month.
Lucy Tran: I teach chemistry, and my hives stand behind the school.
Dana Whitlock: Lucy, you moved your bees this spring. When is the first honey expected?
Lucy Tran: If the linden blooms well, in the second week of July. We leave everything before that to the bees.
Dana Whitlock: Omar, what do you do about neighbours who are afraid?
Omar Reyes: I invite them up. Once somebody has held a frame the fear is mostly gone.
Dana Whitlock: When do you sell it?
Omar Reyes: Never, it all goes to the neighbours.
Dana Whitlock: And what would you tell a beginner?
Lucy Tran: Join a club before you buy anything.
Omar Reyes: Start with two hives, so that you can compare them.
Dana Whitlock: Thank you both. Good night.
"""
CARD = """\
title = "Bees over the city"
language = "en"
[[speakers]]
name = "Dana Whitlock"
host = true
[[speakers]]
name = "Omar Reyes"
[[speakers]]
name = "Lucy Tran"
"""


@pytest.fixture(scope="module")
def bees(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder: Path = tmp_path_factory.mktemp("staged")
    event = folder / "bees"
    event.mkdir()
    (event / "bees.txt").write_text(HONEY, "utf-8")
    (event / "event.toml").write_text(CARD, "utf-8")
    build(folder / "index", find_events([event]), chatbot.retriever.encoder)
    return Chatbot(Retriever(open_index(folder / "index"), chatbot.retriever.encoder))


@pytest.fixture(scope="module")
def bookshop(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return open_second_talk(tmp_path_factory.mktemp("staged-second"), chatbot.retriever.encoder)


@pytest.mark.parametrize(
    ("question", "speakers", "held"),
    [
        ("When is the first honey expected?", ["Lucy Tran"], "second week of July"),
        ("when is the first honey expected", ["Lucy Tran"], "second week of July"),
        ("What do you do about neighbours who are afraid?", ["Omar Reyes"], "invite them up"),
        ("When do you sell it?", ["Omar Reyes"], "goes to the neighbours"),  # no date, and the answer
        ("What would you tell a beginner?", ["Lucy Tran", "Omar Reyes"], "two hives"),
    ],
)
def test_those_who_answered_on_stage_answer(bees: Chatbot, question: str, speakers: list[str], held: str) -> None:
    answer = bees.ask(Question(question))
    assert answer.outcome is Outcome.ANSWER
    assert [c.speaker for c in answer.citations] == speakers
    assert held in " ".join(c.quote for c in answer.citations)


def test_on_a_chinese_talk_too(bookshop: Chatbot) -> None:
    answer = bookshop.ask(Question("网上书店打折这么厉害,独立书店应该怎么应对价格战?"))
    assert [c.speaker for c in answer.citations] == ["白桦", "罗启明", "顾小满"]


def test_a_question_that_was_not_put_is_not_answered_by_the_next_turn(bees: Chatbot) -> None:
    assert bees.ask(Question("When is the first snow expected?")).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "question", ["What was discussed?", "What is this meeting about?", "What did they talk about?"]
)
def test_an_english_meeting_has_an_overview_by_speaker(bees: Chatbot, question: str) -> None:
    answer = bees.ask(Question(question))
    assert answer.outcome is Outcome.ANSWER
    assert {c.speaker for c in answer.citations} >= {"Omar Reyes", "Lucy Tran"}
