"""Interviews: short replies to a question, and speakers whom the labels only tell apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.types import Outcome, Reason
from index.build import build
from index.embed import load_encoder
from index.retriever import Retriever
from index.source import read_event
from index.store import open_index
from index.types import TurnKind
from tests.asking import ask, said

INTERVIEW = """女: 欢迎周老师来到我们的节目，周老师在山里修了大半辈子的古桥。
男: 大家好，谢谢邀请。
女: 您是怎么想到要去修桥的？
男: 村口那座石桥塌了，孩子们上学要绕八里路，我看着心里难受，就自己动手砌了起来。
女: 请问您修桥修了多少年了？
男: 二十三年了吧。
女: 修桥的钱是从哪里来的呢？
男: 一开始是卖山货攒的，后来邻村的人也捐一些木料和石头，慢慢就够了。
女: 最难忘的是哪一座？
男: 是青溪上的那座。水急，桥墩打了三次都被冲走，第四次才站住。
女: 家里人支持您吗？
男: 老伴嘴上抱怨，可每天都给我送饭，一送就是十几年。
"""


MEETING = """Chair: Good morning, everybody. This is our first meeting on the new lamp.
Chair: The finance department has set a selling price of thirty Euros. We are aiming for the Nordic market. Production may
Chair: cost eleven Euros at most. The next meeting will be on Tuesday. We will sit in the small room then. Please bring your
Chair: laptops with you. The cameras will be there as well. There is not much time left. So we should begin with the talks.
Chair: What do you think of lamps?
Ann: I always lose the switch.
Ben: We had steel and glass, but steel has been eliminated,
Ben: since nobody can bend it that far. Glass is still there.
Ann: That is a pity.
"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return _chatbot(tmp_path_factory.mktemp("meeting"), MEETING)


@pytest.fixture(scope="module")
def interview(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return _chatbot(tmp_path_factory.mktemp("interview"), INTERVIEW)


def _chatbot(folder: Path, text: str) -> Chatbot:
    (folder / "talk.txt").write_text(text, encoding="utf-8")
    encoder = load_encoder()
    build(folder / "index", [read_event(folder / "talk.txt")], encoder)
    return Chatbot(Retriever(open_index(folder / "index", encoder), encoder))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("男的修桥有多长时间了", "二十三年"),
        ("他修桥的钱是哪里来的", "卖山货"),
        ("家人支持他修桥吗", "送饭"),
    ],
)
def test_a_reply_is_judged_with_the_question_it_replies_to(interview: Chatbot, question: str, words: str) -> None:
    answer = ask(interview, question)
    assert answer.outcome is Outcome.ANSWER
    assert words in said(answer)


def test_somebody_whom_no_label_names_may_be_one_of_the_speakers(interview: Chatbot) -> None:
    answer = ask(interview, "周老师修桥的钱是哪里来的")
    assert answer.reason not in (Reason.MENTIONED_ONLY, Reason.UNKNOWN_PERSON)
    assert "卖山货" in said(answer)


def test_what_nobody_was_asked_stays_unsaid(interview: Chatbot) -> None:
    assert ask(interview, "桥上可以走汽车吗").outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("我只是凭着一股劲,从来没想过会图个什么。", TurnKind.ANSWER),
        ("这里的人不怎么说话,我也习惯了。", TurnKind.ANSWER),
        ("您说说修桥的人都图什么。", TurnKind.QUESTION),
        ("这桥是怎么修的?", TurnKind.QUESTION),
    ],
)
def test_where_questions_have_their_mark_words_ask_only_whom_they_address(
    tmp_path: Path, ending: str, kind: TurnKind
) -> None:
    text = f"女: 您好,您为什么修桥?\n男: 想修就修了。\n女: 修了多少年?\n男: {ending}\n女: 谢谢您。\n"
    (tmp_path / "talk.txt").write_text(text, encoding="utf-8")
    assert read_event(tmp_path / "talk.txt").transcripts[0].turns[3].kind is kind


def test_without_marks_words_alone_ask(tmp_path: Path) -> None:
    text = "甲同学: 你们修了多少\n乙同学: 三座\n甲同学: 为什么要修这个呢\n乙同学: 孩子们要过河\n"
    (tmp_path / "talk.txt").write_text(text, encoding="utf-8")
    assert [turn.kind.value for turn in read_event(tmp_path / "talk.txt").transcripts[0].turns] == [
        "question", "answer", "question", "answer",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "question", ["男的是谁", "男的从事什么职业", "嘉宾是谁", "今天请来的嘉宾是做什么的", "受访者是什么身份"]
)
def test_who_the_guest_is_says_who_welcomes_them(tmp_path: Path, question: str) -> None:
    text = (
        "女: 各位听众晚上好，今天来到我们节目的是著名的古桥修复师周望山老师。\n男: 大家好。\n女: 您是怎么想到要去修桥的？\n"
        "男: 孩子们上学要绕八里路，我看着难受。\n女: 请问您修桥修了多少年了？\n男: 二十三年了吧。\n"
    )
    answer = ask(_chatbot(tmp_path, text), question)
    assert answer.outcome is Outcome.ANSWER
    assert [(c.speaker, "修复师周望山" in c.quote) for c in answer.citations] == [("女", True)]


def test_a_speaker_named_by_the_label_is_who_the_host_says(tmp_path: Path) -> None:
    text = (
        "主持人: 今天我们请到的是河工研究所所长沈砚秋女士。沈所长，您好！您最近在忙什么？\n沈砚秋: 在量河底的泥。\n"
        "主持人: 泥有多厚？\n沈砚秋: 两米多。\n主持人: 谁来清呢？\n沈砚秋: 沿岸的村子。\n"
    )
    bot = _chatbot(tmp_path, text)
    assert "河工研究所所长" in said(ask(bot, "沈砚秋是谁"))
    assert ask(bot, "今天的嘉宾有谁").lead == "台上有 1 位嘉宾：沈砚秋。"
    assert ask(bot, "主持人是做什么的").outcome is Outcome.ABSTAIN


@pytest.mark.parametrize(
    "question",
    [
        "这段对话主要讲了什么",
        "他们在谈论什么",
        "这次采访讨论的焦点是什么",
        "访谈围绕什么话题展开",
        "这段录音介绍的是什么",
        "双方交流了什么",
    ],
)
def test_what_a_conversation_is_about_asks_for_its_overview(interview: Chatbot, question: str) -> None:
    answer = ask(interview, question)
    assert (answer.outcome, answer.reason) == (Outcome.ANSWER, None)
    assert answer.citations


def test_what_is_asked_back_about_a_thing_just_named_is_read_on_to(tmp_path: Path) -> None:
    text = (
        "女: 您以后还修桥吗？\n男: 修不动了。不过我已经有了新目标。\n女: 什么目标呢？\n男: 把各村老桥的尺寸都画下来，留给年轻人。\n"
        "女: 画了多少了？\n男: 四十来座。\n"
    )
    assert "尺寸都画下来" in said(ask(_chatbot(tmp_path, text), "男的新目标是什么"))


def test_behind_what_others_think_a_speakers_own_view_is_read(tmp_path: Path) -> None:
    text = (
        "女: 您觉得什么样的桥最结实？\n男: 有人认为石头桥最结实，能用几百年。还有人认为铁桥最结实。我觉得都不对，看的是桥墩下面踩着什么。\n"
        "女: 那您最喜欢哪一座？\n男: 青溪上的那座。\n女: 它有多长？\n男: 十二米。\n"
    )
    assert "桥墩下面踩着什么" in said(ask(_chatbot(tmp_path, text), "男的觉得什么样的桥最结实"))


def test_somebody_is_known_by_what_others_call_them_before_they_speak(interview: Chatbot) -> None:
    answer = ask(interview, "Why did Mr Zhou begin to build bridges?")
    assert answer.outcome is Outcome.ANSWER
    assert {citation.speaker for citation in answer.citations} == {"男"}


@pytest.mark.parametrize(
    ("question", "words"),
    [("What is the selling price?", "thirty Euros"), ("When is the next meeting?", "on Tuesday")],
)
def test_a_report_that_ends_in_a_question_is_no_question(meeting: Chatbot, question: str, words: str) -> None:
    answer = ask(meeting, question)
    assert answer.outcome is Outcome.ANSWER
    assert words in said(answer)


def test_a_line_that_breaks_off_is_read_on_to_the_next(meeting: Chatbot) -> None:
    assert "nobody can bend it" in said(ask(meeting, "Why was steel eliminated?"))


def test_a_question_on_stage_tells_what_it_takes_for_granted(tmp_path: Path) -> None:
    text = (
        "女: 离合龙只剩十二天了，您最担心什么？\n男: 怕下雨。\n女: 您当年特意去泉州看过老桥，为什么去那里？\n男: 想看看古人怎么打基础。\n"
        "女: 学到了什么？\n男: 牡蛎能把石头粘在一起。\n"
    )
    bot = _chatbot(tmp_path, text)
    assert [(c.speaker, c.quote) for c in ask(bot, "距离合龙还剩多少天").citations] == [("女", "离合龙只剩十二天了")]
    assert [c.quote for c in ask(bot, "男的当年去哪里看过老桥").citations] == ["您当年特意去泉州看过老桥"]
    assert ask(bot, "合龙要花多少钱").outcome is not Outcome.ANSWER


@pytest.mark.parametrize(("label", "lead"), [("男", "男："), ("答", "答："), ("匠人", "匠人说：")])
def test_a_label_of_one_character_stands_before_the_words_as_in_the_transcript(
    tmp_path: Path, label: str, lead: str
) -> None:
    text = INTERVIEW.replace("男:", f"{label}:").replace("女:", "问:")
    assert ask(_chatbot(tmp_path, text), "最难忘的是哪一座桥").lead == lead
