"""Text into vectors: the one way to an encoder by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.types import Encoder

DEFAULT_ENCODER = "multilingual-e5-small"
Progress = Callable[[str, float], None]
"""Told the stage in words and how much is done, 0 to 1."""


def load_encoder(name: str | None = None, *, progress: Progress | None = None) -> Encoder:
    """Load the default encoder, converting it on first use, or any sentence-transformers model by hub name or folder.

    EncoderError where there is none of that name, or its files cannot be used.
    """
    if name is None or name == DEFAULT_ENCODER:
        from index.encoder.cache import default_folder
        from index.encoder.onnx_encoder import load_folder

        return load_folder(default_folder(progress=progress))
    if (Path(name) / "encoder.json").is_file():
        from index.encoder.onnx_encoder import load_folder

        return load_folder(Path(name))
    from index.encoder.torch_encoder import load_model

    return load_model(name)
