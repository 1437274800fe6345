"""An English answer about a Chinese talk: outside the quotes no Chinese but names in brackets, and the quotes said to be Chinese."""

from __future__ import annotations

import re

import pytest

from bot.chatbot import Chatbot
from bot.render import answer_text
from bot.types import Answer, Exchange, Question

HAN = re.compile(r"[\u3400-\u9fff]")
IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
CONVERSATIONS = [
    ("What was this event about?",),
    ("Give me three takeaways",),
    ("What did Huang Dongxu talk about?",),
    ("What place does PingCAP hold in the CNCF ranking?",),
    ("In which year did UCloud go public?",),
    ("Which seven modes are there?",),
    ("What are the four dependent modes?", "and the third one?"),
    ("Why did Huang Dongxu sell his house to start a company?",),
    ("Who is Ruby?",),
    ("Which company did Liu Chao sell, and for how much?",),
    ("What does Ji Xinhua think of open source software?",),
    ("How many parameters did the Microsoft model have?",),
    ("What do the guests think about competing with BAT?", "and the others?"),
    ("Who won the World Cup?",),
    ("What does Elon Musk think about TiDB?",),
    ("What does Li Haoyuan think about TPUs?",),
    ("Where did Li Haoyuan graduate?",),
    ("Compare TensorFlow and PyTorch",),
    ("hello",),
    ("Who are the guests?",),
    ("What questions were asked in the Q&A?",),
    ("What is Aluxio?",),
    ("Does TiDB scale and how many customers does it have?",),
    ("What did Huang Dongxu say about TiDB?", "What else did he say?"),
    ("When was Alluxio founded and where is it headquartered?",),
]


def asked(bot: Chatbot, questions: tuple[str, ...]) -> Answer:
    """The answer to the last of a conversation's questions."""
    past: tuple[Exchange, ...] = ()
    for question in questions[:-1]:
        past = (*past, Exchange(question, answer_text(bot.ask(Question(question, past)), bot.index)))
    return bot.ask(Question(questions[-1], past))


@pytest.mark.parametrize("questions", CONVERSATIONS)
def test_an_english_answer_is_english_around_its_quotes(chatbot: Chatbot, questions: tuple[str, ...]) -> None:
    answer = asked(chatbot, questions)
    leads = (claim.lead for claim in answer.claims)
    ours = (answer.lead, *leads, *answer.missing, *answer.silent, *answer.notes, *answer.suggestions)
    assert [words for words in ours if words and HAN.search(IN_BRACKETS.sub("", words))] == []
    assert answer.lang == "en"
    assert bool(answer.claims) == ("Quotes are shown as spoken, in Chinese." in answer.notes)
