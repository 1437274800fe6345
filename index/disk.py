"""Writing an index folder so that whatever happens on the way, readers see the old index or the new one."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .errors import IndexUnwritable
from .store import MANIFEST, SEGMENTS, Manifest, dump_manifest

LOCK = ".lock"
_TEMPORARY = ".building-"


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Turn what a disk refuses into a sentence with advice."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            advice = "free some space and build again"
        else:
            advice = "choose another folder with --index"
        raise IndexUnwritable(
            f"cannot write the index {directory} ({reason}); {advice}. What was there before is unchanged"
        ) from error


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """One builder at a time; the lock goes with the process that holds it, even when it is killed."""
    from filelock import FileLock

    with FileLock(directory / LOCK):
        yield


def sweep(directory: Path) -> None:
    """Remove what a builder that was killed left behind."""
    for left in (*directory.glob(f"{_TEMPORARY}*"), *(directory / SEGMENTS).glob(f"{_TEMPORARY}*")):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def place(parent: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write a segment beside the others and give it its name once it is whole and on the disk."""
    beside = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=parent))
    try:
        for file, held in files.items():
            _write(beside / file, held)
        _sync(beside)
        beside.chmod(0o755)  # mkdtemp makes it private; an index may be served by another user
        if (parent / name).exists():  # damaged, or left by a build that never committed
            shutil.rmtree(parent / name)
        beside.rename(parent / name)
        _sync(parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def commit(directory: Path, manifest: Manifest) -> None:
    """Make this the index: one rename."""
    replace_file(directory / MANIFEST, dump_manifest(manifest))


def replace_file(path: Path, held: bytes) -> None:
    """Write a file beside the one it takes the place of."""
    beside = path.with_name(f"{_TEMPORARY}{path.name}")
    try:
        _write(beside, held)
        beside.replace(path)
        _sync(path.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _write(path: Path, held: bytes) -> None:
    with path.open("wb") as file:
        file.write(held)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is durable by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def prune(directory: Path, manifests: Sequence[Manifest | None]) -> None:
    """Remove segments that neither this build nor the one before names: a reader may still hold the one before. Of an
    event that hides words the one before goes as well: the words are in it.
    """
    named = {stored.segment for m in manifests if m for entry in m.events for stored in entry.stored}
    for folder in (directory / SEGMENTS).iterdir():
        if folder.name not in named:
            shutil.rmtree(folder)
