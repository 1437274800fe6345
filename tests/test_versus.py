"""Comparisons of two things: what is said of each, and which of them nobody speaks of."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.question import understand
from bot.shapes.versus import pair
from bot.types import Outcome, Question
from index.event import EventCard
from tests.second_talk import open_second_talk


@pytest.fixture(scope="module")
def bookshop(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return open_second_talk(tmp_path_factory.mktemp("versus"), chatbot.retriever.encoder)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("TensorFlow跟PyTorch各强在哪", ("TensorFlow", "PyTorch")),
        ("电动船和柴油船有什么区别", ("电动船", "柴油船")),
        ("榜上Rust和Go哪个好", ("Rust", "Go")),
        ("What is the difference between Langstroth hives and top-bar hives?", ("Langstroth", "top-bar")),
        ("Langstroth or top-bar hive, which is better?", ("Langstroth", "top-bar hive")),
        ("Rust vs Go", ("Rust", "Go")),
        ("Compare Rust with Go", ("Rust", "Go")),
        ("电动船和柴油船都是谁造的", None),
        ("作家与社会是什么关系", None),
        ("领导和同事是什么印象", None),
        ("What do the speakers think about hives and bees?", None),
    ],
)
def test_the_two_sides_of_a_comparison(question: str, sides: tuple[str, str] | None) -> None:
    assert pair(understand(question, EventCard(title="-"))) == sides


@pytest.mark.parametrize(
    "question", ["TensorFlow跟PyTorch各强在哪", "TensorFlow和PyTorch有什么区别", "Compare TensorFlow and PyTorch"]
)
def test_what_is_said_of_both_is_shown(chatbot: Chatbot, question: str) -> None:
    answer = chatbot.ask(Question(question))
    assert answer.outcome is Outcome.ANSWER
    said = " ".join(c.quote for c in answer.citations)
    assert "TensorFlow" in said
    assert "PyTorch" in said
    assert answer.silent == ()


@pytest.mark.parametrize(
    ("question", "gone"),
    [("Kubernetes和Docker有什么区别", "Docker"), ("What is the difference between Kubernetes and Docker?", "Docker")],
)
def test_of_one_only_the_other_is_said_to_be_missing(chatbot: Chatbot, question: str, gone: str) -> None:
    answer = chatbot.ask(Question(question))
    assert answer.outcome is Outcome.PARTIAL
    assert answer.missing[0].startswith(gone)
    assert all("Kubernetes" in c.quote for c in answer.citations)
    assert answer.claims[0].lead


@pytest.mark.parametrize("question", ["Rust和Zig哪个好", "Compare Rust and Zig", "Rust vs Zig"])
def test_of_neither_nothing_is_shown(chatbot: Chatbot, question: str) -> None:
    answer = chatbot.ask(Question(question))
    assert (answer.outcome, answer.citations) == (Outcome.ABSTAIN, ())


def test_on_a_second_talk_too(bookshop: Chatbot) -> None:
    both = bookshop.ask(Question("旧书模式和会员模式有什么区别"))
    assert "第三种是会员模式" in "".join(c.quote for c in both.citations)
    assert "客厅模式" not in "".join(c.quote for c in both.citations)
    one = bookshop.ask(Question("旧书和漫画哪个赚钱"))
    assert (one.outcome, one.missing) == (Outcome.PARTIAL, ("漫画：文字稿里没有。",))
    assert bookshop.ask(Question("唱片和漫画哪个赚钱")).citations == ()


def test_the_full_stop_of_a_request_is_no_part_of_a_name() -> None:
    assert pair(understand("Compare TensorFlow and PyTorch.", EventCard(title="t"))) == ("TensorFlow", "PyTorch")
    assert pair(understand("Compare Node.js and Deno", EventCard(title="t"))) == ("Node.js", "Deno")
