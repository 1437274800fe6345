"""English questions about Chinese talks: their words are looked for as the talk writes them."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources

import pytest

from bot.chatbot import Chatbot
from bot.gloss import in_words_of
from bot.question import understand
from bot.types import Outcome, Question, Reason
from index.dictionary import HAN
from index.gloss import KEPT, bm25_glossed, content, glosses, in_characters
from index.idioms import idioms
from index.sparse import terms
from index.types import Scope, Transcript
from tests.second_talk import open_second_talk


@pytest.fixture(scope="module")
def bookshop(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return open_second_talk(tmp_path_factory.mktemp("gloss"), chatbot.retriever.encoder)


def transcript(bookshop: Chatbot) -> Transcript:
    return bookshop.index.transcript("bookshop")


def test_a_word_is_glossed_by_the_words_of_the_talk_that_mean_it(bookshop: Chatbot) -> None:
    found = glosses("What reason do young readers give for buying a book, the cover?", transcript(bookshop))
    assert found["cover"] == ("封面",)
    assert "理由" in found["reason"]
    assert "读者" in found["reader"]


def test_words_that_make_a_question_are_not_looked_for() -> None:
    assert content("What did the guests think about taking the metro?") == ("metro",)


def test_a_name_in_pinyin_is_the_characters_that_sound_so(bookshop: Chatbot) -> None:
    assert glosses("Is there a shop in Suzhou?", transcript(bookshop))["suzhou"] == ("苏州",)


def test_the_topic_of_an_english_question_is_in_the_talks_words(bookshop: Chatbot) -> None:
    segment = bookshop.index.segment(transcript(bookshop).id)
    card = bookshop.index.event("bookshop").card
    asked = in_words_of(segment, understand("Who publishes the autograph editions?", card), bookshop.retriever)
    assert asked.text == "Who publishes the autograph editions?"
    assert "版本" in asked.topic


@pytest.mark.parametrize(
    ("question", "term", "meant"),
    [
        ("Why did the shop go public?", "public", ("上市",)),
        ("How does one make money with books?", "money", ("商业化", "收入")),
        ("What did the metaphor mean?", "metaphor", ("打比方",)),
    ],
)
def test_a_phrase_stands_for_what_the_talk_says_for_it(question: str, term: str, meant: tuple[str, ...]) -> None:
    assert tuple(idioms(question, "我打比方：书店上市以后，收入和商业化都有。")[term]) == meant


def test_the_longest_phrase_counts_and_none_that_the_talk_does_not_say() -> None:
    found = idioms("Does open source pay?", "社区里的开源社区")
    assert found == {"open": {"开源": 1.0}, "sourc": {"开源": 1.0}}
    assert tuple(idioms("the open source community", "开源的社区")["communiti"]) == ("社区",)
    assert not idioms("When did they go public?", "没有这样的事。")


def test_a_phrase_is_in_the_table_once() -> None:
    rows = tomllib.loads((resources.files("index") / "idioms.toml").read_text("utf-8"))
    said = Counter(tuple(terms(phrase)) for phrases in rows.values() for phrase in phrases)
    assert [phrase for phrase, count in said.items() if count > 1] == []
    assert all(HAN.search(word) or word.isascii() for words in rows for word in words.split("/"))


def test_an_entry_that_points_at_another_spelling_has_its_senses(chatbot: Chatbot) -> None:
    panel = chatbot.index.transcript("a-plan-01")
    assert glosses("What kinds of relationship are there?", panel)["relationship"] == ("关系",)
    assert "腾讯" not in glosses("What did they see?", panel).get("see", ())  # its entry says: see 騰訊控股有限公司


@pytest.mark.parametrize(("word", "meant"), [("payment", "支付"), ("faster", "快速"), ("easiest", "容易")])
def test_a_word_is_glossed_by_one_of_its_root(chatbot: Chatbot, word: str, meant: str) -> None:
    [found] = glosses(word, chatbot.index.transcript("a-plan-01")).values()
    assert meant in found


def test_a_person_in_pinyin_is_found_in_the_talk(chatbot: Chatbot) -> None:
    panel = chatbot.index.transcript("a-plan-01")
    assert in_characters(panel, "Wang Xing") == in_characters(panel, "Xing Wang") == "王兴"
    assert in_characters(panel, "Lei Jun") is None
    answer = chatbot.ask(Question("What does Wang Xing himself say about payments?", scope=Scope(event="a-plan-01")))
    assert (answer.outcome, answer.reason) == (Outcome.ABSTAIN, Reason.MENTIONED_ONLY)
    assert "王兴" in answer.citations[0].quote


def test_a_name_is_said_as_the_talk_writes_it(chatbot: Chatbot) -> None:
    segment, card = chatbot.index.segment("a-plan-01"), chatbot.index.event("a-plan-01").card
    asked = in_words_of(segment, understand("Did Tencent buy UCloud?", card), chatbot.retriever)
    assert "腾讯" in asked.said
    assert "腾讯" in asked.topic
    assert "tencent" not in asked.topic
    assert "ucloud" in asked.topic  # the talk writes it so itself
    assert "优刻得" not in asked.said


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the wandering mode?", "第四种我们称为流浪模式"),
        ("Which company is the example of the wandering mode?", "典型是美团"),
        ("Are GPUs enough for big models?", "GPU还不行"),
        ("How much does it cost to train GPT-3?", "有业界同行估计需要1万美金"),  # no other figure that was lost
        ("What is the hybrid cloud scenario?", "第二个是混合云场景"),
        ("How many times has OneFlow raised money?", "拿过三次融资"),
    ],
)
def test_the_words_of_the_talk_find_the_sentence_that_the_encoder_alone_does_not(
    chatbot: Chatbot, question: str, told: str
) -> None:
    answer = chatbot.ask(Question(question, scope=Scope(event="a-plan-01")))
    assert answer.outcome is Outcome.ANSWER
    assert any(told in citation.quote for citation in answer.citations)


def test_the_item_that_a_question_names_is_quoted_and_no_other(chatbot: Chatbot) -> None:
    for question in ("What is the wandering mode?", "流浪模式的例子有哪些"):
        answer = chatbot.ask(Question(question, scope=Scope(event="a-plan-01")))
        assert [citation.quote[:9] for citation in answer.citations] == ["第四种我们称为流浪"]


def test_a_chinese_question_is_left_as_it_is(bookshop: Chatbot) -> None:
    segment = bookshop.index.segment(transcript(bookshop).id)
    asked = understand("签名本占多少利润", bookshop.index.event("bookshop").card)
    assert in_words_of(segment, asked, bookshop.retriever) is asked


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What share of their profit comes from exclusive editions?", "这部分占了我们利润的三成"),
        ("How does the membership mode work?", "会员每年交三百块"),
        ("What is the first reason why young people buy a book?", "发现年轻人买书的第一个理由是封面"),
        ("What is the 客厅 mode?", "第一种叫做客厅模式"),
    ],
)
def test_an_english_question_is_answered_by_the_right_sentence(bookshop: Chatbot, question: str, told: str) -> None:
    answer = bookshop.ask(Question(question))
    assert answer.outcome is Outcome.ANSWER
    assert any(told in citation.quote for citation in answer.citations)


def test_of_a_large_library_only_the_questions_own_words_are_looked_for(bookshop: Chatbot) -> None:
    segment, question = bookshop.index.segment("bookshop"), "Is there a shop in Suzhou?"
    [few] = bm25_glossed([segment.postings], question, [segment.transcript] * KEPT)
    [many] = bm25_glossed([segment.postings], question, [segment.transcript] * (KEPT + 1))
    assert few.any()
    assert not many.any()
