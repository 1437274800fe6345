"""Many visitors at once: the API under load, beside the same questions answered in a bare loop.

``python -m benchmarks.load [--users 50 200] [--seconds 20]``; everything on this machine, over loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import yaml

from bot.types import Question
from bot.wire import open_chatbot

SUITE = Path(__file__).parent.parent / "eval" / "suites" / "a-plan-01.yaml"


@dataclass(frozen=True, slots=True)
class Load:
    """What so many users met; seconds, and answers a second; resident megabytes of the server at five moments."""

    users: int
    answers: int
    errors: int
    p50: float
    p95: float
    throughput: float
    share_of_loop: float
    memory_mb: tuple[float, ...]


def main() -> None:
    """Measure, and print one JSON line a load."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    questions = _questions()
    bare = _bare(questions, min(given.seconds / 2, 20))
    print(json.dumps({"loop": round(bare, 2)}), flush=True)
    with _server() as (url, process):
        for users in given.users:
            print(
                json.dumps(asdict(_loaded(url, process, questions, users=users, seconds=given.seconds, bare=bare))),
                flush=True,
            )


def _questions() -> list[str]:
    """Different questions, so that nothing is answered from a cache that visitors would not have."""
    cases = yaml.safe_load(SUITE.read_text("utf-8"))["cases"]
    return [text for case in cases for text in (case["question"], *case.get("paraphrases", ()))]


def _bare(questions: Sequence[str], seconds: float) -> float:
    """Answers a second of the chatbot in a loop."""
    chatbot = open_chatbot()
    chatbot.ask(Question("hello"))
    began, made = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        chatbot.ask(Question(questions[made % len(questions)]))
        made += 1
    return made / (time.perf_counter() - began)


@contextmanager
def _server() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with tempfile.TemporaryDirectory() as state:
        settings = {
            "STATE": state,
            "CHAT": "false",
            "PORT": "7993",
            "QUESTION_LIMIT": "1000000/minute",
            "CONCURRENT": "1000",
        }
        variables = os.environ | {f"ROUNDTABLE_{name}": value for name, value in settings.items()}
        command = [sys.executable, "-c", "from index.cli import main; main()", "serve"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=variables)
        try:
            for line in process.stdout or ():
                if "Roundtable is at" in line:
                    break
            yield "http://127.0.0.1:7993", process
        finally:
            process.terminate()
            process.wait(30)
            if process.stdout:
                process.stdout.close()


def _loaded(
    url: str, process: subprocess.Popen[str], questions: Sequence[str], *, users: int, seconds: float, bare: float
) -> Load:
    memory = [_memory(process.pid)]
    sampler = threading.Thread(target=_sample, args=(process.pid, seconds / 4, memory))
    sampler.start()
    took, errors, elapsed = asyncio.run(_visit(url, questions, users, seconds))
    sampler.join()
    ordered = sorted(took)
    return Load(
        users=users,
        answers=len(took),
        errors=errors,
        p50=round(statistics.median(ordered), 3),
        p95=round(ordered[int(0.95 * (len(ordered) - 1))], 3),
        throughput=round(len(took) / elapsed, 2),
        share_of_loop=round(len(took) / elapsed / bare, 2),
        memory_mb=tuple(memory),
    )


async def _visit(url: str, questions: Sequence[str], users: int, seconds: float) -> tuple[list[float], int, float]:
    took: list[float] = []
    errors = 0
    began = time.perf_counter()

    async def visitor(number: int, client: httpx.AsyncClient) -> None:
        nonlocal errors
        at = number
        while time.perf_counter() - began < seconds:
            asked = time.perf_counter()
            try:
                response = await client.post("/api/v1/ask", json={"question": questions[at % len(questions)]})
                ok = response.status_code == 200
            except httpx.HTTPError:
                ok = False
            if ok:
                took.append(time.perf_counter() - asked)
            else:
                errors += 1
            at += users

    limits = httpx.Limits(max_connections=users)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits) as client:
        await asyncio.gather(*(visitor(number, client) for number in range(users)))
    return took, errors, time.perf_counter() - began


def _sample(pid: int, every: float, memory: list[float]) -> None:
    for _ in range(4):
        time.sleep(every)
        memory.append(_memory(pid))


def _memory(pid: int) -> float:
    """Resident megabytes of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


if __name__ == "__main__":
    main()
