"""The default encoder: a converted folder run by ONNX Runtime, without torch."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.clean import clean
from index.encoder import files, unigram
from index.encoder.files import EncoderCard
from index.errors import EncoderError, QuestionError
from index.types import Encoding, Floats

MAX_TOKENS = 512  # positions the model was trained with, <s> and </s> among them
THREADS_VARIABLE = "ROUNDTABLE_THREADS"
MOST_THREADS = 8  # by default: each passage under way holds some 20 MB
WORD = np.dtype([("scale", "<f4"), ("codes", "i1", 384)])
"""A row of the vocabulary table: its 384 numbers are ``codes * scale``."""


@dataclass(frozen=True, slots=True)
class OnnxEncoder:
    """Runs one text a time: with dynamic int8 scales a text's neighbours in a batch would change its vector."""

    card: EncoderCard
    session: Any
    vocabulary: unigram.Unigram
    words: NDArray[np.void]
    threads: int

    @property
    def name(self) -> str:
        """The name people choose it by."""
        return self.card.name

    @property
    def fingerprint(self) -> str:
        """A hash of the weights, tokenizer, prompts and numeric format."""
        return self.card.fingerprint

    @property
    def dimensions(self) -> int:
        """The length of its vectors."""
        return self.card.dimensions

    @property
    def pieces(self) -> Container[str]:
        """The pieces it reads, common words among them."""
        return self.vocabulary.ids

    def encode_query(self, text: str) -> Encoding:
        """Encode a question; QuestionError where nothing of it can be read."""
        ready = clean(text)
        if not ready:
            raise QuestionError(f"the question {text[:40]!r} has no readable character; write it in words")
        found = self._encode(self.card.query_prompt, ready)
        pieces = self.vocabulary.pieces(ready, len([] if found.tokens is None else found.tokens))
        return Encoding(found.vector, found.tokens, tuple(piece.replace(unigram.SPACE, " ") for piece in pieces))

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        """Encode passages in their order, each by itself, as many at once as there are threads."""
        waiting: deque[Future[Encoding]] = deque()
        with ThreadPoolExecutor(self.threads) as pool:
            for text in texts:
                waiting.append(pool.submit(self._encode, self.card.passage_prompt, clean(text)))
                if len(waiting) > 2 * self.threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _encode(self, prompt: str, text: str) -> Encoding:
        head = self.vocabulary.encode(prompt.strip(), MAX_TOKENS)
        body = self.vocabulary.encode(text, MAX_TOKENS - 2 - len(head))
        rows = self.words[[unigram.BOS, *head, *body, unigram.EOS]]
        embedded = rows["codes"] * rows["scale"][:, None]
        (states,) = self.session.run(None, {"words": embedded[None]})
        tokens = states[0]
        return Encoding(unit(tokens.mean(axis=0)), unit(tokens[1 + len(head) : -1]))


def unit(rows: Floats) -> Floats:
    """Scale the last axis to length 1; a row of zeros stays zeros."""
    length: Floats = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows / np.maximum(length, np.finfo(np.float32).tiny)).astype(np.float32)


def load_folder(folder: Path, *, threads: int | None = None) -> OnnxEncoder:
    """Open a converted folder; EncoderError where a file is missing, changed or unreadable."""
    import onnxruntime

    card = files.read_card(folder)
    options = onnxruntime.SessionOptions()
    # One thread a text, several texts at once. Two threads a text give the same bytes, but wait for each other busily:
    # on a machine with other work, 95 passages took 3.8 s so and 2.0 s this way, a query 10 ms and 5 ms.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(folder / files.MODEL), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise files.damaged(folder, f"ONNX Runtime says {error}") from error
    words = np.load(folder / files.WORDS, mmap_mode="r", allow_pickle=False)
    if words.dtype != WORD:
        raise EncoderError(f"the vocabulary table in {str(folder)!r} is of the unknown kind {words.dtype!r}")
    vocabulary = unigram.load(folder / files.VOCABULARY)
    return OnnxEncoder(card, session, vocabulary, words, threads or _threads())


def _threads() -> int:
    """How many passages are encoded at once; it changes the time and no vector."""
    named = os.environ.get(THREADS_VARIABLE, "")
    if named and not (named.isdecimal() and int(named)):
        raise EncoderError(f"{THREADS_VARIABLE} is {named!r}; set it to a number of threads, 1 or more")
    return int(named) if named else min(os.cpu_count() or 1, MOST_THREADS)
