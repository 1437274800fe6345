"""What the verifier catches and what it wrongly drops, on claims about the panel labelled by hand (``claims.yaml``).

Within each kind claims alternate between a half that may be tuned on and a half set aside; both are printed.

usage: python -m benchmarks.verifier [--tune]     --tune shows the half that may be tuned on and nothing of the other
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.chatbot import Chatbot
from bot.stage import Stage
from bot.verify import Verdict, Verifier
from bot.wire import open_chatbot

CLAIMS = Path(__file__).parent / "claims.yaml"
INVENTED = ("number", "year", "name", "speaker", "quote")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with what it cites; ``planted`` where it is false."""

    kind: str
    lang: str
    text: str
    cites: tuple[str, ...]
    planted: bool
    aside: bool


def claims() -> tuple[Labelled, ...]:
    """Every labelled claim, the two halves alternating within each kind."""
    found = yaml.safe_load(CLAIMS.read_text("utf-8"))
    return tuple(
        Labelled(kind, row.get("lang", kind), row["claim"], tuple(row["cites"]), side == "planted", bool(n % 2))
        for side, kinds in found.items()
        for kind, rows in kinds.items()
        for n, row in enumerate(rows)
    )


def verifier(chatbot: Chatbot, event: str = "a-plan-01") -> Verifier:
    """The verifier of the packaged event."""
    entry = chatbot.index.event(event)
    segment = chatbot.index.segment(entry.transcripts[0])
    return Verifier(Stage(entry.card, segment, "zh"), chatbot.retriever.encoder)


def judge(checks: Verifier, claim: Labelled) -> Verdict:
    """The verdict on a claim."""
    text, spans = checks.stage.transcript.text, checks.stage.segment.sentences
    cited = [(text.index(words), text.index(words) + len(words)) for words in claim.cites]
    return checks.verify(
        claim.text, [n for n, s in enumerate(spans) if any(s.start < end and start < s.end for start, end in cited)]
    )


def main() -> None:
    checks = verifier(open_chatbot())
    halves = (False,) if "--tune" in sys.argv else (False, True)
    for aside in halves:
        print(f"\n== {'set aside' if aside else 'tuned on'}")
        rows = [(claim, judge(checks, claim)) for claim in claims() if claim.aside is aside]
        for kind in dict.fromkeys(claim.kind for claim, _ in rows):
            mine = [(c, v) for c, v in rows if c.kind == kind]
            stopped = sum(v.status != "supported" for _, v in mine)
            word = "caught" if mine[0][0].planted else "true, wrongly dropped"
            print(f"{kind:12} {word} {stopped}/{len(mine)} = {stopped / len(mine):.3f}")
        hard = [v for c, v in rows if c.kind in INVENTED and c.planted]
        true = [v for c, v in rows if not c.planted]
        print(f"invented: {sum(v.status != 'supported' for v in hard) / len(hard):.3f} of {len(hard)} caught")
        print(f"true: {sum(v.status != 'supported' for v in true) / len(true):.3f} of {len(true)} dropped")
        for claim, verdict in rows:
            if claim.planted == (verdict.status == "supported"):
                why = ", ".join(f"{f.kind}:{f.what}" for f in verdict.faults)
                print(
                    f"  {'PASSES' if claim.planted else 'DROPPED'} {claim.kind}: {claim.text} {verdict.coverage:.2f} {why}"
                )


if __name__ == "__main__":
    main()
