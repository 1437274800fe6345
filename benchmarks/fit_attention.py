"""Fit which words of a question its answer must match, and write index/attention.toml.

    python -m benchmarks.fit_attention DATA --work FOLDER [--most N] [--dry]

One direction in the space of token states (index/attention.py), fitted by gradient descent together with weights for
the features of bot/weigh.py, so as to make the sentences that answer likely among the best candidates. On the
questions of benchmarks/fit_evidence.py's sets; every other transcript of theirs is held out, and so is the whole panel.
Run benchmarks/fit_evidence.py after it: the features that the direction changes need new weights.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from benchmarks.fit_evidence import PRIOR, SETS, Asking, found, of_panel, of_set, options, right
from bot.evidence import Evidence
from bot.wire import open_chatbot
from index.attention import FITTED, LIMIT
from index.late import parts

FILE = Path("index/attention.toml")
LATE = ("own", "inherited", "standing")  # made anew with the weights; the other features are taken as they are
REST = [name for name in PRIOR if name not in LATE]
FIRST = (20.0, 20.0, 1.0)  # the size of the three, as index/late.py has them
EPOCHS, BATCH, DROP = 5, 16, 0.1  # by the transcripts held out; 3 epochs and 12 are within a point
RATE, RATE_OF_WEIGHTS = 1e-3, 0.02


@dataclass(frozen=True, slots=True)
class Example:
    """A question's tokens [q, d], what each says of the candidates [3, q, n], their other features [n, f], and which
    answer [n].
    """

    set: str
    tokens: Tensor
    matched: Tensor
    rest: Tensor
    right: Tensor
    held_out: bool


def example(name: str, asked: Asking, *, held_out: bool) -> Example | None:
    """What there is to learn from a question; None where no candidate, or every one, answers it."""
    seen = found(asked.chatbot, asked.text, asked.transcript)
    kept, answers = right(seen, asked.spans)
    tokens = asked.chatbot.retriever.encoded(asked.text, asked.transcript.id).tokens
    if not answers.any() or answers.all() or tokens is None:
        return None
    rest = np.stack([seen.features[feature][kept] for feature in REST], 1)
    return Example(
        name,
        torch.tensor(tokens),
        torch.tensor(_matched(seen, kept)),
        torch.tensor(rest),
        torch.tensor(answers),
        held_out,
    )


def _matched(seen: Evidence, kept: np.ndarray) -> np.ndarray:
    """What each token says of the candidates [3, q, n]; of sentences that were not compared, the least."""
    low = seen.words.min(axis=1, keepdims=True)
    rows = np.flatnonzero((seen.words > low).any(axis=0))
    compared = np.stack(parts(seen.words[:, rows], rows, seen.turns, seen.handed_on))
    spread = np.repeat(compared.min(axis=2, keepdims=True), len(seen.sentences), 2)
    spread[:, :, rows] = compared
    return np.asarray(spread[:, :, kept], np.float32)


class Model(torch.nn.Module):
    """The direction, and weights for the features."""

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.direction = torch.nn.Parameter(torch.zeros(dimensions))
        self.late = torch.nn.Parameter(torch.tensor([PRIOR[name] for name in LATE]))
        self.rest = torch.nn.Parameter(torch.tensor([PRIOR[name] for name in REST]))
        self.drop = torch.nn.Dropout(DROP)

    def forward(self, seen: Example) -> Tensor:
        """The scores of the candidates [n]."""
        steep = torch.exp(
            torch.clamp(self.drop(seen.tokens) @ self.direction * float(FITTED), -float(LIMIT), float(LIMIT))
        )
        late = (self.late * torch.tensor(FIRST)) @ torch.einsum("q,kqn->kn", steep / steep.sum(), seen.matched)
        return late + seen.rest @ self.rest


def fit(examples: Sequence[Example]) -> Model:
    """Stochastic gradient descent with a falling rate, the sets' shares evened by the square root of their sizes."""
    torch.manual_seed(0)
    shuffled, sizes = list(examples), Counter(e.set for e in examples)
    share = {name: (len(examples) / len(sizes) / size) ** 0.5 for name, size in sizes.items()}
    model = Model(examples[0].tokens.shape[1])
    groups = [{"params": [model.direction], "lr": RATE}, {"params": [model.late, model.rest], "lr": RATE_OF_WEIGHTS}]
    descent = torch.optim.Adam(groups)
    falling = torch.optim.lr_scheduler.LambdaLR(descent, lambda epoch: 1 - 0.9 * epoch / EPOCHS)
    for epoch in range(EPOCHS):
        random.Random(epoch).shuffle(shuffled)
        for at in range(0, len(shuffled), BATCH):
            descent.zero_grad()
            batch = shuffled[at : at + BATCH]
            loss = torch.stack([share[e.set] * _surprise(model(e), e.right) for e in batch]).sum() / BATCH
            loss.backward()
            descent.step()
        falling.step()
    return model.eval()


def _surprise(scores: Tensor, answers: Tensor) -> Tensor:
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[answers], 0)


def show(model: Model, examples: Sequence[Example]) -> None:
    """Right at rank 1, among three, and mean reciprocal rank, by set."""
    with torch.no_grad():
        for name, held_out in sorted({(e.set, e.held_out) for e in examples}):
            mine = [e for e in examples if (e.set, e.held_out) == (name, held_out)]
            ranked = [e.right[torch.argsort(model(e), descending=True, stable=True)] for e in mine]
            place = np.array([1 + int(torch.nonzero(answers)[0]) for answers in ranked])
            label = f"{name}{' (held out)' if held_out else ''}"
            print(
                f"  {label:28} n {len(mine):4}  @1 {np.mean(place == 1):.3f}  @3 {np.mean(place <= 3):.3f}  mrr {np.mean(1 / place):.3f}"
            )


def examples(data: Path, work: Path, most: int) -> Iterator[Example]:
    """All that is asked, of every set and of the panel."""
    for asked in of_panel():
        if made := example("panel", asked, held_out=True):
            yield made
    for name in SETS:
        for asked in of_set(data / name, work, most):
            if made := example(name, asked, held_out=asked.held_out):
                yield made


def main() -> None:
    """Fit, print, write."""
    chosen = options(__doc__, most=2500)
    asked = list(examples(chosen.data, chosen.work, chosen.most))
    model = fit([e for e in asked if not e.held_out])
    show(model, asked)
    if not chosen.dry:
        direction = model.direction.detach().numpy()
        lines = [", ".join(f"{value:.3f}" for value in row) for row in direction.reshape(-1, 16)]
        head = f'# Fitted by benchmarks/fit_attention.py on {", ".join(SETS)}\nencoder = "{open_chatbot().retriever.encoder.fingerprint}"\n'
        FILE.write_text(head + "direction = [\n" + "".join(f"    {line},\n" for line in lines) + "]\n", "utf-8")


if __name__ == "__main__":
    main()
