from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from eval.baseline import Entry, new_baseline
from eval.gate import judge
from eval.load import load, suite_path
from eval.lookup import finder
from eval.machine import this_machine
from eval.noise import COSINE, TOKEN_COSINE, Jittered, marked, rebuilt
from eval.run import run
from eval.subject import encoder_of
from index.types import Encoding


@dataclass
class Spelling:
    """An encoder one can check by eye: how often each of 64 code points occurs; it counts what it is asked."""

    name: str = "spelling"
    fingerprint: str = "abc"
    dimensions: int = 64
    asked: int = 0

    def encode_query(self, text: str) -> Encoding:
        self.asked += 1
        rows = np.zeros((max(1, len(text)), 64), np.float32)
        for at, char in enumerate(text or "?"):
            rows[at, ord(char) % 64] = 1
        mean = rows.mean(axis=0)
        return Encoding(mean / np.linalg.norm(mean), rows)

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        yield from map(self.encode_query, texts)


def test_a_jittered_vector_keeps_its_length_and_turns_by_the_measured_angle():
    plain, jittered = Spelling().encode_query("你好吗"), Jittered(Spelling(), 1).encode_query("你好吗")
    assert float(plain.vector @ jittered.vector) == pytest.approx(COSINE, abs=1e-5)
    assert np.linalg.norm(jittered.vector) == pytest.approx(1, abs=1e-5)
    assert (plain.tokens * jittered.tokens).sum(axis=1) == pytest.approx(np.full(3, TOKEN_COSINE), abs=1e-5)


def test_a_seed_always_turns_a_text_the_same_way_and_another_seed_another_way():
    one, again, other = (Jittered(Spelling(), seed).encode_query("你好") for seed in (1, 1, 2))
    assert np.array_equal(one.vector, again.vector)
    assert not np.allclose(one.vector, other.vector)


def test_many_seeds_encode_each_text_once():
    inner, known = Spelling(), {}
    for seed in range(5):
        found = list(Jittered(inner, seed, known).encode_passages(["甲", "乙", "甲"]))
        assert len(found) == 3
    assert inner.asked == 2


def test_a_jittered_encoder_never_shares_an_index_with_another():
    prints = {Spelling().fingerprint, *(Jittered(Spelling(), seed).fingerprint for seed in range(3))}
    assert len(prints) == 4


def test_what_flips_on_a_stand_in_is_excused_elsewhere_and_nowhere_else(chatbot, tmp_path):
    loaded = load(suite_path("a-plan-01"), finder(None))
    plain = {"paraphrases": (), "locked": False}
    cases = (replace(case, entry=case.entry.model_copy(update=plain)) for case in loaded.suite.cases)
    loaded = replace(loaded, suite=replace(loaded.suite, cases=tuple(cases)[:12]))
    entry = Entry(date="2026-11-23", reason="as it is", passed=0, cases=0)
    finished = run(loaded, chatbot)
    encoder = encoder_of(chatbot)
    baseline = new_baseline(finished, encoder, this_machine(), entry=entry, old=None)
    stand_in = Jittered(Spelling(name=encoder.name), 1)
    noisy = marked(baseline, loaded, chatbot, [("spelling", stand_in)])
    assert noisy.noise.stand_ins == ("spelling",)
    fragile = [case.id for case in noisy.cases if case.fragile]
    assert fragile
    there = this_machine().model_copy(update={"features": ("avx2",)})
    worse = run(loaded, rebuilt(chatbot.index, stand_in, tmp_path / "other"))
    assert [flip.machine for flip in judge(worse, noisy, there, encoder).flips] == [True] * len(fragile)
    assert judge(worse, noisy, there, encoder).counted(lost=True) == ()
    assert not any(flip.machine for flip in judge(worse, noisy, this_machine(), encoder).flips)
