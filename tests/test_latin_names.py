"""Speakers of an English meeting, labelled with titles, letters after the name, or by what they do."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.types import Answer, Outcome, Question, Reason
from index.build import build
from index.event import EventCard, Speaker
from index.latin_names import bare, is_office
from index.people import people
from index.retriever import Retriever
from index.source import find_event
from index.store import open_index
from index.types import Scope

CARD = EventCard(
    title="hearing",
    speakers=tuple(
        Speaker.model_validate({"name": name})
        for name in (
            "Dr Ewan Marsh",
            "Nia Pritchard AM",
            "Mark Young AM",
            "Hon. Ruth Cole",
            "Sam Cole",
            "Project Manager",
        )
    ),
)

HEARING = """Nia Pritchard AM: Good morning. Please welcome the water board today: Dr Ewan Marsh as its chief engineer, and Sam Cole. We have apologies from Owen Young.
Dr Ewan Marsh: Thank you. The old reservoir loses nine per cent of its water through the eastern wall every winter.
Nia Pritchard AM: And what would a repair of the eastern wall cost, in your view?
Dr Ewan Marsh: We expect it to cost four million pounds, and to take two summers.
Mark Young AM: Would the village downstream be safe while the repair goes on?
Sam Cole: The village has a flood barrier since the nineties, so the risk is small.
Mark Young AM: And who would pay for the repair?
Sam Cole: The board has set the money aside.
Nia Pritchard AM: Thank you both, that was very helpful for the committee.
"""
PLANNING = """Project Manager: Hello everybody, I'm Tessa and I'm the project manager of the kettle.
Marketing: Our survey says that buyers want a quiet kettle above all.
Industrial Designer: A double wall makes it quiet, but it adds two euros to the cost.
Project Manager: Then we go for the double wall and save on the handle.
Marketing: The colour should be a soft green, according to the survey.
Industrial Designer: A soft green is fine with me.
"""


@pytest.fixture(scope="module")
def meetings(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("meetings")
    encoder = chatbot.retriever.encoder
    paths = [folder / "hearing.txt", folder / "planning.txt"]
    for path, text in zip(paths, (HEARING, PLANNING), strict=True):
        path.write_text(text, "utf-8")
    build(folder / "index", [find_event(path) for path in paths], encoder)
    return Chatbot(Retriever(open_index(folder / "index"), encoder))


def ask(meetings: Chatbot, question: str, transcript: str) -> Answer:
    return meetings.ask(Question(question, scope=Scope(transcript=transcript)))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Dr David Blaney", "David Blaney"), ("Darren Millar AM", "Darren Millar"), ("Right Hon. Justin Trudeau", "Justin Trudeau"),
        ("Hon. Jean-Yves Duclos", "Jean-Yves Duclos"), ("Bethan Owen", "Bethan Owen"), ("Project Manager", ""), ("User Interface", ""),
        ("Marketing", ""), ("PhD F", ""), ("The Chair", ""), ("Speaker 2", ""), ("季昕华", ""),
    ],
)  # fmt: skip
def test_a_name_without_titles(label: str, name: str) -> None:
    assert bare(label) == name


def test_an_office_is_no_name() -> None:
    assert [label for label in ("Project Manager", "Marketing", "Dr Ewan Marsh", "刘超") if is_office(label)] == [
        "Project Manager",
        "Marketing",
    ]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did Ewan Marsh say about the wall?", ("Dr Ewan Marsh",)),
        ("What did Mr Marsh say?", ("Dr Ewan Marsh",)),
        ("Does Nia agree?", ("Nia Pritchard AM",)),
        ("What does Pritchard ask?", ("Nia Pritchard AM",)),
        ("Does Mark think so?", ("Mark Young AM",)),
        ("How would you mark a young tree?", ()),  # small letters are no name
        ("What did Owen Young do?", ()),  # another Young
        ("Did Cole agree?", ()),  # two of that name
        ("What did Sam Cole say?", ("Sam Cole",)),
        ("Which project did they manage?", ()),
    ],
)
def test_speakers_are_named_without_their_titles(question: str, named: tuple[str, ...]) -> None:
    assert tuple(mention.name for mention in people(question, CARD).spans) == named


def test_who_has_a_title_is_not_said_to_be_absent(meetings: Chatbot) -> None:
    answer = ask(meetings, "What did Ewan Marsh say about the cost of the repair?", "hearing")
    assert answer.outcome is Outcome.ANSWER
    assert {citation.speaker for citation in answer.citations} == {"Dr Ewan Marsh"}


def test_who_somebody_is_is_told_by_the_one_who_introduces_them(meetings: Chatbot) -> None:
    for question in ("Who is Ewan Marsh?", "What is Ewan Marsh's job?"):
        answer = ask(meetings, question, "hearing")
        assert answer.outcome is Outcome.ANSWER
        assert ["chief engineer" in citation.quote for citation in answer.citations] == [True]


def test_of_whom_nobody_says_who_they_are_nothing_is_quoted(meetings: Chatbot) -> None:
    answer = ask(meetings, "Who is Mark Young?", "hearing")
    assert answer.outcome is Outcome.ABSTAIN
    assert not answer.citations


def test_who_goes_by_an_office_says_who_they_are(meetings: Chatbot) -> None:
    answer = ask(meetings, "Who is the project manager?", "planning")
    assert answer.outcome is Outcome.ANSWER
    assert "I'm Tessa" in answer.citations[0].quote


def test_where_speakers_go_by_their_office_nobody_is_said_not_to_have_spoken(meetings: Chatbot) -> None:
    answer = ask(meetings, "Who is Tessa?", "planning")
    assert answer.reason is Reason.MENTIONED_ONLY
    assert "did not speak" not in answer.lead
    assert "I'm Tessa" in answer.citations[0].quote


def test_in_a_conversation_nobody_is_corrected_on_what_they_take_part_in(meetings: Chatbot) -> None:
    answer = ask(meetings, "Why does Marketing want a double wall?", "planning")
    assert answer.reason not in (Reason.FALSE_PREMISE, Reason.WRONG_SPEAKER)
