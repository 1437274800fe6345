"""Whatever is corrected and hidden where: every other character stays itself, and every offset leads to it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from index.event import EventCard
from index.revise import moved, revised
from index.segment import draft
from index.sentence import MASK
from index.source import read_transcript

UNIQUE = "".join(chr(0x4E00 + n) for n in range(60))  # every quote of it stands there once
TEXT = "".join(f"{'Ann' if n % 2 else 'Bob'}: {UNIQUE[10 * n : 10 * n + 10]}。\n" for n in range(6))


@st.composite
def cards(draw: st.DrawFn) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]]:
    """Corrections within lines that do not overlap, and hidden spans anywhere among the characters."""
    corrections = []
    for line in draw(st.lists(st.integers(0, 5), unique=True)):
        start = draw(st.integers(0, 9))
        end = draw(st.integers(start + 1, 10))
        new = draw(st.text("αβγδ", min_size=1, max_size=12))
        corrections.append((10 * line + start, 10 * line + end, new))
    hidden = draw(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(1, 10)), max_size=3))
    return corrections, [(10 * line + a, 10 * line + min(a + size, 10)) for line, a, size in hidden]


@settings(max_examples=200, deadline=None)
@given(cards())
def test_every_other_character_stays_and_every_offset_leads_to_it(made) -> None:  # type: ignore[no-untyped-def]
    corrections, hidden = made
    card = EventCard.model_validate({
        "title": "x",
        "corrections": [{"quote": UNIQUE[a:b], "text": new} for a, b, new in corrections],
        "hidden": [{"quote": UNIQUE[a:b]} for a, b in hidden],
    })  # fmt: skip
    plain = read_transcript(TEXT, id="x", event="x", card=None)
    (now,) = revised([plain], card, Path("event.toml"))
    changed = {c for a, b, _ in corrections for c in UNIQUE[a:b]}
    masked = {c for a, b in hidden for c in UNIQUE[a:b]}
    for offset, character in enumerate(TEXT):
        if character not in changed | masked:
            start, end = moved(now.edits, offset, offset + 1)
            assert now.text[start:end] == character
    assert not masked & set(now.text)
    assert len(now.text) == len(TEXT) + sum(len(new) - (b - a) for a, b, new in corrections)
    assert [now.text[t.start : t.body] for t in now.turns] == [TEXT[t.start : t.body] for t in plain.turns]
    for past in now.past:
        assert past.revision not in ("", now.revision)
    drafted = draft(now, card)
    assert not any(MASK in text or masked & set(text) for text in (*drafted.texts, *drafted.sentence_texts))
