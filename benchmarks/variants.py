"""Questions in Traditional characters, with slips, and in English against their plain Chinese form: passed by the
suite's own rules. Cases of the dev and cal splits only.

usage: python -m benchmarks.variants [--show]
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from opencc import OpenCC

from bot.types import Question
from bot.wire import open_chatbot
from eval.case import Case
from eval.grade import grade
from eval.load import load, suite_path
from index.types import Scope

FORMS = Path(__file__).with_suffix(".yaml")
SUITE = "a-plan-01"


def main() -> None:
    chatbot = open_chatbot()
    loaded = load(suite_path(SUITE), chatbot.index.transcript)
    cases = {case.entry.id: case for case in loaded.suite.cases}
    forms: dict[str, dict[str, str]] = yaml.safe_load(FORMS.read_text("utf-8"))
    plain = {id: cases[id].entry.question for id in forms["english"]}
    traditional = OpenCC("s2t")
    forms = {"plain": plain, "traditional": {id: traditional.convert(q) for id, q in plain.items()}, **forms}
    passed: dict[str, set[str]] = {}

    def passes(case: Case, question: str) -> bool:
        answer = chatbot.ask(Question(question, scope=Scope(event=SUITE)))
        return grade(case, answer, loaded.transcript).passed

    for form, questions in forms.items():
        passed[form] = {id for id, question in questions.items() if passes(cases[id], question)}
        lost = sorted(passed["plain"] - passed[form])
        print(f"{form}: {len(passed[form])} of {len(questions)} pass, {100 * len(passed[form]) / len(questions):.1f} %")
        if "--show" in sys.argv and lost:
            print("\n".join(f"  {id}: {questions[id]}" for id in lost))


if __name__ == "__main__":
    main()
