"""How near follow-ups come to their standalone forms, and whether a conversation colours questions that stand alone.

usage: python -m benchmarks.followups [--show]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from bot.chatbot import Chatbot
from bot.render import answer_text
from bot.types import Answer, Exchange, Question
from bot.wire import open_chatbot
from eval.grade import same_answer
from index.types import Scope

CASES = Path(__file__).with_suffix(".yaml")
EVENT = Scope(event="a-plan-01")


def main() -> None:
    chatbot = open_chatbot()
    cases = yaml.safe_load(CASES.read_text("utf-8"))
    for half, name in ((0, "dev"), (1, "held out")):
        followups, standalone = cases["followups"][half::2], cases["standalone"][half::2]
        # Those set aside are counted, never shown: what is looked at is no longer set aside.
        show = "--show" in sys.argv and not half
        near = sum(_followed(chatbot, case, show=show) for case in followups)
        clean = sum(_untouched(chatbot, case, show=show) for case in standalone)
        print(
            f"{name}: follow-ups answered as their standalone form {near} of {len(followups)}; "
            f"standalone questions untouched {clean} of {len(standalone)}"
        )


def _followed(chatbot: Chatbot, case: dict[str, object], *, show: bool) -> bool:
    told = _ask(chatbot, str(case["question"]), _talk(chatbot, case["past"]))  # type: ignore[arg-type]
    alone = _ask(chatbot, str(case["alone"]))
    same = same_answer(told, alone)
    if show and not same:
        print(f"- {case['past']} {case['question']} -> {told.asked}\n    {_line(told)}\n    alone: {_line(alone)}")
    return same


def _untouched(chatbot: Chatbot, case: dict[str, object], *, show: bool) -> bool:
    told = _ask(chatbot, str(case["question"]), _talk(chatbot, case["past"]))  # type: ignore[arg-type]
    alone = _ask(chatbot, str(case["question"]))
    same = told.asked == alone.asked and told.claims == alone.claims and told.outcome == alone.outcome
    if show and not same:
        print(f"- {case['past']} {case['question']} -> {told.asked}")
    return same


def _talk(chatbot: Chatbot, past: Sequence[str]) -> tuple[Exchange, ...]:
    """The conversation so far, with the bot's own answers."""
    talk: tuple[Exchange, ...] = ()
    for question in past:
        talk = (*talk, Exchange(question, answer_text(_ask(chatbot, question, talk), chatbot.index)))
    return talk


def _ask(chatbot: Chatbot, question: str, talk: tuple[Exchange, ...] = ()) -> Answer:
    return chatbot.ask(Question(question, talk, EVENT))


def _line(answer: Answer) -> str:
    return f"{answer.outcome.value} {' / '.join(c.quote[:70] for c in answer.citations)}"


if __name__ == "__main__":
    main()
