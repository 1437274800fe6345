"""Questions put politely or chattily, and whether the answer is still the plain question's.

    python -m benchmarks.manners [--show]

The dev and cal cases of the panel's suite, Chinese and English, in every manner below; every second case is set aside:
counted, never shown. The last two of each language are ones that bot/spelling/manner.py was not told of.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from bot.types import Answer, Question
from bot.wire import open_chatbot
from eval.grade import same_answer
from eval.load import load, suite_path
from index.types import Scope

SUITE = "a-plan-01"
MANNERS: Mapping[str, tuple[str, ...]] = {
    "zh": (
        "请问{}",
        "你好,请问一下{}?谢谢",
        "我想知道{}",
        "能不能讲讲{}",
        "麻烦问一下,{}呢?",
        "想请教一下,{}",
        "那个,{}啊",
        "话说{}来着",
        "可以告诉我{}吗",
        "我没太听懂,{}",
        "小白提问:{}",
        "刚才走神了,{}",
    ),
    "en": (
        "Could you tell me {}",
        "Hi, {} Thanks!",
        "I'd like to know: {}",
        "Please, {}",
        "Sorry, but {}",
        "Quick question: {}",
        "New here, {}",
        "Maybe I missed it, but {}",
    ),
}


def main() -> None:
    """Print, for each manner, how many questions are still answered as the plain ones are."""
    chatbot = open_chatbot()
    cases = load(suite_path(SUITE), chatbot.index.transcript).suite.cases
    wanted = [c.entry for c in cases if c.entry.split != "test" and not c.entry.history and c.entry.kind != "injection"]

    def ask(question: str) -> Answer:
        return chatbot.ask(Question(question, scope=Scope(event=SUITE)))

    plain = {entry.id: ask(entry.question) for entry in wanted}
    for lang, manners in MANNERS.items():
        entries = [entry for entry in wanted if entry.lang == lang]
        aside = {entry.id for entry in entries[1::2]}
        for manner in manners:
            counts = {False: 0, True: 0}
            for entry in entries:
                bare = (
                    entry.question.rstrip("?？")
                    if manner.endswith(("吗", "谢谢", "呢?", "啊", "来着"))
                    else entry.question
                )
                answer = ask(manner.format(bare))
                same = same_answer(plain[entry.id], answer)
                counts[entry.id in aside] += same
                if "--show" in sys.argv and entry.id not in aside and not same:
                    print(
                        f"  {entry.id}: {manner.format(bare)} [{plain[entry.id].outcome.value} {answer.outcome.value}]"
                    )
            of = len(entries) - len(aside)
            print(f"{manner}: dev {counts[False]} of {of}, aside {counts[True]} of {len(aside)}")


if __name__ == "__main__":
    main()
