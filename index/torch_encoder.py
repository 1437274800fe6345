"""Any sentence-transformers model, by hub name or folder, with its own prompts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.clean import clean
from index.errors import EncoderError, QuestionError
from index.types import Encoding


@dataclass(frozen=True, slots=True)
class TorchEncoder:
    """Runs one text a time, so that a text's vector does not depend on its neighbours' lengths."""

    name: str
    fingerprint: str
    dimensions: int
    model: Any

    def encode_query(self, text: str) -> Encoding:
        """Encode a question with the model's own query prompt; QuestionError where nothing of it can be read."""
        ready = clean(text)
        if not ready:
            raise QuestionError(f"the question {text[:40]!r} has no readable character; write it in words")
        return self._encoding(self.model.encode_query, ready)

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        """Encode passages with the model's own document prompt, one by one."""
        for text in texts:
            yield self._encoding(self.model.encode_document, clean(text))

    def _encoding(self, encode: Any, text: str) -> Encoding:
        vector = encode(text, normalize_embeddings=True, show_progress_bar=False)
        return Encoding(np.asarray(vector, np.float32), None)


def load_model(name: str) -> TorchEncoder:
    """Load a model from a folder, from the hub's cache or from the hub; EncoderError where it is in none of them."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name, device="cpu")
    except Exception as error:
        raise EncoderError(
            f"no sentence-transformers model could be loaded from {name!r} ({type(error).__name__}: {error});"
            " give a folder that holds one, or a hub name while the hub can be reached"
        ) from error
    return TorchEncoder(name, _fingerprint(model), int(model.get_sentence_embedding_dimension()), model)


def _fingerprint(model: Any) -> str:
    """Hash what decides the vectors: weights, prompts, longest input, kinds of module."""
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(f"{key} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.contiguous().view(-1).numpy().tobytes())
    kinds = [type(module).__name__ for module in model]
    digest.update(repr((kinds, sorted(model.prompts.items()), model.max_seq_length)).encode())
    return digest.hexdigest()
