"""A llama.cpp server of a local model, for tests and measurements; for development only.

usage: python -m benchmarks.llama FILE.gguf CONTEXT THREADS     prints its address, serves until it is ended
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .local_model import model_file

STARTS = 120  # seconds; the 1.5B needs about 3 on a quiet machine
# Threads wait for each other at every layer by spinning: on two cores shared with other work, two gave 2 tokens a
# second where one gave 60 (SmolLM2; 2 and 14 for the 0.5B).
THREADS = 1


@contextmanager
def serving(name: str, *, context: int = 4096, threads: int = THREADS) -> Iterator[str]:
    """The address, up to ``/v1``, of a server of a named model, ended on the way out."""
    command = (sys.executable, "-m", "benchmarks.llama", str(model_file(name)), str(context))
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [*command, str(threads)],
            stdout=subprocess.PIPE, stderr=log, text=True, cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                process.wait(STARTS)
                log.seek(0)
                raise RuntimeError(f"the server of {name!r} did not start:\n{log.read()[-2000:]}")
            yield f"{address}/v1"
        finally:
            process.terminate()
            process.wait(30)
            if process.stdout:
                process.stdout.close()


def main(path: str, context: int, threads: int) -> None:
    """Serve one file, one visitor at a time."""
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = path
    wanted.port = 0
    wanted.n_ctx, wanted.n_parallel = context, 1
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = threads
    wanted.ui = wanted.warmup = wanted.endpoint_slots = False
    wanted.offline = True
    server = xllamacpp.Server(wanted)
    print(server.listening_address, flush=True)
    parent = os.getppid()
    while os.getppid() == parent:  # so that a test run that is killed leaves no server behind
        time.sleep(1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
