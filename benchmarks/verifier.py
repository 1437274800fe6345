"""What the verifier catches and what it wrongly drops, on claims labelled by hand.

``claims.yaml`` is about the panel, every kind of error; ``roles.yaml``, about the panel and two talks of our own, has who
did what to whom, how sure, how many, and not. Within each kind claims alternate between a half that may be tuned on and a
half set aside; both are printed.

usage: python -m benchmarks.verifier [--tune]     --tune shows the half that may be tuned on and nothing of the other
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.chatbot import Chatbot
from bot.stage import Stage
from bot.wire import open_chatbot
from bot.written.verify import Verdict, Verifier
from index.build import build
from index.source import find_events
from index.store import open_index
from index.types import Encoder

CLAIMS, ROLES = Path(__file__).parent / "claims.yaml", Path(__file__).parent / "roles.yaml"
INVENTED = ("number", "year", "name", "speaker", "quote")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with what it cites; ``planted`` where it is false; ``talk`` is empty for the panel."""

    kind: str
    lang: str
    text: str
    cites: tuple[str, ...]
    planted: bool
    aside: bool
    talk: str = ""


def claims(path: Path = CLAIMS) -> tuple[Labelled, ...]:
    """Every labelled claim, the two halves alternating within each kind."""
    found = yaml.safe_load(path.read_text("utf-8"))
    return tuple(
        Labelled(
            kind, row.get("lang", kind), row["claim"], tuple(row["cites"]), planted, bool(n % 2), row.get("talk", "")
        )
        for planted, kinds in ((True, found["planted"]), (False, found[True]))  # YAML 1.1 reads "true" as itself
        for kind, rows in kinds.items()
        for n, row in enumerate(rows)
    )


def verifier(chatbot: Chatbot, event: str = "a-plan-01") -> Verifier:
    """The verifier of an event, by default the packaged one."""
    entry = chatbot.index.event(event)
    segment = chatbot.index.segment(entry.transcripts[0])
    return Verifier(Stage(entry.card, segment, "zh"), chatbot.retriever.encoder)


def talks(folder: Path, encoder: Encoder) -> dict[str, Verifier]:
    """The verifiers of the talks that ``roles.yaml`` brings along, indexed in a folder."""
    found = yaml.safe_load(ROLES.read_text("utf-8"))["talks"]
    for name, talk in found.items():
        home = folder / name
        home.mkdir()
        (home / "event.toml").write_text(talk["card"], "utf-8")
        (home / f"{name}.txt").write_text(talk["text"], "utf-8")
    build(folder / "index", find_events([folder / name for name in found]), encoder)
    index = open_index(folder / "index", encoder)
    stages = {
        name: Stage(index.event(name).card, index.segment(index.event(name).transcripts[0]), "zh") for name in found
    }
    return {name: Verifier(stage, encoder) for name, stage in stages.items()}


def judge(checks: Verifier, claim: Labelled) -> Verdict:
    """The verdict on a claim."""
    text, spans = checks.stage.transcript.text, checks.stage.segment.sentences
    cited = [(text.index(words), text.index(words) + len(words)) for words in claim.cites]
    return checks.verify(
        claim.text, [n for n, s in enumerate(spans) if any(s.start < end and start < s.end for start, end in cited)]
    )


def main() -> None:
    bot = open_chatbot()
    with tempfile.TemporaryDirectory() as folder:
        of = {"": verifier(bot)} | talks(Path(folder), bot.retriever.encoder)
        for path in (CLAIMS, ROLES):
            for aside in (False,) if "--tune" in sys.argv else (False, True):
                print(f"\n== {path.stem}, {'set aside' if aside else 'tuned on'}")
                report([(claim, judge(of[claim.talk], claim)) for claim in claims(path) if claim.aside is aside])


def report(rows: Sequence[tuple[Labelled, Verdict]]) -> None:
    for kind in dict.fromkeys(claim.kind for claim, _ in rows):
        mine = [(c, v) for c, v in rows if c.kind == kind]
        stopped = sum(v.status != "supported" for _, v in mine)
        word = "caught" if mine[0][0].planted else "true, wrongly dropped"
        print(f"{kind:12} {word} {stopped}/{len(mine)} = {stopped / len(mine):.3f}")
    hard = [v for c, v in rows if c.kind in INVENTED and c.planted]
    true = [v for c, v in rows if not c.planted]
    if hard:
        print(f"invented: {sum(v.status != 'supported' for v in hard) / len(hard):.3f} of {len(hard)} caught")
    print(f"true: {sum(v.status != 'supported' for v in true) / len(true):.3f} of {len(true)} dropped")
    for claim, verdict in rows:
        if claim.planted == (verdict.status == "supported"):
            why = ", ".join(f"{f.kind}:{f.what}" for f in verdict.faults)
            told = "PASSES" if claim.planted else "DROPPED"
            print(f"  {told} {claim.kind}: {claim.text} {verdict.coverage:.2f} {why}")


if __name__ == "__main__":
    main()
