"""Notes, take-down and corrections: what an organiser says of places in a transcript."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import CardError
from index.event import Event
from index.revise import moved
from index.segment import draft
from index.sentence import MASK, sentences
from index.source import read_event
from index.types import Edit, HoleKind, Transcript, TurnKind

TALK = "Ann: We went public in 2021. Call me on 555-0199. Apples are red.\nBob: Boats sail. Yes.\nAnn: Yes. Docks are wide.\nBob: No.\n"
SPEAKERS = '[[speakers]]\nname = "Ann"\n[[speakers]]\nname = "Bob"\n'


def made(folder: Path, card: str = "", text: str = TALK, name: str = "fair") -> Event:
    event = folder / name
    event.mkdir(exist_ok=True, parents=True)
    (event / f"{name}.txt").write_text(text, "utf-8")
    (event / "event.toml").write_text(f'title = "Fair"\n{SPEAKERS}{card}', "utf-8")
    return read_event(event)


def read(folder: Path, card: str, text: str = TALK) -> Transcript:
    return made(folder, card, text).transcripts[0]


def test_hidden_words_are_masked_at_their_length_before_anything_is_made_of_them(tmp_path: Path) -> None:
    plain, masked = read(tmp_path, ""), read(tmp_path, '[[hidden]]\nquote = "Call me on 555-0199."')
    assert len(masked.text) == len(plain.text)
    assert masked.text == TALK.replace("Call me on 555-0199.", MASK * 20)
    assert masked.turns == plain.turns
    assert masked.revision != plain.revision
    assert masked.past == () == masked.edits


def test_a_hidden_sentence_is_no_sentence_and_no_neighbour_ends_in_it(tmp_path: Path) -> None:
    masked = read(tmp_path, '[[hidden]]\nquote = "Call me on 555-0199"')
    found = sentences(masked.text, masked.turns[0].body, masked.turns[0].end)
    assert [masked.text[s.start : s.end] for s in found] == ["We went public in 2021.", "Apples are red."]


def test_words_hidden_over_several_lines_keep_the_lines(tmp_path: Path) -> None:
    masked = read(tmp_path, '[[hidden]]\nquote = """red.\nBob: Boats"""')
    assert masked.text.count("\n") == TALK.count("\n")
    assert "Boats" not in masked.text
    assert [turn.speaker for turn in masked.turns] == ["Ann", "Bob", "Ann", "Bob"]


def test_nothing_that_is_hidden_is_embedded_or_indexed(tmp_path: Path) -> None:
    event = made(tmp_path, '[[hidden]]\nquote = "555-0199"')
    drafted = draft(event.transcripts[0], event.card)
    assert not any("555" in text or MASK in text for text in (*drafted.texts, *drafted.sentence_texts))


def test_the_card_of_an_event_does_not_repeat_what_it_says_of_places(tmp_path: Path) -> None:
    event = made(tmp_path, '[[hidden]]\nquote = "555-0199"\n[[notes]]\nquote = "Boats"\nnote = "Ships"')
    assert (event.card.hidden, event.card.notes, event.card.corrections) == ((), (), ())


def test_a_corrected_text_is_a_new_revision_with_a_map_from_the_old_one(tmp_path: Path) -> None:
    plain = read(tmp_path, "")
    fixed = read(tmp_path, '[[corrections]]\nquote = "Boats sail"\ntext = "Long boats sail"')
    at = TALK.index("Boats")
    assert fixed.text == TALK.replace("Boats sail", "Long boats sail")
    assert fixed.edits == (Edit(at, at + 10, at, at + 15),)
    assert [(past.revision, past.edits) for past in fixed.past] == [(plain.revision, fixed.edits)]
    for old, new in zip(plain.turns, fixed.turns, strict=True):
        assert (new.start, new.end) == moved(fixed.edits, old.start, old.end)
        assert fixed.text[new.start : new.body] == plain.text[old.start : old.body]
    yes = TALK.index("Yes. Docks")
    start, end = moved(fixed.edits, yes, yes + 4)
    assert fixed.text[start:end] == "Yes."


def test_every_earlier_revision_of_a_list_of_corrections_leads_to_the_last(tmp_path: Path) -> None:
    one = '[[corrections]]\nquote = "Docks are wide"\ntext = "The docks are very wide"\n'
    two = '[[corrections]]\nquote = "Apples"\ntext = "Big apples"\n'
    before, between, now = (read(tmp_path, card) for card in ("", one, one + two))
    assert [past.revision for past in now.past] == [before.revision, between.revision]
    for older, past in zip((before, between), now.past, strict=True):
        at = older.text.index("No.")
        assert now.text[slice(*moved(past.edits, at, at + 3))] == "No."
        at = older.text.index("Bob: Boats")
        assert now.text[slice(*moved(past.edits, at, at + 10))] == "Bob: Boats"


def test_a_correction_that_fills_a_lost_figure_leaves_no_hole(tmp_path: Path) -> None:
    text = "Ann: 我们在年1月上市。大家好。\nBob: 好。谢谢。\nAnn: 好。\nBob: 好。\n"
    assert [hole.kind for hole in read(tmp_path, "", text).holes] == [HoleKind.FIGURE]
    assert read(tmp_path, '[[corrections]]\nquote = "在年1月"\ntext = "在2020年1月"', text).holes == ()


def test_a_corrected_speaker_changes_whose_turn_it_is_and_no_text(tmp_path: Path) -> None:
    plain = read(tmp_path, "")
    fixed = read(tmp_path, '[[corrections]]\nquote = "Docks are wide"\nspeaker = "Bob"')
    assert fixed.text == plain.text
    assert [turn.speaker for turn in fixed.turns] == ["Ann", "Bob", "Bob", "Bob"]
    assert fixed.reassigned == (2,)
    assert [past.revision for past in fixed.past] == [plain.revision]
    assert fixed.turns[2].kind is TurnKind.TALK


def test_a_note_stands_beside_the_text_and_moves_with_a_correction(tmp_path: Path) -> None:
    card = '[[corrections]]\nquote = "Apples"\ntext = "Big apples"\n[[notes]]\nquote = "Boats sail."\nnote = "Both of them."'
    noted = read(tmp_path, card)
    (note,) = noted.notes
    assert (noted.text[note.start : note.end], note.text) == ("Boats sail.", "Both of them.")
    assert "Both" not in noted.text


def test_words_hidden_in_a_correction_take_all_of_it(tmp_path: Path) -> None:
    card = '[[corrections]]\nquote = "555-0199"\ntext = "555-0200"\n[[hidden]]\nquote = "0199"\nnear = "Call me on 555-0199"'
    masked = read(tmp_path, card)
    assert "0200" not in masked.text
    assert "0199" not in masked.text


@pytest.mark.parametrize(
    ("card", "says"),
    [
        ('[[notes]]\nquote = "Cats"\nnote = "x"', r"'Cats' is not in the text .*copy the words exactly"),
        ('[[hidden]]\nquote = "Yes."', r"'Yes.' stands 2 times .*make it longer, or add near"),
        ('[[hidden]]\nquote = "Yes."\nnear = "Cats"', r"'Cats', near the quote 'Yes.', stand nowhere"),
        ('[[corrections]]\nquote = "Boats"', r"'Boats' says nothing; add text = or speaker ="),
        ('[[corrections]]\nquote = "Bob: Boats"\ntext = "x"', r"correct a label with speaker ="),
        ('[[corrections]]\nquote = "sail. Yes.\\nAnn"\ntext = "x"', "spans lines"),
        (
            '[[corrections]]\nquote = "Boats sail"\ntext = "x"\n[[corrections]]\nquote = "sail. Yes"\ntext = "y"',
            "overlap; make them one",
        ),
        ('[[hidden]]\nqoute = "Yes."', "did you mean 'quote'"),
    ],
)
def test_an_anchor_that_does_not_hold_fails_and_says_what_to_do(tmp_path: Path, card: str, says: str) -> None:
    with pytest.raises(CardError, match=says) as error:
        read(tmp_path, card)
    assert "event.toml" in str(error.value)


def test_words_nearby_choose_between_places(tmp_path: Path) -> None:
    masked = read(tmp_path, '[[hidden]]\nquote = "Yes."\nnear = "Docks are wide."')
    assert masked.text == TALK.replace("Yes. Docks", f"{MASK * 4} Docks")


def test_a_quote_is_looked_for_in_every_transcript_of_an_event_or_in_the_one_named(tmp_path: Path) -> None:
    card = '[[hidden]]\nquote = "Docks are wide."\ntranscript = "fair"'
    made(tmp_path, card)
    (tmp_path / "fair" / "late.txt").write_text(TALK, "utf-8")
    fair, late = read_event(tmp_path / "fair").transcripts
    assert MASK in fair.text
    assert late.text == TALK
