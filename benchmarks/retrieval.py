"""Our retriever against LangChain's tutorial pipeline, with the same encoder, each question in its own transcript.

    python -m benchmarks.retrieval DATA [--sets vcsum-dev,qmsum-dev,meetingqa-dev] [--every N] [--model FOLDER] [--work FOLDER]

DATA holds sets as benchmarks/measures.py reads them. The peer is RecursiveCharacterTextSplitter (1000/200) and FAISS
cosine, top 10, over the sentence-transformers model that our encoder was converted from; without --model it is
converted again and kept for this run. ``--work`` keeps our indexes for the next one. ``unwidened`` is our own ranking before hits are widened.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.measures import NAMES, Span, Suite, interval, load, measure
from index.build import build
from index.embed import load_encoder
from index.encoder.cache import default_folder
from index.encoder.files import SOURCE
from index.retriever import Retriever
from index.source import read_event
from index.store import open_index
from index.types import Hit, Scope

SHOWN = 20  # hits a question


def ours(suite: Suite, folder: Path, work: Path) -> Iterator[tuple[list[Span], list[Span]]]:
    """For each question the spans of our hits, and of the passages before they are widened."""
    encoder = load_encoder()
    began = time.perf_counter()
    build(work, [read_event(folder / "transcripts" / f"{id}.txt") for id in suite.texts], encoder)
    print(f"{suite.name}: built in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    retriever = Retriever(open_index(work, encoder), encoder)
    for question in suite.questions:
        scope = Scope(transcript=question.transcript)
        yield (
            _spans(retriever.search(question.text, scope=scope, k=SHOWN)),
            _spans(retriever.passages(question.text, scope=scope, k=SHOWN)),
        )


def peer(suite: Suite, model_folder: Path) -> Iterator[list[Span]]:
    """For each question the spans of the peer's hits."""
    import faiss
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder), device="cpu")
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    built = {}
    for question in suite.questions:
        if question.transcript not in built:
            documents = splitter.create_documents([suite.texts[question.transcript]])
            vectors = model.encode_document([d.page_content for d in documents], normalize_embeddings=True)
            index = faiss.IndexFlatIP(vectors.shape[1])
            index.add(np.asarray(vectors, np.float32))
            spans = [(s := d.metadata["start_index"], s + len(d.page_content)) for d in documents]
            built = {question.transcript: (index, spans)}  # questions come transcript by transcript
        index, spans = built[question.transcript]
        vector = np.asarray(model.encode_query([question.text], normalize_embeddings=True), np.float32)
        yield [spans[n] for n in index.search(vector, 10)[1][0] if n >= 0]


def report(suite: Suite, rows: dict[str, NDArray[np.float64]]) -> None:
    """Print each ranking's means, and ours over the peer's with intervals."""
    print(f"\n{suite.name}: {len(suite.questions)} questions in {len(suite.texts)} transcripts")
    print(f"{'':12}" + "".join(f"{name:>20}" for name in NAMES))
    for who, values in rows.items():
        print(f"{who:12}" + "".join(f"{mean * 100:20.1f}" for mean in values.mean(axis=0)))
    for other in list(rows)[1:]:
        cells = []
        for n in range(len(NAMES)):
            low, high = interval(rows["ours"][:, n], rows[other][:, n])
            ratio = rows["ours"][:, n].mean() / max(rows[other][:, n].mean(), 1e-9)
            cells.append(f"{ratio:.2f} [{low:.2f} {high:.2f}]")
        print(f"/ {other:10}" + "".join(f"{cell:>20}" for cell in cells), flush=True)


def _spans(hits: tuple[Hit, ...]) -> list[Span]:
    return [(hit.passage.start, hit.passage.end) for hit in hits]


def main() -> None:
    """Run the sets."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--sets", default="vcsum-dev,qmsum-dev,meetingqa-dev")
    options.add_argument("--every", type=int, default=1, help="use every n-th transcript")
    options.add_argument("--model", type=Path, help="the sentence-transformers folder for the peer")
    options.add_argument("--work", type=Path, help="where our indexes are kept, and taken from")
    chosen = options.parse_args()
    model = chosen.model or default_folder(keep_source=True) / SOURCE
    for name in chosen.sets.split(","):
        suite = load(chosen.data / name, chosen.every)
        with nullcontext(chosen.work) if chosen.work else tempfile.TemporaryDirectory() as work:
            found = list(ours(suite, chosen.data / name, Path(work) / name))
        spans = {"ours": [a for a, _ in found], "unwidened": [b for _, b in found], "peer": list(peer(suite, model))}
        rows = {
            who: np.array(
                [measure(suite, question, hits) for question, hits in zip(suite.questions, held, strict=True)]
            )
            for who, held in spans.items()
        }
        report(suite, rows)


if __name__ == "__main__":
    main()
