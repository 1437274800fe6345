"""A language model's opinion of answers, beside the measures and never in the gate."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from bot.model.types import ModelFailed, Writer
from eval.grade import read
from eval.report.ragas import reference
from eval.run import Result
from prompts.load import Prompt, load

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

Grade = Literal["right", "partly", "wrong"]
Ballot = Grade | Literal["unread", "failed"]
"""A vote: a grade, or a reply in which no grade could be read, or a call that failed."""
Opinion = Ballot | Literal["split"]
"""What most votes say; ``split`` where no vote has more than half."""

GRADES: tuple[Grade, ...] = get_args(Grade)
OPINIONS: tuple[Opinion, ...] = (*GRADES, "split", "unread", "failed")
VOTES = 3  # opinions asked of the judge on an answer
_THOUGHT = re.compile(r"<think>.*?(</think>|\Z)", re.DOTALL)
_GRADE = re.compile(r"\b(RIGHT|PARTLY|WRONG)\b")
_SCALE = re.compile(r"^- (?:RIGHT|PARTLY|WRONG)\b.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the judge thinks of its answer, vote by vote."""

    case: str
    passed: bool
    opinion: Opinion
    ballots: tuple[Ballot, ...]


class Judge:
    """Asks a model for its grade several times, the grades in another order each time: the one listed first is
    favoured, and at temperature 0 the same prompt gives the same vote.
    """

    def __init__(self, writer: Writer, votes: int = VOTES) -> None:
        self._writer, self._votes = writer, votes
        self._prompts = {lang: load("judge", lang) for lang in ("zh", "en")}

    def of(self, results: Iterable[Result]) -> Iterator[Judged]:
        """Judge every answer; a crash is wrong without being shown."""
        for result in results:
            ballots = tuple(self._ballots(result)) if result.answer else ("wrong",)
            yield Judged(result.case.id, result.grade.passed, opinion(ballots), ballots)

    def _ballots(self, result: Result) -> Iterator[Ballot]:
        lang = result.case.entry.lang
        for turn in range(self._votes):
            prompt = turned(self._prompts[lang], turn)
            try:
                yield ballot("".join(self._writer.stream(_messages(prompt, result))))
            except ModelFailed:
                yield "failed"


def ballot(reply: str) -> Ballot:
    """The grade on the last line of a reply; one line with several grades, or with none, is unread."""
    lines = [line for line in _THOUGHT.sub("", reply).splitlines() if line.strip()]
    found = set(_GRADE.findall(lines[-1].upper())) if lines else set()
    return next(grade for grade in GRADES if grade.upper() in found) if len(found) == 1 else "unread"


def opinion(ballots: Sequence[Ballot]) -> Opinion:
    """What more than half of the votes say."""
    (most, count), *_ = Counter(ballots).most_common()
    return most if 2 * count > len(ballots) else "split"


def turned(prompt: Prompt, by: int) -> Prompt:
    """The prompt with the grades of its scale in another order."""
    scale = _SCALE.findall(prompt.system)
    order = iter(scale[by % len(scale) :] + scale[: by % len(scale)])
    return replace(prompt, system=_SCALE.sub(lambda _: next(order), prompt.system))


def _messages(prompt: Prompt, result: Result) -> list[BaseMessage]:
    answer = read(result.answer) if result.answer else ""
    tag = "data-" + hashlib.sha256(f"{result.case.id}\0{answer}".encode()).hexdigest()[:16]
    question = result.case.entry.standalone or result.case.entry.question
    return prompt.messages(tag=tag, question=question, reference=reference(result.case), answer=answer)
