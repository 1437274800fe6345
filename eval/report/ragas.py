"""A run as rows of ragas' dataset format (``EvaluationDataset.from_jsonl``), without ragas."""

from __future__ import annotations

import json
from pathlib import Path

from eval.case import Case
from eval.grade import read
from eval.report.finding import Finding
from eval.run import Result
from eval.source import SuiteError
from index.types import Transcript

NOT_SAID = {"zh": "文字稿里没有谈到。", "en": "The transcript does not say."}


def write_ragas(finding: Finding, path: Path) -> None:
    """Write one JSON line a case.

    Raises:
        SuiteError: it cannot be written.
    """
    rows = (ragas_row(result, finding.run.transcript) for result in finding.run.results)
    try:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    except OSError as error:
        raise SuiteError(f"{path} cannot be written ({error.strerror}); name another file with --ragas") from error


def ragas_row(result: Result, transcript: Transcript) -> dict[str, object]:
    """The fields of ragas' SingleTurnSample; a follow-up is asked as it was resolved, a crash answers nothing."""
    answer = result.answer
    passages = [hit.passage for hit in answer.hits] if answer else []
    return {
        "user_input": answer.asked if answer else result.case.entry.question,
        "retrieved_contexts": [transcript.text[passage.start : passage.end] for passage in passages],
        "reference_contexts": quotes(result.case),
        "response": read(answer) if answer else "",
        "reference": reference(result.case),
    }


def quotes(case: Case) -> list[str]:
    """The quotes of the first way to answer a case."""
    return [span.quote for span in case.gold[0]] if case.gold else []


def reference(case: Case) -> str:
    """What a right answer rests on, in the speakers' words; or that there is none."""
    found = quotes(case)
    return "\n".join(found) if found and case.entry.answerable != "no" else NOT_SAID[case.entry.lang]
