"""A segment: one transcript made searchable, as files of bytes that depend on nothing but it and the encoder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import dense
from .asked import handed_on
from .event import EventCard
from .maxsim import TokenStates
from .passage import context, index_text, passages, unmasked
from .reach import reach
from .script import is_traditional
from .sentence import sentences
from .sparse import CJK_CHARACTER, Postings
from .types import (
    Anchor,
    Edit,
    Floats,
    Hole,
    HoleKind,
    Note,
    Origin,
    Passage,
    Past,
    Sentence,
    Transcript,
    Turn,
    TurnKind,
)

TRANSCRIPT = "transcript.json"
_CHINESE = 0.1  # share of CJK characters that parts Chinese transcripts from others
MAPPED = "token-codes"  # the one large file: it stays on disk
_POSTINGS = tuple(field.name for field in fields(Postings))
SEGMENT_SCHEMA = 3  # part of a segment's key: raise it when what is stored for the same texts changes
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A transcript cut up and ready to encode: a text a passage, and a text a sentence with its turn."""

    transcript: Transcript
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    turns: tuple[int, ...]
    sentence_texts: tuple[str, ...]

    def key(self, fingerprint: str) -> str:
        """A hash of all that the segment will depend on: what is encoded, by what, and what is shown."""
        parts = (SEGMENT_SCHEMA, fingerprint, _rows(self), self.texts, self.sentence_texts, reach(self.transcript))
        return hashlib.sha256(_json(parts)).hexdigest()


@dataclass(frozen=True, slots=True)
class Segment:
    """A transcript with everything a search of it needs.

    Of the passages [p]: ``vectors`` float32 [p, d], ``weights`` how much each says (index/passage.py), ``asks`` and
    ``answers`` which only ask, and which answer on stage, ``postings``. Of the sentences [s]: ``turns`` the turn and
    ``starts`` the first character of each, ``handed_on`` whether it puts a question to the next speaker,
    ``sentence_vectors`` float16 [s, d], ``sentence_postings``. Of the text:
    ``reach`` the weight up to which a hit is widened, ``cjk`` the share of Chinese characters, whether it is ``traditional``.
    """

    transcript: Transcript
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    turns: NDArray[np.int32]
    starts: NDArray[np.int64]
    vectors: Floats
    weights: Floats
    asks: NDArray[np.bool_]
    answers: NDArray[np.bool_]
    handed_on: NDArray[np.bool_]
    reach: float
    cjk: float
    traditional: bool
    sentence_vectors: NDArray[np.float16]
    postings: Postings
    sentence_postings: Postings
    tokens: TokenStates
    """Of the passages, and behind them of the sentences."""

    @property
    def is_chinese(self) -> bool:
        """Whether its speakers speak Chinese, whatever Latin names they say."""
        return self.cjk > _CHINESE

    def is_foreign_to(self, question: str) -> bool:
        """Whether a question is in another script than the transcript: only names are written the same in both."""
        return self.is_chinese != bool(CJK_CHARACTER.search(question))


def draft(transcript: Transcript, card: EventCard) -> Draft:
    """Cut a transcript into passages and sentences, each with the text to embed and index in its place."""
    cut = passages(transcript)
    spoken = [
        (sentence, n)
        for n, turn in enumerate(transcript.turns)
        for sentence in sentences(transcript.text, turn.body, turn.end)
    ]
    before = {n: context(transcript, n, card) for n in {n for _, n in spoken}}
    return Draft(
        transcript=transcript,
        passages=cut,
        texts=tuple(index_text(transcript, passage, card) for passage in cut),
        sentences=tuple(sentence for sentence, _ in spoken),
        turns=tuple(n for _, n in spoken),
        sentence_texts=tuple(before[n] + unmasked(transcript.text[s.start : s.end], card) for s, n in spoken),
    )


def read(folder: Path) -> Segment:
    """A segment from its folder; the token states stay on disk and are mapped."""

    def array(name: str) -> NDArray[np.generic]:
        path = folder / f"{name}.npy"
        found: NDArray[np.generic] = np.load(path, mmap_mode="r" if name == MAPPED else None, allow_pickle=False)
        return found

    def postings(name: str) -> Postings:
        return Postings(**{part: array(f"{name}-{part}") for part in _POSTINGS})  # type: ignore[arg-type]

    transcript, cut, spoken, turns = _loaded((folder / TRANSCRIPT).read_bytes())
    return Segment(
        transcript=transcript,
        passages=cut,
        sentences=spoken,
        turns=turns,
        starts=np.array([sentence.start for sentence in spoken], np.int64),
        vectors=dense.load((folder / "vectors.faiss").read_bytes()),
        weights=array("weights").view(np.float32),
        asks=_of_kind(transcript, cut, TurnKind.QUESTION),
        answers=_of_kind(transcript, cut, TurnKind.ANSWER),
        handed_on=handed_on(transcript, spoken, turns),
        reach=float(array("measures")[0]),
        cjk=float(array("measures")[1]),
        traditional=is_traditional(transcript.text),
        sentence_vectors=array("sentence-vectors").view(np.float16),
        postings=postings("passage"),
        sentence_postings=postings("sentence"),
        tokens=TokenStates(
            codes=np.asarray(array(MAPPED)).view(
                np.int8
            ),  # still mapped; slices of a memmap object take thrice as long
            scales=array("token-scales").view(np.float16),
            starts=array("token-starts").view(np.int64),
        ),
    )


def transcript_json(draft: Draft) -> bytes:
    """The transcript file of a segment."""
    return _json(_rows(draft))


def read_transcript(folder: Path) -> Transcript:
    """Only the transcript of a segment."""
    return _loaded((folder / TRANSCRIPT).read_bytes())[0]


def _of_kind(transcript: Transcript, passages: Sequence[Passage], kind: TurnKind) -> NDArray[np.bool_]:
    kinds = [turn.kind is kind for turn in transcript.turns]
    return np.array([all(kinds[p.first : p.last + 1]) for p in passages], bool)


def cjk(text: str) -> float:
    """The share of CJK characters of a text."""
    return len(CJK_CHARACTER.findall(text)) / max(len(text), 1)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _rows(draft: Draft) -> dict[str, object]:
    """The transcript as JSON, its parts as rows of their fields in order."""
    t = draft.transcript
    return {
        "id": t.id,
        "event": t.event,
        "text": t.text,
        "revision": t.revision,
        "turns": list(map(astuple, t.turns)),
        "holes": list(map(astuple, t.holes)),
        "anchors": list(map(astuple, t.anchors)),
        "origins": list(map(astuple, t.origins)),
        "passages": list(map(astuple, draft.passages)),
        "sentences": [(s.start, s.end, n) for s, n in zip(draft.sentences, draft.turns, strict=True)],
        **{name: list(map(astuple, rows)) for name, rows in _organisers(t) if rows},
        **({"reassigned": t.reassigned} if t.reassigned else {}),
    }


def _organisers(t: Transcript) -> Iterator[tuple[str, Sequence[Note | Edit | Past]]]:
    """What the organiser says of places; most transcripts have nothing of it, and their keys stay what they were."""
    yield "notes", t.notes
    yield "edits", t.edits
    yield "past", t.past


def _loaded(stored: bytes) -> tuple[Transcript, tuple[Passage, ...], tuple[Sentence, ...], NDArray[np.int32]]:
    rows = json.loads(stored)
    transcript = Transcript(
        id=rows["id"],
        event=rows["event"],
        text=rows["text"],
        revision=rows["revision"],
        turns=tuple(Turn(a, b, c, TurnKind(kind), *span) for a, b, c, kind, *span in rows["turns"]),
        holes=tuple(Hole(offset, HoleKind(kind)) for offset, kind in rows["holes"]),
        anchors=tuple(Anchor(*row) for row in rows["anchors"]),
        origins=tuple(Origin(*row) for row in rows["origins"]),
        notes=tuple(Note(*row) for row in rows.get("notes", ())),
        edits=tuple(Edit(*row) for row in rows.get("edits", ())),
        reassigned=tuple(rows.get("reassigned", ())),
        past=tuple(Past(of, tuple(Edit(*row) for row in edits)) for of, edits in rows.get("past", ())),
    )
    return (
        transcript,
        tuple(Passage(*row) for *head, who in rows["passages"] for row in [(*head, tuple(who))]),
        tuple(Sentence(start, end) for start, end, _ in rows["sentences"]),
        np.array([turn for _, _, turn in rows["sentences"]], np.int32),
    )
