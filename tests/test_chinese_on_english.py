"""Chinese questions about an English talk."""

from __future__ import annotations

import pytest

from bot.chatbot import Chatbot
from bot.types import Outcome, Question
from bot.wording import as_spoken
from index.build import build
from index.embed import load_encoder
from index.gloss import glosses
from index.retriever import Retriever
from index.source import read_event
from index.store import open_index
from index.types import Transcript

TALK = """Grace Hill: Good morning, everybody. Welcome to the farm. Today we talk about how the orchard lives.
Tom Baker: We grow apples and pears on forty hectares. My grandfather planted the first trees after the war.
Grace Hill: What was the hardest year?
Tom Baker: The hardest year was the drought. The well ran dry, and we lost a third of the harvest.
Grace Hill: How do you sell the fruit?
Tom Baker: Half of it goes to a juice factory in Wales. The rest we sell at the market in town, because the prices there are better.
Grace Hill: Do you use pesticides?
Tom Baker: No, we keep bees and ladybirds instead. The remote control of the greenhouse opens the roof when it gets warm.
Grace Hill: And who will take over the farm?
Tom Baker: My daughter Anna. She studied agriculture and came back two years ago.
Grace Hill: Thank you very much for the tour.
Tom Baker: You are welcome. Try the cider before you leave.
"""


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Transcript:
    path = tmp_path_factory.mktemp("farm") / "farm.txt"
    path.write_text(TALK, "utf-8")
    return read_event(path).transcripts[0]


@pytest.fixture(scope="module")
def chatbot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    encoder = load_encoder()
    folder = tmp_path_factory.mktemp("talk")
    (folder / "farm.txt").write_text(TALK, "utf-8")
    build(folder / "index", [read_event(folder / "farm.txt")], encoder)
    return Chatbot(Retriever(open_index(folder / "index", encoder), encoder))


@pytest.mark.parametrize(
    ("question", "word", "said"),
    [
        ("遥控器能做什么", "遥控器", "remote control"),
        ("威爾士的工廠買什麼", "威尔士", "wales"),  # in Traditional characters
        ("收成少了多少", "收成", "harvest"),
        ("谁创办了这家农场", "农场", "farm"),
        ("苹果卖到哪里", "卖", "sell"),
    ],
)
def test_a_word_is_what_the_talk_calls_it(farm: Transcript, question: str, word: str, said: str) -> None:
    assert said in glosses(question, farm)[word]


@pytest.mark.parametrize("question", ["区块链有什么用", "量子计算机多少钱"])
def test_a_word_that_the_talk_does_not_have_means_nothing_there(farm: Transcript, question: str) -> None:
    assert not glosses(question, farm)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("井干了以后损失了多少收成", "a third of the harvest"),
        ("他们种了多少公顷", "forty hectares"),
        ("她几年前回来的", "two years ago"),
        ("一半的水果卖到哪里去了", "juice factory"),
        ("为什么在镇上的市场卖", "prices there are better"),
        ("谁会接手农场", "Anna"),
        ("他们用农药吗", "bees"),
        ("温室的遥控器是干什么的", "opens the roof"),
    ],
)
def test_the_sentence_that_answers_is_quoted(chatbot: Chatbot, question: str, held: str) -> None:
    answer = chatbot.ask(Question(question))
    assert answer.outcome is Outcome.ANSWER
    assert any(held in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "OpenAI 的估值是多少",
        "白岩松的主持风格是什么样的",
        "怎么申请护照",
        "这家银行的利率是多少",
        "有多少员工",
        "女儿几岁",
    ],
)
def test_what_has_nothing_to_do_with_the_talk_is_not_answered(chatbot: Chatbot, question: str) -> None:
    assert chatbot.ask(Question(question)).outcome in (Outcome.ABSTAIN, Outcome.RELATED)


def test_a_card_that_names_the_language_says_that_quotes_are_in_it(chatbot: Chatbot) -> None:
    [event] = chatbot.index.events
    card = event.card.model_copy(update={"language": "en"})
    assert as_spoken(card, "zh") == ("引文照原话显示，为英文。",)
    assert as_spoken(card, "en") == as_spoken(event.card, "zh") == ()
