"""Late interaction where sentences help each other, and the script a question is read in."""

from __future__ import annotations

import numpy as np
import pytest

from index.late import AFTER, BEFORE, late
from index.maxsim import quantise
from index.script import in_script, is_traditional
from index.types import Encoding

# Two words in two dimensions: the subject, and what is asked of it.
SUBJECT, ASKED = [1.0, 0.0], [0.0, 1.0]
QUESTION = Encoding(np.array([1, 0], np.float32), np.array([SUBJECT, ASKED], np.float32))


def compare(
    *sentences: list[list[float]], turns: list[int], handed_on: list[bool] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    states = quantise([np.array(tokens, np.float32) for tokens in sentences], 2)
    put = None if handed_on is None else np.array(handed_on)
    found = late(QUESTION, states.of, np.array(turns, np.int32), range(len(sentences)), handed_on=put)
    return found.own, found.inherited


def test_a_sentence_inherits_the_subject_from_the_one_before() -> None:
    own, inherited = compare([SUBJECT], [ASKED], [[0.6, 0.8]], turns=[0, 0, 1])
    assert own[0] == pytest.approx(own[1])
    assert inherited[1] > inherited[0] > own[0]
    assert inherited[1] - inherited[0] == pytest.approx(20 * (AFTER - BEFORE) / 2, abs=0.05)


def test_nothing_is_inherited_from_another_turn() -> None:
    own, inherited = compare([SUBJECT], [ASKED], turns=[0, 1])
    assert inherited.tolist() == own.tolist()


def test_a_reply_inherits_what_the_question_put_to_it_says_and_lends_it_nothing() -> None:
    own, inherited = compare([SUBJECT], [ASKED], turns=[0, 1], handed_on=[True, False])
    assert inherited[0] == pytest.approx(own[0])
    assert inherited[1] - own[1] == pytest.approx(20 * (1 - BEFORE) / 2, abs=0.05)  # one of two words, less the fee


def test_sentences_not_compared_have_the_least_of_what_the_others_have() -> None:
    states = quantise([np.array([SUBJECT], np.float32)] * 3, 2)
    found = late(QUESTION, states.of, np.zeros(3, np.int32), [1])
    assert found.own.tolist() == [found.own[1]] * 3
    assert found.words.shape == (2, 3)


def test_without_token_states_every_sentence_is_alike() -> None:
    found = late(Encoding(QUESTION.vector, None), lambda n: quantise([], 2), np.zeros(2, np.int32), [0, 1])
    assert not found.own.any()
    assert found.words.shape == (0, 2)


@pytest.mark.parametrize(
    ("text", "traditional"),
    [("他們訂了去北京的機票", True), ("他们订了去北京的机票", False), ("人口", False), ("a ticket", False)],
)
def test_the_script_of_a_text(text: str, traditional: bool) -> None:
    assert is_traditional(text) is traditional


def test_a_question_is_read_in_the_script_of_the_text() -> None:
    assert in_script("訂機票", traditional=False) == "订机票"
    assert in_script("订机票", traditional=True) == "訂機票"
    assert in_script("a ticket", traditional=True) == "a ticket"
