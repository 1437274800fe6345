"""The chatbot that is evaluated, opened the way users open it."""

from __future__ import annotations

import time
from pathlib import Path

from bot.chatbot import Chatbot
from bot.question import understand
from bot.types import Answer
from bot.weigh import weigh
from bot.wire import open_chatbot
from bot.written.author import Author
from eval.baseline import Encoder
from eval.report.finding import Window
from eval.run import ONCE, Takes
from eval.session import Subject
from eval.voice import Voice
from index.types import Transcript

SHOWN = 8  # windows of one case: the quotes of an answer and what was just not taken


def open_subject(directory: Path | None, voice: Voice | None = None, repeat: int = 1) -> Subject:
    """Open the chatbot on an index; None is the default index. A voice words its answers, ``repeat`` times each."""
    began = time.perf_counter()
    bot = open_chatbot(directory)
    if voice:
        bot = Chatbot(bot.retriever, bot.rules, author=Author(voice.writer, bot.retriever.encoder))
    cold = time.perf_counter() - began
    takes = Takes(repeat, voice.begin) if voice else ONCE
    return Subject(bot, encoder_of(bot), cold, lambda answer, transcript: windows(bot, answer, transcript), takes)


def encoder_of(bot: Chatbot) -> Encoder:
    """The encoder a chatbot searches with."""
    encoder = bot.retriever.encoder
    return Encoder(name=encoder.name, fingerprint=encoder.fingerprint)


def windows(bot: Chatbot, answer: Answer, transcript: Transcript) -> tuple[Window, ...]:
    """The sentences that scored best for an answer, weighed as the chatbot weighs them."""
    card = bot.index.event_of(transcript.id).card
    asked = understand(answer.asked, card)
    evidence = weigh(bot.retriever, asked, transcript, card=card, hits=answer.hits)
    order = sorted(range(len(evidence.sentences)), key=lambda n: -float(evidence.scores[n]))
    return tuple(
        Window(
            evidence.sentences[n].start,
            evidence.sentences[n].end,
            float(evidence.scores[n]),
            {name: float(values[n]) for name, values in evidence.features.items() if values[n]},
        )
        for n in order[:SHOWN]
    )
