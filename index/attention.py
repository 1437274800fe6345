"""Which words of a question its answer must match: a weight for each of its tokens, read off the token's own state.

A question names its subject, which the whole passage is about, and asks for something, which one sentence holds. A mean
over all its words finds the subject; weighed by one learnt direction, what is asked counts more. Fitted on half of the
transcripts of the sets that benchmarks/fit_attention.py names, for one encoder: under another, all words count the same.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import numpy as np

from .types import Encoder, Floats

# What the direction's product with a unit state counts as a log weight. It was fitted at 5; at 3 cmrc2018 keeps nearly
# all of the gain, and on the talks held out (vcsum, qmsum) and for English more sentences come first.
STEEP, FITTED = np.float32(3), np.float32(5)
LIMIT = np.float32(4)  # of a log weight: no word may stand alone


@cache
def _shipped() -> tuple[str, Floats]:
    """The encoder the direction was fitted for, by fingerprint, and the direction [d]."""
    found = tomllib.loads((resources.files("index") / "attention.toml").read_text("utf-8"))
    return found["encoder"], np.array(found["direction"], np.float32)


def attention(encoder: Encoder, tokens: Floats) -> Floats:
    """The weight of each token of a question [q], from its states [q, d]; they sum to 1."""
    fitted_for, direction = _shipped()
    if not len(tokens) or encoder.fingerprint != fitted_for:
        return np.full(len(tokens), 1 / max(len(tokens), 1), np.float32)
    weights = np.exp(np.clip(tokens @ direction * STEEP, -LIMIT, LIMIT))
    return np.asarray(weights / weights.sum(), np.float32)
