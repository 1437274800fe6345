"""What the verifier says of a claim and the sentences it cites, by their words."""

from __future__ import annotations

from benchmarks.verifier import Labelled, judge
from bot.written.verify import Verdict, Verifier


def verdict(checks: Verifier, claim: str, *cites: str) -> Verdict:
    return judge(checks, Labelled("", "", claim, cites, planted=False, aside=False))
