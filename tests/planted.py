"""Regressions planted in the real chatbot through what its parts are made of; nothing is patched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.chatbot import Chatbot
from bot.judging.confidence import Rule, Way, shipped
from bot.types import Answer, Question
from eval.noise import rebuilt
from index.build import quietly
from index.encode import encode
from index.encoder.onnx_encoder import OnnxEncoder
from index.passage import index_text
from index.people import people
from index.retriever import Retriever
from index.segment import Segment, draft, read
from index.store import Index
from index.types import Passage, Sentence, Transcript

Change = Callable[[Segment], Segment]


class AlteredIndex(Index):
    """An index whose segments are changed after they are read."""

    def __init__(self, index: Index, change: Change) -> None:
        super().__init__(index.directory, index.manifest)
        self._change, self._changed = change, {}

    def segment(self, id: str) -> Segment:
        if id not in self._changed:
            self._changed[id] = self._change(super().segment(id))
        return self._changed[id]


def over(bot: Chatbot, change: Change) -> Chatbot:
    """The chatbot over an altered index."""
    return Chatbot(Retriever(AlteredIndex(bot.index, change), bot.retriever.encoder))


def chunks(transcript: Transcript, size: int) -> tuple[Passage, ...]:
    """Windows of so many characters that begin and end anywhere, across turns."""
    text, turns = transcript.text, transcript.turns

    def number(offset: int) -> int:
        return next(n for n, turn in enumerate(turns) if turn.start <= offset < turn.end)

    windows = [(start, min(start + size, len(text))) for start in range(0, len(text), size)]
    spans = [(number(start), number(end - 1), start, end) for start, end in windows]
    return tuple(
        Passage(f"{transcript.id}#c{start}", transcript.id, first, last, start, end,
                tuple(dict.fromkeys(turn.speaker for turn in turns[first : last + 1] if turn.speaker)))
        for first, last, start, end in spans
    )  # fmt: skip


def chunked(bot: Chatbot, folder: Path, size: int) -> Chatbot:
    """Passages cut every so many characters, encoded and indexed like the real ones."""

    def change(segment: Segment) -> Segment:
        card = bot.index.event_of(segment.transcript.id).card
        cut = chunks(segment.transcript, size)
        texts = tuple(index_text(segment.transcript, passage, card) for passage in cut)
        drafted = replace(draft(segment.transcript, card), passages=cut, texts=texts)
        folder.mkdir()
        for name, held in encode(drafted, bot.retriever.encoder, quietly).items():
            (folder / name).write_bytes(held)
        return read(folder)

    return over(bot, change)


def shifted(bot: Chatbot) -> Chatbot:
    """Sentences whose offsets are one too high."""
    return over(
        bot,
        lambda segment: replace(
            segment,
            sentences=tuple(
                Sentence(s.start + 1, min(s.end + 1, len(segment.transcript.text))) for s in segment.sentences
            ),
            starts=segment.starts + 1,
        ),
    )


def barred(bot: Chatbot, move: float) -> Chatbot:
    """The bars of the outcomes moved, up or down."""

    def rules(way: Way) -> Rule:
        rule = shipped(way)
        return replace(rule, answer=rule.answer + move, related=max(0.0, rule.related + move))

    return Chatbot(bot.retriever, rules)


class Unfiltered:
    """A face that loses whose words are asked for: everybody's are searched and quoted."""

    def __init__(self, bot: Chatbot) -> None:
        self.bot = bot

    def ask(self, question: Question) -> Answer:
        card = self.bot.index.events[0].card
        text = question.text
        for mention in reversed(people(text, card).spans):
            text = f"{text[: mention.start]}嘉宾{text[mention.end :]}"
        return replace(self.bot.ask(replace(question, text=text)), question=question.text)


def prefixed(bot: Chatbot, folder: Path, *, query: str, passage: str) -> Chatbot:
    """Questions and passages encoded with other prompts than the model was trained with."""
    encoder = bot.retriever.encoder
    assert isinstance(encoder, OnnxEncoder)
    card = replace(encoder.card, query_prompt=query, passage_prompt=passage)
    return rebuilt(bot.index, replace(encoder, card=card), folder)


class LeadsIn:
    """A face that moved the first quote into the lead, and lost its citation on the way."""

    def __init__(self, bot: Chatbot) -> None:
        self.bot = bot

    def ask(self, question: Question) -> Answer:
        answer = self.bot.ask(question)
        if not answer.claims:
            return answer
        first = answer.claims[0]
        return replace(
            answer,
            lead=f"{answer.lead} {first.text}",
            claims=answer.claims[1:],
            citations=tuple(c for c in answer.citations if c.number not in first.citations),
        )


def passage_prompt_on_questions(bot: Chatbot) -> Chatbot:
    """Questions encoded with the prompt that is for passages."""
    encoder = bot.retriever.encoder
    assert isinstance(encoder, OnnxEncoder)
    mistaken = replace(encoder, card=replace(encoder.card, query_prompt=encoder.card.passage_prompt))
    return Chatbot(Retriever(bot.index, mistaken))
