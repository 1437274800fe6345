"""Where the converted default encoder lives between runs, and how it gets there whole or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs

from index.encoder import files
from index.errors import EncoderError

CACHE_VARIABLE = "ROUNDTABLE_CACHE"
FOLDER = f"multilingual-e5-small-int8-{files.FORMAT}"
ABANDONED_SECONDS = 3600  # a conversion takes half a minute; a temporary folder this old belongs to a killed one


def cache_root() -> Path:
    """The user's cache folder, or the one the environment names."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("roundtable", appauthor=False))


def default_folder(*, keep_source: bool = False, progress: Callable[[str, float], None] | None = None) -> Path:
    """The converted default encoder, made first if it is not there.

    ``keep_source`` keeps the sentence-transformers model it was made from, in a folder below, for benchmarks.
    """
    parent = cache_root() / "encoders"
    wanted = parent / FOLDER
    if (wanted / (files.SOURCE if keep_source else files.CARD)).exists():
        return wanted
    try:
        parent.mkdir(parents=True, exist_ok=True)
        sweep(parent)
        fresh = Path(tempfile.mkdtemp(prefix=".converting-", dir=parent))
    except OSError as error:
        raise EncoderError(
            f"the encoder cannot be converted into {str(parent)!r} ({error}); name a folder that can be written"
            f" with the environment variable {CACHE_VARIABLE}"
        ) from error
    try:
        _run(fresh, keep_source, progress or (lambda _stage, _done: None))
        _install(fresh, wanted, keep_source)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return wanted


def _run(fresh: Path, keep_source: bool, progress: Callable[[str, float], None]) -> None:
    """Convert in a process of its own: torch's memory goes back with it."""
    kept = ["--keep-source"] if keep_source else []
    command = [sys.executable, "-P", "-m", "index.encoder.convert", str(fresh), *kept]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as complaints,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, text=True, encoding="utf-8", env=_environment()
        ) as process,
    ):
        for line in process.stdout or ():
            done, _, stage = line.rstrip("\n").partition("\t")
            if stage:
                progress(stage, float(done))
        if process.wait():
            complaints.seek(0)
            raise EncoderError(_explain(process.returncode, complaints.read()))


def _environment() -> dict[str, str]:
    here = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    quiet = {
        "OMP_NUM_THREADS": "1",
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    }
    return os.environ | quiet | {"PYTHONPATH": os.pathsep.join(filter(None, here)), "PYTHONIOENCODING": "utf-8"}


def _explain(code: int, complaints: str) -> str:
    last = complaints.strip().splitlines()[-1:] or ["it was killed; it needs 2 GB of memory and 1 GB of disk"]
    if code == EncoderError.exit_code and "Traceback" not in complaints:
        return last[0]
    return f"converting the default encoder failed (exit code {code!r}): {last[0]}"


def _install(fresh: Path, wanted: Path, keep_source: bool) -> None:
    """Rename the finished folder into place; where one is there already, it stays and gains at most the source."""
    os.chmod(fresh, 0o755)  # noqa: S103 - a cache may be shared, or copied into a container for another user
    try:
        os.rename(fresh, wanted)
    except OSError as error:
        if not (wanted / files.CARD).exists():
            reason = f"the encoder cannot be put into {str(wanted)!r} ({error}); delete that folder"
            raise EncoderError(reason) from error
        if keep_source and not (wanted / files.SOURCE).exists():
            os.rename(fresh / files.SOURCE, wanted / files.SOURCE)
    if os.name == "posix":
        parent = os.open(wanted.parent, os.O_RDONLY)
        os.fsync(parent)
        os.close(parent)


def sweep(parent: Path) -> None:
    """Delete what killed conversions left, an hour after."""
    for left in parent.glob(".converting-*"):
        if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
