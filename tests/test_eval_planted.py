"""The gate against eight regressions planted in the real chatbot, over the packaged suite."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import planted
import pytest

from bot.chatbot import Chatbot
from eval.baseline import Baseline, Entry, Noise, new_baseline, with_noise
from eval.gate import Verdict, judge
from eval.load import Loaded, load, suite_path
from eval.lookup import finder
from eval.machine import this_machine
from eval.noise import fp32_of, rebuilt
from eval.run import Asked, Choice, run
from eval.subject import encoder_of
from index.retriever import Retriever

ROOT = Path(__file__).parent.parent
ANSWERED = ("fact", "list", "why_how", "definition", "who_said")
REFUSED = ("absent", "off_topic", "injection", "false_premise")
PLANTED = (*ANSWERED, *REFUSED, "english", "wrong_speaker", "overview")  # the types that the tests below ask


@pytest.fixture(scope="module")
def bot(chatbot: Chatbot) -> Chatbot:
    """The real chatbot, which nothing here changes: what is planted is built beside it."""
    return chatbot


@pytest.fixture(scope="module")
def suite() -> Loaded:
    """The packaged suite's cases of these types, without paraphrases and locks: what is planted must be seen by what it
    changes.
    """
    loaded = load(suite_path("a-plan-01"), finder(None))
    plain = {"paraphrases": (), "locked": False}
    cases = tuple(
        replace(case, entry=case.entry.model_copy(update=plain))
        for case in loaded.suite.cases
        if case.entry.type in PLANTED
    )
    return replace(loaded, suite=replace(loaded.suite, cases=cases))


@pytest.fixture(scope="module")
def baseline(bot: Chatbot, suite: Loaded) -> Baseline:
    entry = Entry(date="2026-11-23", reason="as it is", passed=0, cases=0)
    return new_baseline(run(suite, bot), encoder_of(bot), this_machine(), entry=entry, old=None)


@pytest.fixture
def verdict(bot, suite, baseline):
    """What the gate says of a changed chatbot, on cases of some types."""

    def judged(changed: Asked, *types: str) -> Verdict:
        now = run(suite, changed, choice=Choice(types=frozenset(types)))
        encoder = encoder_of(changed if isinstance(changed, Chatbot) else bot)
        return judge(now, baseline, this_machine(), encoder)

    return judged


def lost(verdict: Verdict) -> dict[str, str]:
    return {flip.result.case.id: flip.result.case.entry.type for flip in verdict.counted(lost=True)}


def test_nothing_changed_is_green_without_a_flip(bot, verdict):
    found = verdict(bot, *ANSWERED, *REFUSED)
    assert (found.red, found.flips) == ((), ())


def test_the_same_parts_put_together_anew_are_green_without_a_flip(bot, verdict, tmp_path):
    again = rebuilt(bot.index, bot.retriever.encoder, tmp_path / "index")
    found = verdict(Chatbot(Retriever(again.index, bot.retriever.encoder)), *ANSWERED)
    assert (found.red, found.flips) == ((), ())


def test_worse_chunking_loses_answers(bot, verdict, tmp_path):
    """Cut every 3,000 characters: 25 lost, 7 won of 386, 10 and 1 of the 95 of the types in ANSWERED. Every 60 (12 lost, 5
    won) or every 1,000 (15, 6) costs those 95 no more than 4, since answers are chosen sentence by sentence.
    """
    found = verdict(planted.chunked(bot, tmp_path / "segment", 3000), *ANSWERED, "english")
    assert not found.ok
    assert len(lost(found)) > len(found.counted(lost=False))


def test_an_english_tokeniser_on_chinese_turns_the_gate_red(tmp_path):
    """Planted in a copy of the source, since index and answers read words with the same one function.

    In the postings alone it costs nothing (8 lost, 8 won of 325): the other legs make up for BM25. Compared with what
    the same copy answered before, as the committed baseline may be older than the answers.
    """
    for package in ("index", "bot", "eval", "prompts"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    chosen = [word for type_ in (*ANSWERED, "english") for word in ("--only", type_)]
    run_copy(tmp_path, *chosen, "--report", "base")
    sparse = tmp_path / "index" / "sparse.py"
    chinese = 'yield from run["cjk"]\n            yield from map("".join, pairwise(run["cjk"]))'
    assert chinese in sparse.read_text("utf-8")
    sparse.write_text(sparse.read_text("utf-8").replace(chinese, 'yield run["cjk"]'), "utf-8")
    done = run_copy(tmp_path, *chosen, "--baseline", "base/results.json")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "cases lost" in done.stdout


def run_copy(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """``roundtable eval run`` of the source in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "ROUNDTABLE_DATA": str(folder / "data")}
    command = [sys.executable, "-c", "from index.cli import main; main()", "eval", "run", *options]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_a_lost_speaker_filter_loses_the_questions_about_wrong_speakers(bot, verdict):
    found = verdict(planted.Unfiltered(bot), "wrong_speaker", "who_said", "overview")
    assert not found.ok
    assert list(lost(found).values()).count("wrong_speaker") >= 5


def test_a_bar_moved_down_answers_what_the_talk_does_not_say(bot, verdict):
    found = verdict(planted.barred(bot, -0.15), *ANSWERED, *REFUSED)
    assert not found.ok
    assert set(lost(found).values()) & {"absent", "off_topic"}
    assert all(flip.result.answer.outcome != "abstain" for flip in found.counted(lost=True))


def test_a_bar_moved_up_refuses_what_the_talk_says(bot, verdict):
    found = verdict(planted.barred(bot, 0.25), *ANSWERED, *REFUSED)
    assert not found.ok
    assert set(lost(found).values()) & set(ANSWERED)
    assert all(
        flip.result.grade.failures == ("outcome",)
        for flip in found.counted(lost=True)
        if flip.result.answer.outcome == "abstain"
    )


def test_offsets_off_by_one_break_the_citations_themselves(bot, verdict):
    found = verdict(planted.shifted(bot), "fact", "definition")
    assert not found.ok
    assert lost(found)
    assert all("exact" in flip.result.grade.failures for flip in found.counted(lost=True))
    assert any("begins or ends inside a word" in reason for reason in found.red)


def test_a_lead_in_that_drops_a_citation_loses_the_evidence(bot, verdict):
    found = verdict(planted.LeadsIn(bot), "fact", "definition", "who_said")
    assert not found.ok
    assert lost(found)
    assert all("evidence" in flip.result.grade.failures for flip in found.counted(lost=True))


def test_a_dropped_encoder_prefix_is_named_even_where_few_answers_change(bot, verdict, tmp_path):
    """Of 386: on both sides 24 lost, 12 won; on questions alone 20 and 5; on passages alone 20 and 8. Of the 95 asked here
    6, 5 and 3 are lost and 1 is won, so that the encoder is what tells. The swapped one below is what shows in answers.
    """
    found = verdict(planted.prefixed(bot, tmp_path / "index", query="", passage=""), *ANSWERED)
    assert any(reason.startswith("the encoder is 'multilingual-e5-small'") for reason in found.red)


def test_swapped_encoder_prefixes_answer_what_is_off_topic(bot, verdict, tmp_path):
    """Questions encoded as passages and passages as questions: 30 lost and 8 won of 386."""
    card = bot.retriever.encoder.card
    swapped = planted.prefixed(bot, tmp_path / "index", query=card.passage_prompt, passage=card.query_prompt)
    found = verdict(swapped, "fact", "english", "why_how", *REFUSED)
    assert any("cases lost" in reason for reason in found.red)
    assert list(lost(found).values()).count("off_topic") >= 3
    assert set(lost(found).values()) & {"fact", "english", "why_how"}


def test_the_wrong_encoder_prefix_is_named_even_where_few_answers_change(bot, verdict):
    """The passage prompt on questions: 25 lost and 8 won of 386, 5 and 2 of those asked here."""
    found = verdict(planted.passage_prompt_on_questions(bot), *ANSWERED)
    assert not found.ok
    assert any(reason.startswith("the encoder is 'multilingual-e5-small'") for reason in found.red)
    assert found.flips


def test_the_planted_chunks_hold_every_character(bot):
    transcript = bot.index.transcript("a-plan-01")
    cut = planted.chunks(transcript, 60)
    assert "".join(transcript.text[p.start : p.end] for p in cut) == transcript.text


def test_fp32_standing_in_for_another_processor_is_green_there_and_named_at_home(bot, suite, baseline, tmp_path):
    """Every fourth case, for time: the flips of the encoder's fp32 original are the machine's, and are excused there.

    The whole suite, ten more stand-ins, and stand-ins that were not measured before: benchmarks/other_machines.py.
    """
    some = replace(suite, suite=replace(suite.suite, cases=suite.suite.cases[::4]))
    plain = baseline.model_copy(update={"cases": baseline.cases[::4]})
    fp32 = fp32_of(bot.retriever.encoder)
    assert fp32 is not None
    cosine = float(bot.retriever.encoder.encode_query("中立").vector @ fp32.encode_query("中立").vector)
    assert 0.99 < cosine < 0.99999  # another kernel's numbers, not the same ones
    other = rebuilt(bot.index, fp32, tmp_path / "fp32")
    finished, encoder = run(some, other), encoder_of(bot)
    was = {case.id: case.passed for case in plain.cases}
    flips = {r.case.id: 1 if was[r.case.id] else -1 for r in finished.results if r.grade.passed is not was[r.case.id]}
    noise = Noise(stand_ins=("fp32",), worst_net_loss=max(0, sum(flips.values())))
    measured = with_noise(plain, flips, noise)
    there = this_machine().model_copy(update={"features": ("avx2",)})
    abroad = judge(finished, measured, there, encoder)
    assert abroad.ok, abroad.red
    assert [flip.machine for flip in abroad.flips] == [True] * len(flips)
    at_home = judge(finished, measured, this_machine(), encoder_of(other).model_copy(update={"name": encoder.name}))
    assert not any(flip.machine for flip in at_home.flips)
    assert any(reason.startswith("the encoder is") for reason in at_home.red)
