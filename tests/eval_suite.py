"""A suite of one case over the packaged event, and the command that reads it."""

from pathlib import Path

from click.testing import CliRunner

from eval.commands import eval_command

QUOTE = "今天我想主要给大家讲如何和阿里、腾讯、百度去PK。"


def invoke(*words: str):
    return CliRunner().invoke(eval_command, list(words))


def panel(folder: Path, line: int = 15, quote: str = QUOTE, question: str = "老季讲什么?") -> Path:
    """A suite over the packaged event."""
    path = folder / "mine.yaml"
    path.write_text(
        f"""\
# a comment that stays
schema: 1
suite: mine
transcript: a-plan-01
cases:
  - id: theme
    split: dev
    lang: zh
    type: fact
    question: {question}
    answerable: "yes"
    outcome: [answer]
    speaker: [季昕华]
    evidence:
      - - {{line: {line}, quote: "{quote}", speaker: 季昕华}}  # why this one
""",
        "utf-8",
    )
    return path
