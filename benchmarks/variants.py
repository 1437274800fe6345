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
# How the name of a form ends that is counted and never shown: what is looked at is no longer set aside.
ASIDE = "_aside"


def main() -> None:
    chatbot = open_chatbot()
    loaded = load(suite_path(SUITE), chatbot.index.transcript)
    cases = {case.entry.id: case for case in loaded.suite.cases}
    written: dict[str, dict[str, str]] = yaml.safe_load(FORMS.read_text("utf-8"))
    plain = {id: cases[id].entry.question for questions in written.values() for id in questions}
    traditional = OpenCC("s2t")
    forms = {"traditional": {id: traditional.convert(plain[id]) for id in written["english"]}, **written}

    def passes(case: Case, question: str) -> bool:
        answer = chatbot.ask(Question(question, scope=Scope(event=SUITE)))
        return grade(case, answer, loaded.transcript).passed

    by_plain = {id for id, question in plain.items() if passes(cases[id], question)}
    for form, questions in forms.items():
        passed = {id for id, question in questions.items() if passes(cases[id], question)}
        of = len(questions)
        print(
            f"{form}: {len(passed)} of {of} pass, {100 * len(passed) / of:.1f} %; "
            f"the plain form {len(by_plain & questions.keys())}, {100 * len(by_plain & questions.keys()) / of:.1f} %"
        )
        if "--show" in sys.argv and not form.endswith(ASIDE):
            print("\n".join(f"  {id}: {questions[id]}" for id in sorted(questions.keys() & by_plain - passed)))


if __name__ == "__main__":
    main()
