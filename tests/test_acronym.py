"""Acronyms in the number in which the talk writes them."""

from __future__ import annotations

import pytest

from bot.spelling.acronym import in_number
from index.types import Transcript


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("What are GPUs for?", "What are GPU for?"),
        ("GPUs不够怎么办", "GPU不够怎么办"),
        ("Is one API enough?", "Is one APIs enough?"),
        ("Are CPUs slower than a CPU?", "Are CPUs slower than a CPU?"),  # the talk has both
        ("What do TPUs cost?", "What do TPUs cost?"),  # or neither
        ("What does AWS do?", "What does AWS do?"),  # whose s is its own
    ],
)
def test_an_acronym_is_read_in_the_number_that_the_talk_has_alone(question: str, read: str) -> None:
    talk = Transcript("t", "t", "用 GPU 训练, 不用 CPU, CPUs are slow. Our APIs are public. AWS 也是.", "1", (), ())
    assert in_number(question, (talk,)) == read
