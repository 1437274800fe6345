"""How much another processor may change: the suite asked again on stand-ins, and the cases that flip.

The int8 kernels of two processors round differently, and both are off from fp32. So a case that flips when fp32 takes
the place of int8, or when vectors are jittered in random directions by as much as int8 is off, may flip on a machine
where nothing is wrong. Only such cases are excused elsewhere, never on the machine the baseline is from, and never for
more net loss than the stand-ins showed. What no stand-in moved counts everywhere.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from bot.chatbot import Chatbot
from bot.wire import open_chatbot
from eval.baseline import Baseline, Noise, with_noise
from eval.load import Loaded
from eval.run import run
from index.build import build
from index.event import Event
from index.retriever import Retriever
from index.store import Index, open_index
from index.types import Encoder, Encoding, Floats

SEEDS = 6  # jittered stand-ins beside fp32: what a seventh would flip alone is left to the budget
COSINE = 0.9986  # the worst of int8 to fp32 over the first event's passages; their mean is 0.9990
TOKEN_COSINE = 0.9956  # the worst hundredth of their token states; the median is 0.9978


@dataclass(frozen=True, slots=True)
class Jittered:
    """An encoder whose vectors are turned by a fixed angle in directions that a seed and the text decide.

    ``known`` keeps what the inner encoder said, so that many seeds encode each text once.
    """

    inner: Encoder
    seed: int
    known: dict[tuple[bool, str], Encoding] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the encoder it stands in for."""
        return self.inner.name

    @property
    def fingerprint(self) -> str:
        """One of its own, so that no index mixes the two."""
        return f"{self.inner.fingerprint}-jitter-{self.seed}"

    @property
    def dimensions(self) -> int:
        """The length of its vectors."""
        return self.inner.dimensions

    def encode_query(self, text: str) -> Encoding:
        """Encode a question, then turn it."""
        if (True, text) not in self.known:
            self.known[True, text] = self.inner.encode_query(text)
        return self._turned(text, self.known[True, text])

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Encoding]:
        """Encode passages, then turn each."""
        wanted = list(texts)
        new = list(dict.fromkeys(text for text in wanted if (False, text) not in self.known))
        for text, encoding in zip(new, self.inner.encode_passages(new), strict=True):
            self.known[False, text] = encoding
        for text in wanted:
            yield self._turned(text, self.known[False, text])

    def _turned(self, text: str, encoding: Encoding) -> Encoding:
        digest = hashlib.sha256(f"{self.seed}\0{text}".encode("utf-8", "surrogatepass")).digest()
        rng = np.random.default_rng(int.from_bytes(digest[:8], "big"))
        tokens = None if encoding.tokens is None else turned(encoding.tokens, TOKEN_COSINE, rng)
        return Encoding(turned(encoding.vector, COSINE, rng), tokens, encoding.pieces)


def turned(rows: Floats, cosine: float, rng: np.random.Generator) -> Floats:
    """Unit rows turned in random directions so that each keeps ``cosine`` to what it was."""
    noise = rng.standard_normal(rows.shape).astype(np.float32)
    noise -= (noise * rows).sum(axis=-1, keepdims=True) * rows
    noise /= np.maximum(np.linalg.norm(noise, axis=-1, keepdims=True), np.finfo(np.float32).tiny)
    return np.asarray(cosine * rows + np.sqrt(1 - cosine**2) * noise, np.float32)


def measure_noise(baseline: Baseline, loaded: Loaded, directory: Path | None) -> Baseline:
    """Ask a suite on every stand-in, and mark the cases of its baseline that flip on any."""
    bot = open_chatbot(directory)
    return marked(baseline, loaded, bot, stand_ins(bot.retriever.encoder))


def marked(baseline: Baseline, loaded: Loaded, bot: Chatbot, others: Iterable[tuple[str, Encoder]]) -> Baseline:
    """The baseline with the cases marked that flip when other encoders take the chatbot's own one's place."""
    cases = tuple(replace(c, entry=c.entry.model_copy(update={"paraphrases": ()})) for c in loaded.suite.cases)
    plain = replace(loaded, suite=replace(loaded.suite, cases=cases))
    fragile: set[str] = set()
    worst, names = 0, []
    for name, stand_in in others:
        with tempfile.TemporaryDirectory(prefix="roundtable-noise-") as folder:
            flips = _flips(plain, rebuilt(bot.index, stand_in, Path(folder)), baseline)
        fragile |= flips.keys()
        worst = max(worst, sum(flips.values()))
        names.append(name)
    return with_noise(baseline, fragile, Noise(stand_ins=tuple(names), worst_net_loss=worst))


def stand_ins(encoder: Encoder) -> Iterator[tuple[str, Encoder]]:
    """The encoders that stand for other machines: the default one's fp32 original, and jittered copies."""
    if original := fp32_of(encoder):
        yield "fp32", original
    known: dict[tuple[bool, str], Encoding] = {}
    for seed in range(1, SEEDS + 1):
        yield f"jitter-{seed}", Jittered(encoder, seed, known)


def rebuilt(index: Index, encoder: Encoder, folder: Path) -> Chatbot:
    """The same chatbot over the same events, indexed with another encoder."""
    events = [
        Event(entry.id, entry.card, tuple(map(index.transcript, entry.transcripts)), entry.carded)
        for entry in index.events
    ]
    build(folder, events, encoder)
    return Chatbot(Retriever(open_index(folder, encoder), encoder))


def fp32_of(encoder: Encoder) -> Encoder | None:
    """The fp32 model that the default encoder was converted from; None for any other encoder."""
    from index.embed import DEFAULT_ENCODER

    if encoder.name != DEFAULT_ENCODER:
        return None
    from index.encoder.cache import default_folder
    from index.encoder.files import SOURCE
    from index.encoder.torch_encoder import load_model

    return load_model(str(default_folder(keep_source=True) / SOURCE))


def _flips(loaded: Loaded, bot: Chatbot, baseline: Baseline) -> dict[str, int]:
    """The cases whose verdict differs from the baseline's: 1 for a loss, -1 for a win."""
    before = {case.id: case.passed for case in baseline.cases}
    now = {result.case.id: result.grade.passed for result in run(loaded, bot).results}
    return {id: 1 if was else -1 for id, was in before.items() if id in now and now[id] is not was}
