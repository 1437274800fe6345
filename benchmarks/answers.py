"""What an answer costs, as ratios of the bare encoding of its question, in one run; and a cold ``roundtable ask``.

usage: python -m benchmarks.answers [SUITE.yaml]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import yaml

from bot.types import Exchange, Question
from bot.wire import open_chatbot
from index.types import Scope

SUITE = Path("eval/suites/a-plan-01.yaml")


def main() -> None:
    suite = Path(sys.argv[1]) if len(sys.argv) > 1 else SUITE
    cases = [c for c in yaml.safe_load(suite.read_text("utf-8"))["cases"] if c["split"] == "dev"]
    chatbot = open_chatbot()
    encoder = chatbot.retriever.encoder
    chatbot.ask(Question("这场讲了什么"))
    encode, ask = [], []
    for case in cases:
        past = tuple(Exchange(e["user"], e.get("assistant", "")) for e in case.get("history") or ())
        began = time.perf_counter()
        encoder.encode_query(case["question"] + " ")
        middle = time.perf_counter()
        chatbot.ask(Question(case["question"], past, Scope(event=suite.stem)))
        encode.append(middle - began)
        ask.append(time.perf_counter() - middle)
    fast, slow = statistics.median(encode), statistics.median(ask)
    print(
        f"query encoding p50 {1000 * fast:.1f} ms; ask p50 {1000 * slow:.1f} ms, p95 {1000 * sorted(ask)[int(0.95 * len(ask))]:.1f} ms; ratio {slow / fast:.2f}"
    )
    cold = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(["roundtable", "ask", "UCloud为什么保持中立"], check=True, stdout=subprocess.DEVNULL)
        cold.append(time.perf_counter() - began)
    print(f"cold `roundtable ask`: {statistics.median(cold):.2f} s")


if __name__ == "__main__":
    main()
