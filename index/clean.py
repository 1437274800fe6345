"""Text as the encoder may see it: bounded, normalised, without characters that carry no words."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 8192  # the model reads 512 tokens and no piece of its vocabulary is longer than 16 characters

# As SentencePiece's nmt_nfkc, which the model was trained with: these become a space ...
_SPACES = re.compile("[\\s\u2581\u200b-\u200f\u2028\u2029\ufeff\ufffd]+")
# ... and these vanish. Beyond nmt_nfkc: lone surrogates, which UTF-8 cannot write, and bidi and invisible controls.
_NOTHING = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2060-\u2069\ud800-\udfff\U000e0000-\U000e007f]+"
)


def clean(text: str) -> str:
    """Normalise a text for encoding; at most MAX_CHARACTERS remain, possibly none."""
    short = _squeeze(text)[:MAX_CHARACTERS]
    # NFKC can make a character eighteen (U+FDFA), hence the second cut; it also makes spaces (U+3000, U+00A8).
    return _squeeze(unicodedata.normalize("NFKC", short))[:MAX_CHARACTERS].strip()


def _squeeze(text: str) -> str:
    return _SPACES.sub(" ", _NOTHING.sub("", text)).strip()
