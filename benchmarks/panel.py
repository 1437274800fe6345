"""How well ``search`` finds what answers the panel suite's questions, by split; unanswerable cases, overviews and
follow-ups (which search alone cannot complete) left out. Questions are searched as visitors' are, with slips mended.

usage: python -m benchmarks.panel
"""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.spelling.slips import read
from bot.wire import open_chatbot
from index.types import Scope

SUITE = Path("eval/suites/a-plan-01.yaml")
SHOWN = 600  # characters a reader sees before scrolling


def main() -> None:
    chatbot = open_chatbot()
    transcript, card = chatbot.index.transcript("a-plan-01"), chatbot.index.event("a-plan-01").card
    text = transcript.text
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    cases = yaml.safe_load(SUITE.read_text("utf-8"))["cases"]
    for splits in (("dev", "cal"), ("test",)):
        one = five = shown = n = 0
        for case in cases:
            if case["split"] not in splits or case["answerable"] == "no" or not case.get("evidence"):
                continue
            if case["type"] in ("overview", "followup"):
                continue
            spans = []
            for wanted in case["evidence"]:
                at = [starts[e["line"] - 1] + lines[e["line"] - 1].index(e["quote"]) for e in wanted]
                spans.append([(a, a + len(e["quote"])) for a, e in zip(at, wanted, strict=True)])
            question = read(
                case["question"], [transcript], card, getattr(chatbot.retriever.encoder, "pieces", None)
            ).text
            hits = chatbot.retriever.search(question, scope=Scope(event="a-plan-01"), k=10)
            found = [any(h.passage.start < b and a < h.passage.end for w in spans for a, b in w) for h in hits]
            first: list[int] = []
            for hit in hits:
                first += range(hit.passage.start, hit.passage.end)
            visible = set(first[:SHOWN])
            shown += max(sum(len(visible & set(range(a, b))) for a, b in w) / sum(b - a for a, b in w) for w in spans)
            one, five, n = one + found[0], five + any(found[:5]), n + 1
        print(
            f"{'+'.join(splits)}: n {n}, hit@1 {one / n:.3f}, hit@5 {five / n:.3f}, gold in the first {SHOWN} characters {shown / n:.3f}"
        )


if __name__ == "__main__":
    main()
