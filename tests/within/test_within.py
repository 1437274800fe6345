"""An event of several talks: asked as one, each talk that knows is heard, and every quote says whose talk it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from day_answers import OPEN_SOURCE, Ask, stems
from three_talks import CARDS, EN, TALKS, ZH, opened

from bot.chatbot import Chatbot
from bot.library import within
from bot.question import understand
from bot.types import ClaimMade, Exchange, Finished, Outcome, Question, Reason
from index.types import Scope


@pytest.mark.parametrize(
    ("text", "event", "stem", "words"),
    [
        ("磐石存储成立于哪一年", ZH, "storage", "2016年"),
        ("延迟的目标是多少毫秒", ZH, "search", "八十毫秒"),
        ("地铁一天有多少刷卡记录", ZH, "panel", "三百万人次"),
        ("为什么不收实习生", ZH, "panel", "没有人带得过来"),
        ("How much honey does each hive give?", EN, "bees", "eighteen kilos"),
        ("How many kinds of roses are there?", EN, "roses", "340"),
    ],
)
def test_a_fact_comes_from_the_talk_that_has_it(ask: Ask, text: str, event: str, stem: str, words: str) -> None:
    answer = ask(text, event)
    assert (answer.outcome, stems(answer)) == (Outcome.ANSWER, [stem])
    assert words in answer.claims[0].text


def test_every_quote_is_a_slice_of_the_talk_that_its_place_names(days: Chatbot, ask: Ask) -> None:
    for text, event in (("谁谈到了开源", ZH), ("延迟的目标是多少毫秒", ZH), ("Who talked about peat?", EN)):
        answer = ask(text, event)
        assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
        for cited, stem in zip(answer.citations, stems(answer), strict=True):
            assert days.index.transcript(cited.transcript).text[cited.start : cited.end] == cited.quote
            assert cited.place.startswith(f"《{stem}》 · " if event == ZH else f"{stem} · ")


@pytest.mark.parametrize("text", ["谁谈到了开源", "大家怎么看开源", "有没有人提到开源"])
def test_who_said_and_what_all_think_has_a_block_for_each_talk(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert {stem: c.speaker for stem, c in zip(stems(answer), answer.citations, strict=True)} == OPEN_SOURCE
    assert answer.lead == "有 3 场谈到："
    assert [claim.lead.split("》")[0] for claim in answer.claims] == [f"《{stem}" for stem in stems(answer)]
    assert answer.silent == ()


def test_who_said_in_english_has_a_block_for_each_talk(ask: Ask) -> None:
    answer = ask("Who talked about peat?", EN)
    assert {(c.speaker, stem) for stem, c in zip(stems(answer), answer.citations, strict=True)} == {
        ("Peter Novak", "roses"),
        ("Ann Fischer", "soil"),
    }


def test_an_overview_has_a_block_for_each_talk_with_a_quote_of_each_guest(ask: Ask) -> None:
    answer = ask("这个活动讲了什么")
    assert answer.lead == "这个活动有 3 场，每场挑几句原话："
    assert [(stem, c.speaker) for stem, c in zip(stems(answer), answer.citations, strict=True)] == [
        ("panel", "王可欣"),
        ("panel", "李岚清"),
        ("search", "李岚清"),
        ("storage", "张远航"),
    ]
    english = ask("What is this event about?", EN)
    assert list(dict.fromkeys(stems(english))) == ["bees", "roses", "soil"]


@pytest.mark.parametrize(
    ("text", "event", "who", "talks"),
    [
        ("李岚清说了什么", ZH, "李岚清", {"search", "panel"}),
        ("张远航说了什么", ZH, "张远航", {"storage"}),
        ("What did Ann Fischer say?", EN, "Ann Fischer", {"soil", "bees"}),
        ("What did Ann Fischer talk about?", EN, "Ann Fischer", {"soil", "bees"}),
    ],
)
def test_what_somebody_said_is_asked_of_every_talk_in_which_they_speak(
    ask: Ask, text: str, event: str, who: str, talks: set[str]
) -> None:
    answer = ask(text, event)
    assert answer.asked == text
    assert {*stems(answer)} == talks
    assert {c.speaker for c in answer.citations} == {who}


def test_a_comparison_of_people_of_different_talks_quotes_both(ask: Ask) -> None:
    answer = ask("张远航和王可欣怎么看开源")
    assert {(c.speaker, stem) for stem, c in zip(stems(answer), answer.citations, strict=True)} == {
        ("张远航", "storage"),
        ("王可欣", "panel"),
    }
    assert answer.silent == ()


def test_the_speaker_that_a_visitor_chose_is_heard_in_their_own_talk(ask: Ask) -> None:
    assert stems(ask("团队有多少人", speaker="李岚清")) == ["search"]
    assert stems(ask("团队有多少人", speaker="王可欣")) == ["panel"]


def test_several_questions_in_one_are_each_answered_by_the_talk_that_knows(ask: Ask) -> None:
    answer = ask("搜索团队有多少人?地铁一天多少人次?每TB成本降到多少?")
    assert (answer.outcome, answer.missing) == (Outcome.ANSWER, ())
    assert {*stems(answer)} == {"search", "panel", "storage"}
    half = ask("金价是多少?地铁一天多少人次?每TB成本降到多少?")
    assert (half.outcome, half.reason, half.missing) == (
        Outcome.PARTIAL,
        Reason.NOT_SAID,
        ("金价是多少：文字稿里没有。",),
    )
    assert {*stems(half)} == {"panel", "storage"}


def test_what_no_talk_says_is_not_said(ask: Ask) -> None:
    assert ask("量子计算怎么样").outcome is Outcome.ABSTAIN
    assert ask("马云说了什么").reason is Reason.UNKNOWN_PERSON
    assert ask("你好").reason is Reason.CHITCHAT


def test_the_others_talk_answers_a_follow_up(days: Chatbot) -> None:
    before = Exchange(
        "延迟的目标是多少毫秒", "李岚清（寻径搜索技术负责人）：\n“我们的目标是九成五的查询在八十毫秒以内返回” [1]"
    )
    answer = days.ask(Question("那张远航怎么看开源?", (before,), Scope(ZH)))
    assert stems(answer) == ["storage"]


def test_next_questions_are_of_the_talk_that_answered(ask: Ask) -> None:
    assert ask("磐石存储成立于哪一年").suggestions[0] == "张远航讲了什么？"


def test_the_claims_of_a_stream_are_those_of_the_whole_answer(days: Chatbot) -> None:
    for text in ("谁谈到了开源", "延迟的目标是多少毫秒"):
        told = list(days.stream(Question(text, scope=Scope(ZH))))
        whole = next(e.answer for e in told if isinstance(e, Finished))
        made = [e for e in told if isinstance(e, ClaimMade)]
        assert tuple(e.claim for e in made) == whole.claims
        assert tuple(c for e in made for c in e.citations) == whole.citations


def test_no_more_talks_are_heard_than_the_bound(
    chatbot: Chatbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "events" / "many"
    folder.mkdir(parents=True)
    for n in range(within.EXAMINED + 4):
        words = f"说到向量检索,我们第{n}组的看法是要和倒排索引一起用,延迟是{n + 10}毫秒。今年我们还要继续做。"
        (folder / f"talk{n:02}.txt").write_text(f"王小{'甲乙丙丁戊己庚辛壬癸子丑'[n]}: {words}\n" * 2, "utf-8")
    many = opened(tmp_path / "events", tmp_path / "index", chatbot.retriever.encoder)
    heard = within.examined(many.retriever, understand("大家怎么看向量检索", many.index.events[0].card), Scope("many"))
    assert len(heard) == len({*heard}) == within.EXAMINED
    answer = many.ask(Question("大家怎么看向量检索", scope=Scope("many")))
    assert len({*stems(answer)}) <= within.SHOWN
    assert many.ask(Question("这个活动讲了什么", scope=Scope("many"))).lead == "这个活动有 12 场，前 5 场各挑几句原话："


def test_an_event_of_one_talk_answers_as_that_talk_does(chatbot: Chatbot, tmp_path: Path) -> None:
    folder = tmp_path / "events" / ZH
    folder.mkdir(parents=True)
    (folder / "event.toml").write_text(CARDS[ZH], "utf-8")
    (folder / "search.txt").write_text(TALKS[ZH]["search"], "utf-8")
    one = opened(tmp_path / "events", tmp_path / "index", chatbot.retriever.encoder)
    for text in (
        "延迟的目标是多少毫秒",
        "这个活动讲了什么",
        "谁谈到了开源",
        "李岚清说了什么",
        "张远航怎么看开源",
        "你好",
    ):
        of_event, of_talk = (
            replace(one.ask(Question(text, scope=scope)), seconds={}, hits=())
            for scope in (Scope(ZH), Scope(ZH, f"{ZH}/search"))
        )
        assert of_event == of_talk
        assert not any("search" in c.place for c in of_event.citations)
