"""Passages: what they hold, and that nothing spoken is in none."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.event import EventCard
from index.passage import SLACK, TARGET, index_text, passages, weigh
from index.source import packaged_event, read_event, read_transcript
from index.types import Transcript, TurnKind

NOTHING = EventCard(title="nothing")


def read(text: str) -> Transcript:
    return read_transcript(text, id="t", event="t", card=None)


def test_short_turns_are_merged_and_a_long_one_is_cut_at_sentence_ends() -> None:
    short = "Ann: Yes.\nBob: No.\nAnn: Perhaps.\n"
    long = "Bob: " + "A sentence of the length that people use when they talk. " * 20
    whole, *parts = passages(read(short + long))
    assert (whole.id, whole.first, whole.last, whole.speakers) == ("t#t0-2", 0, 2, ("Ann", "Bob"))
    assert [p.id for p in parts] == [f"t#t3.{n}" for n in range(1, len(parts) + 1)]
    assert all((short + long)[p.end - 1] == "." for p in parts)


def test_the_panels_titles_and_bios_are_never_merged_with_talk_and_labels_are_in_none() -> None:
    event = read_event(packaged_event())
    talk = event.transcripts[0]
    for passage in passages(talk):
        kinds = {turn.kind for turn in talk.turns[passage.first : passage.last + 1]}
        assert len(kinds) == 1 or not kinds & {TurnKind.TITLE, TurnKind.BIO}
        assert talk.text[passage.start : passage.end].strip() not in ("01", "—", "分享人:", "季昕华:")


def test_the_indexed_copy_names_part_organisation_and_speaker_and_unmasks_names() -> None:
    event = read_event(packaged_event())
    talk = event.transcripts[0]
    texts = [index_text(talk, passage, event.card) for passage in passages(talk)]
    assert any(text.startswith("[黄东旭的分享] PingCAP 黄东旭: 听完老季的分享") for text in texts)
    assert not any("*东旭" in text for text in texts)


@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bob"]), st.text(min_size=1, max_size=900)), max_size=8))
def test_every_spoken_letter_is_in_exactly_one_passage(turns: list[tuple[str, str]]) -> None:
    transcript = read("".join(f"{who}: {' '.join(words.split())}\n" for who, words in turns))
    cut = passages(transcript)
    assert all(a.end <= b.start for a, b in pairwise(cut))
    inside = {n for p in cut for n in range(p.start, p.end)}
    spoken = (n for turn in transcript.turns if turn.kind is not TurnKind.TITLE for n in range(turn.body, turn.end))
    assert [n for n in spoken if transcript.text[n].isalpha() and n not in inside] == []


@given(st.text(alphabet="字ab 。.,\n", max_size=4000))
def test_no_passage_is_much_heavier_than_the_target(text: str) -> None:
    transcript = read(text)
    assert all(weigh(text[p.start : p.end]) <= 2 * SLACK * TARGET for p in passages(transcript))


def test_ids_are_unique_and_the_same_in_every_build() -> None:
    talk = read_event(packaged_event()).transcripts[0]
    ids = [passage.id for passage in passages(talk)]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in passages(talk)]
