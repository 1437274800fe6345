"""Prompts: filled word for word as the snapshots have them; an organiser's own take their place; faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.written.author import Author
from index.errors import InputError
from index.source import packaged_event, read_event
from prompts.load import VARIABLES, PromptError, load

SNAPSHOTS = Path(__file__).parent / "snapshots"
FILLED = {
    "answer": {"title": "A计划 {第一期}", "tag": "data-0123456789abcdef", "data": "【季昕华】\n[S1] 一个我们坚持中立,不被BAT投资。", "question": "为什么 {中立}？"},
    "rewrite": {"history": "观众：为什么中立？\n回答：因为…", "question": "那他后来呢？"},
    "judge": {"tag": "data-0123456789abcdef", "question": "为什么 {中立}？", "reference": "我们坚持中立", "answer": "因为 {中立}。"},
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["answer", "rewrite", "judge"])
def test_a_prompt_reads_as_its_snapshot(name: str, lang: str) -> None:
    system, human = load(name, lang).messages(**FILLED[name])  # type: ignore[arg-type]
    shown = f"--- {system.type}\n{system.content}\n--- {human.type}\n{human.content}\n"
    assert shown == (SNAPSHOTS / f"{name}.{lang}.txt").read_text("utf-8")


def test_an_organisers_prompt_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "answer.zh.md").write_text("# system\n只说{title}\n# human\n<{tag}>{data}</{tag}>{question}", "utf-8")
    assert load("answer", "zh", tmp_path).system == "只说{title}"
    assert load("answer", "en", tmp_path) == load("answer", "en")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("# system\n{title}\n# human\n{tag}{question}", "lacks the variable {data}"),
        ("# system\n{title}{data}{tag}\n# human\n{question}{secret}", "{secret}, which nothing fills"),
        ("# system\n{title.__class__}{data}{tag}\n# human\n{question}", "lacks the variable {title}"),
        ("# system\n{title}{data}{tag}\n# human\n{question} {", "brace"),
        ("just text", "# system"),
    ],
)
def test_a_prompt_that_cannot_be_used_says_why(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "answer.en.md").write_text(text, "utf-8")
    with pytest.raises(PromptError) as told:
        load("answer", "en", tmp_path)
    assert named in str(told.value)
    assert "answer.en.md" in str(told.value)


def test_a_bad_prompt_is_an_error_before_any_question(tmp_path: Path) -> None:
    (tmp_path / "rewrite.zh.md").write_text("# system\n\n# human\n{question}", "utf-8")
    with pytest.raises(InputError, match=r"lacks the variable \{history\}"):
        Author(None, None, tmp_path)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_examples_name_nobody_of_the_panel(lang: str) -> None:
    card = read_event(packaged_event()).card
    for name in VARIABLES:
        prompt = load(name, lang)  # type: ignore[arg-type]
        assert not any(word in prompt.system for s in card.speakers for word in (s.name, s.organisation) if word)
