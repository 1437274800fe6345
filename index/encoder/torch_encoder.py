"""Any sentence-transformers model, by hub name or folder, with its own prompts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.clean import clean
from index.encoder.onnx_encoder import unit
from index.errors import EncoderError, QuestionError
from index.types import Encoding, Floats

HUB_SECONDS = 10.0  # to learn whether the hub has a model; its own client tries for over a minute without a network


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
        return self._encoding(self.model.encode_query, "query", ready)

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        """Encode passages with the model's own document prompt, one by one."""
        for text in texts:
            yield self._encoding(self.model.encode_document, "document", clean(text))

    def _encoding(self, encode: Any, prompt: str, text: str) -> Encoding:
        features = encode(text, output_value=None, show_progress_bar=False)
        vector: Floats = np.asarray(features["sentence_embedding"].numpy(), np.float32)
        return Encoding(unit(vector), self._tokens(features, self.model.prompts.get(prompt) or ""))

    def _tokens(self, features: Any, prompt: str) -> Floats | None:
        """Token states as MaxSim wants them, None where the model is not one of tokens in the vectors' own space."""
        states, ids = features.get("token_embeddings"), features.get("input_ids")
        if states is None or ids is None or states.shape[-1] != self.dimensions:
            return None
        tokenizer = self.model.tokenizer
        special = set(tokenizer.all_special_ids) - {tokenizer.unk_token_id}
        own = [place for place, token in enumerate(ids.tolist()) if token not in special]
        head = len(tokenizer(prompt.strip(), add_special_tokens=False)["input_ids"]) if prompt.strip() else 0
        return unit(np.asarray(states.numpy(), np.float32)[own[head:]])


def load_model(name: str) -> TorchEncoder:
    """Load a model from a folder, from the hub's cache or from the hub; EncoderError where it is in none of them."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        model = _open(name)
        width = len(model.encode_document("roundtable", show_progress_bar=False))
    except Exception as error:
        reason = (str(error).splitlines() or [""])[0]
        raise EncoderError(
            f"no sentence-transformers model could be loaded from {name!r} ({type(error).__name__}: {reason});"
            " give a folder that holds one, or a hub name while the hub can be reached"
        ) from error
    return TorchEncoder(name, _fingerprint(model), width, model)


def _open(name: str) -> Any:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except OSError:
        if Path(name).exists() or os.environ.get("HF_HUB_OFFLINE"):
            raise
        from huggingface_hub import model_info

        model_info(name, timeout=HUB_SECONDS)
        return SentenceTransformer(name, device="cpu")


def _fingerprint(model: Any) -> str:
    """Hash what decides the vectors: weights, prompts, longest input, kinds of module, tokenizer."""
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(f"{key} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.detach().float().contiguous().numpy().tobytes())
    kinds = [type(module).__name__ for module in model]
    digest.update(repr((kinds, sorted(model.prompts.items()), model.max_seq_length)).encode())
    fast = getattr(model.tokenizer, "backend_tokenizer", None)
    digest.update(fast.to_str().encode() if fast else repr(model.tokenizer).encode())
    return digest.hexdigest()
