"""A talk small enough to read, its suite, and a scripted chatbot: what the evaluation's tests share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.types import Answer, Citation, Claim, Outcome, Question, Reason
from eval.load import Loaded, load
from index.source import read_event
from index.types import Hit, Legs, Passage, Transcript

TALK = """王芳:
我们去年卖了三十个亿,利润率是25%。公司在上海。
开源是我们的选择,因为社区最懂用户。
陈刚:
我不同意。闭源也能做好生意。
我们团队只有十二个人。
"""

CARD = """\
title = "一场小对话"
language = "zh"
[[speakers]]
name = "王芳"
[[speakers]]
name = "陈刚"
"""

SUITE = """\
schema: 1
suite: talk
transcript: talk
cases:
  - id: revenue
    split: dev
    lang: zh
    type: fact
    question: 去年卖了多少?
    paraphrases: ["营收是多少?"]
    answerable: "yes"
    outcome: [answer]
    speaker: [王芳]
    nuggets: [["30亿"]]
    must_not: ["52%"]
    evidence:
      - - {line: 2, quote: "我们去年卖了三十个亿", speaker: 王芳}
  - id: team
    split: dev
    lang: zh
    type: fact
    question: 团队有多少人?
    answerable: "yes"
    outcome: [answer]
    speaker: [陈刚]
    nuggets: [["12个人"]]
    locked: true
    evidence:
      - - {line: 6, quote: "我们团队只有十二个人。", speaker: 陈刚}
  - id: ipo
    split: test
    lang: zh
    type: absent
    question: 哪年上市?
    answerable: "no"
    kind: absent
    outcome: [abstain, related]
    reason: not_said
"""


def talk(folder: Path, text: str = TALK) -> Transcript:
    """The talk as the real reader reads it."""
    path = folder / "talk.txt"
    path.write_text(text, "utf-8")
    (folder / "event.toml").write_text(CARD, "utf-8")
    return read_event(path).transcripts[0]


def suite(folder: Path, text: str = SUITE, spoken: str = TALK) -> Loaded:
    """The suite, loaded against the talk."""
    path = folder / "talk.yaml"
    path.write_text(text, "utf-8")
    return load(path, lambda _: talk(folder, spoken))


def passages(transcript: Transcript) -> tuple[Passage, ...]:
    """One passage a turn."""
    return tuple(
        Passage(f"talk:{n}", transcript.id, n, n, turn.body, turn.end, (turn.speaker or "",))
        for n, turn in enumerate(transcript.turns)
    )


def hits(transcript: Transcript, *order: int) -> tuple[Hit, ...]:
    """Passages of turns, in the order given, best first."""
    units = passages(transcript)
    return tuple(Hit(units[n], 1.0 / rank, Legs()) for rank, n in enumerate(order, start=1))


def cite(transcript: Transcript, quote: str, number: int = 1) -> Citation:
    """A citation of words that stand once in the talk."""
    start = transcript.text.index(quote)
    turn = next(n for n, turn in enumerate(transcript.turns) if turn.start <= start < turn.end)
    voice = transcript.turns[turn]
    return Citation(
        number, transcript.event, transcript.id, transcript.revision, turn, start, start + len(quote),
        voice.speaker, voice.about, voice.kind, voice.section, (1, 1), quote, "",
    )  # fmt: skip


def quoting(transcript: Transcript, question: str, *quotes: str, confidence: float = 0.9) -> Answer:
    """An answer of exact quotes, with the turns they stand in as hits."""
    cited = tuple(cite(transcript, quote, number) for number, quote in enumerate(quotes, start=1))
    return Answer(
        question, question, Outcome.ANSWER, None, "zh", "",
        claims=tuple(Claim(citation.quote, (citation.number,)) for citation in cited),
        citations=cited, hits=hits(transcript, *dict.fromkeys(c.turn for c in cited)), confidence=confidence,
    )  # fmt: skip


def declining(question: str, *, confidence: float = 0.1) -> Answer:
    """An answer that says the talk does not say it."""
    return Answer(
        question, question, Outcome.ABSTAIN, Reason.NOT_SAID, "zh", "这份文字稿里没有谈到。", confidence=confidence
    )


class ScriptedChatbot:
    """Answers each question from its script; a script entry may be a function that fails."""

    def __init__(self, script: Mapping[str, Answer | Callable[[], Answer]]) -> None:
        self.script = script
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Answer:
        """The scripted answer; an unknown question is declined."""
        self.asked.append(question)
        found = self.script.get(question.text)
        if found is None:
            return declining(question.text)
        return found if isinstance(found, Answer) else found()


def scripted(transcript: Transcript) -> ScriptedChatbot:
    """A chatbot that gets every case of the suite right."""
    money, team = "我们去年卖了三十个亿,利润率是25%。", "我们团队只有十二个人。"
    asked = {"去年卖了多少?": money, "营收是多少?": money, "团队有多少人?": team}
    return ScriptedChatbot({question: quoting(transcript, question, quote) for question, quote in asked.items()})
