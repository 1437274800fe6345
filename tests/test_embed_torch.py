"""Any other sentence-transformers model, by folder and by name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.default import open_chosen
from index.embed import load_encoder
from index.encoder.torch_encoder import TorchEncoder, load_model
from index.errors import EncoderError, QuestionError
from tests.encoders import minilm
from tests.words import WordEncoder, event


@cache
def encoder() -> TorchEncoder:
    return load_model(str(minilm()))


def test_a_folder_is_loaded_by_its_path() -> None:
    assert (encoder().name, encoder().dimensions) == (str(minilm()), 384)
    assert encoder().fingerprint == load_model(str(minilm())).fingerprint


def test_its_vectors_are_sentence_transformers_own() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(minilm()), device="cpu")
    texts = ["Who founded the company?", "The company was founded in a garage."]
    ours = encoder().encode_query(texts[0]).vector
    assert np.allclose(ours, model.encode_query(texts[0]), atol=1e-6)
    (passage,) = encoder().encode_passages(texts[1:])
    assert np.allclose(passage.vector, model.encode_document(texts[1]), atol=1e-6)


def test_token_states_leave_out_special_tokens() -> None:
    tokens = encoder().encode_query("where is the bank").tokens
    assert tokens is not None
    assert tokens.shape == (4, 384)
    assert np.allclose(np.linalg.norm(tokens, axis=1), 1, atol=1e-5)


def test_prompts_of_the_model_are_used_and_left_out_of_the_token_states() -> None:
    prompted = load_model(str(minilm()))
    prompted.model.prompts = {"query": "query: ", "document": "passage: "}
    text = "where is the bank"
    asked = prompted.encode_query(text)
    (told,) = prompted.encode_passages([text])
    assert asked.tokens is not None
    assert asked.tokens.shape == (4, 384)
    assert not np.allclose(asked.vector, told.vector, atol=1e-3)
    assert not np.allclose(asked.vector, encoder().encode_query(text).vector, atol=1e-3)


def test_an_empty_question_is_refused_and_hostile_text_is_not() -> None:
    with pytest.raises(QuestionError):
        encoder().encode_query(" \x00")
    for text in ("\ud800创业", "\ufdfa" * 5000, "x" * 1_000_000, "🎉"):
        assert np.isfinite(encoder().encode_query(text).vector).all()


def test_a_text_does_not_depend_on_its_neighbours() -> None:
    texts = ["short", "a much longer text about databases and the cloud " * 5]
    together = [encoding.vector.tobytes() for encoding in encoder().encode_passages(texts)]
    assert together == [next(encoder().encode_passages([text])).vector.tobytes() for text in texts]


@pytest.mark.parametrize("name", ["no-such/model", "/no/such/folder"])
def test_a_model_that_is_nowhere_is_named_with_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderError, match=f"{name!r}.*give a folder that holds one, or a hub name"):
        load_encoder(name)


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no sentence-transformers model"):
        load_encoder(str(tmp_path))


def test_an_index_of_an_encoder_that_cannot_be_opened_names_itself_and_the_way_out(tmp_path: Path) -> None:
    build(tmp_path / "index", [event("fair", "Ann: Apples are red.\n")], replace(WordEncoder(), name=str(tmp_path)))
    with pytest.raises(EncoderError, match=r"index .* was built with the encoder .* roundtable build PATH --index"):
        open_chosen(tmp_path / "index")
