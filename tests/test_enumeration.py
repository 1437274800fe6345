"""Lists as speakers give them."""

from __future__ import annotations

import pytest

from bot.shapes.enumeration import Enumeration, enumerations, number
from index.source import packaged_event, read_event, read_transcript
from index.types import Transcript


@pytest.fixture(scope="module")
def panel() -> Transcript:
    return read_event(packaged_event()).transcripts[0]


def opening(transcript: Transcript, found: Enumeration) -> list[str]:
    return [transcript.text[item.sentence.start : item.sentence.end][:6] for item in found.items]


def test_seven_announced_and_six_listed(panel: Transcript) -> None:
    found = enumerations(panel)[0]
    assert (found.promised, [item.number for item in found.items]) == (7, [1, 2, 3, 4, 5, 6])
    assert found.head
    assert "七种模式" in panel.text[found.head.start : found.head.end]


def test_a_list_within_a_list_keeps_both_whole(panel: Transcript) -> None:
    outer, inner = enumerations(panel)[1:3]
    assert (outer.promised, opening(panel, outer)) == (2, ["第一种模式要", "第二种我们称"])
    assert (inner.promised, opening(panel, inner)) == (
        4,
        ["第一种模式叫", "第二种也很有", "第三种竞合模", "第四种我们称"],
    )


def test_items_are_found_across_paragraphs_and_changes_of_wording(panel: Transcript) -> None:
    reasons = next(e for e in enumerations(panel) if len(e.items) == 5)
    assert opening(panel, reasons) == ["首先,我们是", "但是第二点是", "第三点是分布", "第四点就是说", "第五点我更想"]


def test_a_list_in_another_talk() -> None:
    text = "发言人1: 他说有三个原因。第一个是教育,学校多。第二个是空间,地方大。第三个是材料,价格低。谢谢。\n发言人2: 好的。\n发言人1: 再见。\n"
    transcript = read_transcript(text, id="t", event="t", card=None)
    (found,) = enumerations(transcript)
    assert (found.promised, len(found.items)) == (3, 3)


def test_a_lone_first_is_no_list() -> None:
    text = "发言人1: 首先感谢大家。然后我们开始。\n发言人2: 第一次来这里。\n发言人1: 好。\n"
    assert enumerations(read_transcript(text, id="t", event="t", card=None)) == ()


@pytest.mark.parametrize(
    ("words", "n"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("两", 2), ("7", 7), ("third", 3), ("four", 4), ("最后", 0)],
)
def test_numbers_are_read_in_every_script(words: str, n: int) -> None:
    assert number(words) == n
