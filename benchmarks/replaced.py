"""Whether a claim that puts what memory knows in the place of what the passage says gets past the verifier.

usage: python -m benchmarks.replaced FOLDER     a folder with transcripts/*.txt and questions.jsonl whose lines have transcript,
answer and true_answer (RGB's counterfactual set, https://github.com/chen700564/RGB, research only, not part of this repository)

Of each question the first sentence that holds the answer is one true claim (as it stands) and one planted one (the answer
replaced by memory's), both citing that sentence: the hardest case, as all else is word for word.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bot.stage import Stage
from bot.written.verify import Verifier
from index.build import build
from index.embed import load_encoder
from index.event import Event, EventCard
from index.source import read_transcript
from index.store import open_index


def main(folder: Path) -> None:
    encoder = load_encoder()
    events = [
        Event(
            path.stem,
            EventCard(title=path.stem),
            (read_transcript(path.read_text("utf-8"), id=path.stem, event=path.stem, card=None),),
            carded=False,
        )
        for path in sorted((folder / "transcripts").glob("*.txt"))
    ]
    asked, caught, dropped = Counter[str](), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as directory:
        build(Path(directory) / "index", events, encoder)
        index = open_index(Path(directory) / "index", encoder)
        for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            segment, answer, lang = index.segment(row["transcript"]), row["answer"], row["lang"]
            checks = Verifier(Stage(EventCard(title="-"), segment, lang), encoder)
            words = [segment.transcript.text[s.start : s.end] for s in segment.sentences]
            held = [n for n, said in enumerate(words) if answer in said]
            if not held:
                continue
            said, planted = words[held[0]], words[held[0]].replace(answer, row["true_answer"][0])
            asked[lang] += 1
            dropped[lang] += checks.verify(said, held[:1]).status != "supported"
            stopped = checks.verify(planted, held[:1]).status != "supported"
            caught[lang] += stopped
            if not stopped:
                print(f"  PASSES {lang}: {answer} -> {row['true_answer'][0]}")
    for lang, n in asked.items():
        print(
            f"{lang}: memory's value caught {caught[lang]}/{n}, the passage's own sentence dropped {dropped[lang]}/{n}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
