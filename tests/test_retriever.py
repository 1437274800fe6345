"""The retriever on talks small enough to rank by eye, and on the packaged panel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.default import open_default
from index.errors import NotIndexed, QuestionError
from index.event import Event
from index.field import field
from index.focus import token_weights
from index.retriever import Retriever
from index.store import open_index
from index.types import Scope, TurnKind
from tests.words import WordEncoder, card, event

FRUIT = "Ann: Apples are red and sweet, and we sell them by the box.\nBob: Boats sail on the lake.\n"
LONG = " This goes on for a while, so that no two turns are short enough to share one passage with each other." * 4


def opened(folder: Path, *events: Event) -> Retriever:
    build(folder, events, WordEncoder())
    return Retriever(open_index(folder, WordEncoder()), WordEncoder())


def talk(*turns: str) -> str:
    return "".join(f"{turn}{LONG}\n" for turn in turns)


def test_the_passage_that_holds_the_words_comes_first(tmp_path: Path) -> None:
    fair = event(
        "fair", talk("Ann: Apples are red.", "Bob: Boats sail on lakes.", "Ann: Cats purr.", "Bob: Dogs bark.")
    )
    retriever = opened(tmp_path, fair)
    (best, *_) = retriever.passages("boats on lakes")
    assert retriever.index.transcript("fair").text[best.passage.start :].startswith("Boats sail")


def test_a_hit_goes_on_through_what_follows_and_no_two_overlap(tmp_path: Path) -> None:
    fair = event(
        "fair", talk("Ann: Apples are red.", "Bob: Boats sail on lakes.", "Ann: Cats purr.", "Bob: Dogs bark.")
    )
    first, *rest = (hit.passage for hit in opened(tmp_path, fair).search("boats on lakes"))
    assert (first.id, first.first, first.last, first.speakers) == ("fair#t1.1..t3.2", 1, 3, ("Bob", "Ann"))
    assert all(p.end <= first.start or p.start >= first.end for p in rest)


def test_a_speaker_filters_and_nobody_elses_words_are_widened_into(tmp_path: Path) -> None:
    fair = event(
        "fair", talk("Ann: Apples are red.", "Bob: Boats sail on lakes.", "Ann: Cats purr.", "Bob: Dogs bark.")
    )
    hits = opened(tmp_path, fair).search("boats on lakes", scope=Scope(speaker="Ann"))
    assert {name for hit in hits for name in hit.passage.speakers} == {"Ann"}


def test_a_speaker_goes_by_any_of_their_names_and_an_unknown_one_is_an_error(tmp_path: Path) -> None:
    known = card("Ann", "Bob")
    nick = known.model_copy(update={"speakers": (known.speakers[0].model_copy(update={"aliases": ("Annie",)}),)})
    fair = event("fair", talk("Ann: Apples are red.", "Bob: Boats sail on lakes."), card=nick)
    retriever = opened(tmp_path, fair, event("show", talk("Cat: Boats.", "Dan: Dogs."), card=card("Cat", "Dan")))
    for scope in (Scope(speaker="annie", event="fair"), Scope(speaker="Annie")):
        hits = retriever.search("boats", scope=scope)
        assert {name for hit in hits for name in hit.passage.speakers} == {"Ann"}
    with pytest.raises(NotIndexed, match="no speaker 'Eve'; this event has: Ann"):
        retriever.search("boats", scope=Scope(speaker="Eve", event="fair"))
    with pytest.raises(NotIndexed, match="no speaker 'Eve' in any of 2 events"):
        retriever.search("boats", scope=Scope(speaker="Eve"))


def test_adding_an_event_changes_no_answer_of_another(tmp_path: Path) -> None:
    alone = opened(tmp_path / "one", event("fair", talk("Ann: Apples.", "Bob: Boats.", "Ann: Cats.")))
    other = event("show", talk("Cat: Boats, boats and apples.", "Dan: Dogs."))
    both = opened(tmp_path / "two", event("fair", talk("Ann: Apples.", "Bob: Boats.", "Ann: Cats.")), other)
    for question in ("boats", "apples and cats", "nothing of it"):
        assert alone.search(question) == both.search(question, scope=Scope(event="fair"))


def test_hits_never_leak_across_events(tmp_path: Path) -> None:
    both = opened(tmp_path, event("fair", talk("Ann: Apples.")), event("show", talk("Cat: Boats.")))
    hits = both.search("boats", scope=Scope(event="fair"))
    assert {hit.passage.transcript for hit in hits} == {"fair"}
    assert {hit.passage.transcript for hit in both.search("boats")} == {"fair", "show"}


def test_what_the_index_does_not_hold_is_named_with_what_it_does(tmp_path: Path) -> None:
    retriever = opened(tmp_path, event("fair", FRUIT), event("show", FRUIT))
    with pytest.raises(NotIndexed, match=r"no event 'nope' .* 'fair', 'show'"):
        retriever.search("boats", scope=Scope(event="nope"))
    with pytest.raises(NotIndexed, match="no transcript 'nope'"):
        retriever.search("boats", scope=Scope(transcript="nope"))
    with pytest.raises(NotIndexed, match="'show' is not of the event 'fair'"):
        retriever.search("boats", scope=Scope(event="fair", transcript="show"))


@pytest.mark.parametrize("nothing", ["", "  \n", "\x00\x01", "\ud800", "\u202e\u202c"])
def test_a_question_of_nothing_is_refused(tmp_path: Path, nothing: str) -> None:
    with pytest.raises(QuestionError, match="is empty"):
        opened(tmp_path, event("fair", FRUIT)).search(nothing)


@pytest.mark.parametrize("hostile", ["boats " * 200_000, "\ufdfa" * 5000, "😀🍎", "boats\x00\ud800\u202e"])
def test_a_hostile_question_is_answered_like_any_other(tmp_path: Path, hostile: str) -> None:
    assert opened(tmp_path, event("fair", FRUIT)).search(hostile)


@pytest.fixture(scope="module")
def panel() -> Retriever:
    return Retriever(*open_default())


def test_an_english_question_finds_the_chinese_words(panel: Retriever) -> None:
    (best, *_) = panel.search("What does Alluxio build between compute and storage?")
    text = panel.index.transcript("a-plan-01").text
    assert "Alluxio" in text[best.passage.start : best.passage.end]


def test_what_follows_a_passage_is_of_its_own_talk(tmp_path: Path) -> None:
    index = opened(tmp_path, event("fair", talk("Ann: One.", "Bob: Two.")), event("show", talk("Cat: Three."))).index
    searched = field(index, Scope(), ())
    values = np.arange(len(searched.places()[0]), dtype=np.float32) + 1
    last = len(index.segment("fair").passages) - 1
    assert list(searched.following(values, [0, last, len(values) - 1])) == [2, 0, 0]


def test_tokens_of_a_questions_frame_count_less_than_those_of_what_it_is_about(panel: Retriever) -> None:
    question = "关于开源，嘉宾们是怎么说的？"
    pieces = panel.encoder.encode_query(question).pieces
    weights = token_weights(question, pieces)
    assert weights is not None
    assert [piece for piece, weight in zip(pieces, weights, strict=True) if weight == 1] == ["开", "源"]
    assert set(map(float, weights)) == {1, 0.5}
    assert token_weights(question, ()) is None


def test_a_question_asked_on_stage_ranks_behind_the_turn_that_answers_it(panel: Retriever) -> None:
    talk = panel.index.transcript("a-plan-01")
    asked = next(turn for turn in talk.turns if turn.kind is TurnKind.QUESTION)
    hits = panel.passages(talk.text[asked.body : asked.end], k=len(talk.text))
    kinds = [talk.turns[hit.passage.first].kind for hit in hits]
    assert kinds[0] is TurnKind.ANSWER
    assert TurnKind.QUESTION in kinds, "it is ranked low, and still listed"


def test_words_by_somebody_are_searched_among_their_passages(panel: Retriever) -> None:
    assert {s for hit in panel.search("东旭怎么看开源?") for s in hit.passage.speakers} == {"黄东旭"}
    assert len({s for hit in panel.search("黄东旭的公司") for s in hit.passage.speakers}) > 1


def test_two_searches_give_identical_hits(panel: Retriever) -> None:
    again = Retriever(panel.index, panel.encoder)
    assert panel.search("UCloud 为什么保持中立?") == again.search("UCloud 为什么保持中立?")


def test_sentence_scores_cover_every_sentence_in_order(panel: Retriever) -> None:
    scores = panel.sentence_scores("UCloud 为什么保持中立?", "a-plan-01")
    assert len(scores.sentences) == len(scores.turns) == len(scores.dense) == len(scores.sparse_z)
    best = scores.sentences[int((scores.dense_z + scores.sparse_z).argmax())]
    assert "中立" in panel.index.transcript("a-plan-01").text[best.start : best.end]


def test_maxsim_prefers_the_text_that_answers(panel: Retriever) -> None:
    (hit, *_) = panel.passages("TiDB 为什么选择开源?")
    on, off, held = panel.maxsim("TiDB 为什么选择开源?", ["我们选择把TiDB开源", "今天天气很好", hit.passage])
    assert on > off
    assert held == pytest.approx(hit.legs.maxsim, abs=1e-5)
