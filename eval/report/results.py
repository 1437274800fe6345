"""results.json: every case with what was asked, found, answered and scored. It can be the baseline of another run."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from bot.types import Answer, Citation
from eval.baseline import SCHEMA, case_digest, cited, forbidden, takes
from eval.case import Case
from eval.chance import Rate
from eval.grade import read
from eval.ranking import finds
from eval.report.finding import Finding
from eval.run import Result, Take
from index.lines import source_lines
from index.types import Hit, Transcript

Row = dict[str, object]


def write_results(finding: Finding, path: Path) -> None:
    """Write everything a run found."""
    path.write_text(json.dumps(results(finding), ensure_ascii=False, indent=1) + "\n", "utf-8")


def results(finding: Finding) -> Row:
    """The whole of results.json."""
    run = finding.run
    return {
        "schema": SCHEMA,
        "suite": run.suite.name,
        "suite_digest": run.suite.digest,
        "transcript": run.suite.transcript,
        "corpus": run.suite.corpus,
        "whole": run.whole,
        "encoder": finding.encoder.model_dump(),
        "machine": finding.machine.model_dump(mode="json"),
        "takes": takes(run),
        "cost": asdict(finding.cost),
        "verdict": _verdict(finding),
        "summary": _summary(finding),
        "cases": [_case(finding, result) for result in run.results],
    }


def _verdict(finding: Finding) -> Row:
    verdict = finding.verdict
    return {
        "ok": verdict.ok,
        "red": list(verdict.red),
        "notes": list(verdict.notes),
        "compared": verdict.compared,
        "tests": [asdict(test) for test in verdict.tests],
        "flips": [
            {"id": flip.result.case.id, "to": "lost" if flip.lost else "won", "machine": flip.machine}
            for flip in verdict.flips
        ],
    }


def _summary(finding: Finding) -> Row:
    summary = finding.summary
    groups = {"measures": summary.measures, "by_type": summary.by_type, "by_split": summary.by_split}
    groups |= {"by_lang": summary.by_lang, "rates": summary.rates}
    return {
        **{name: {key: _rate(rate) for key, rate in rates.items()} for name, rates in groups.items()},
        "outcomes": {
            name: {"precision": _rate(precision), "recall": _rate(recall)}
            for name, (precision, recall) in summary.outcomes.items()
        },
        "confusion": [
            {"expected": expected, "given": given, "cases": cases}
            for (expected, given), cases in sorted(summary.confusion.items())
        ],
        "augrc": summary.augrc,
        "risk_coverage": [asdict(point) for point in summary.risk],
        "latency_ms": {stage: asdict(latency) for stage, latency in summary.latency.items()},
        "crashes": summary.crashes,
    }


def _rate(rate: Rate) -> Row:
    return {"value": rate.value, "low": rate.low, "high": rate.high, "n": rate.n}


def _case(finding: Finding, result: Result) -> Row:
    entry, grade, transcript = result.case.entry, result.grade, finding.run.transcript
    return {
        "id": entry.id,
        "digest": case_digest(result),
        "line": result.case.line,
        "split": entry.split,
        "lang": entry.lang,
        "type": entry.type,
        "locked": entry.locked,
        "question": entry.question,
        "asked": result.answer.asked if result.answer else entry.question,
        "passed": grade.passed,
        "failures": list(grade.failures),
        "faults": list(grade.faults),
        "error": result.error,
        "outcome": str(result.answer.outcome) if result.answer else "crash",
        "reason": str(result.answer.reason) if result.answer and result.answer.reason else None,
        "confidence": result.answer.confidence if result.answer else 0.0,
        "expected": _expected(result.case),
        "forbidden": forbidden(result),
        "measures": result.measures,
        "takes": [_take(take) for take in result.takes],
        "answer": _answer(result.answer) if result.answer else None,
        "cited": [list(interval) for interval in cited(result)],
        "citations": [_citation(citation) for citation in result.answer.citations] if result.answer else [],
        "hits": [_hit(hit, result.case, transcript) for hit in result.answer.hits] if result.answer else [],
        "paraphrases": [asdict(phrasing) for phrasing in result.phrasings],
        "seconds": {**(result.answer.seconds if result.answer else {}), "wall": result.seconds},
    }


def _take(take: Take) -> Row:
    return {
        "passed": take.grade.passed,
        "failures": list(take.grade.failures),
        "outcome": str(take.answer.outcome) if take.answer else "crash",
        "error": take.error,
        "text": read(take.answer) if take.answer else None,
        "seconds": take.seconds,
    }


def _expected(case: Case) -> Row:
    entry = case.entry
    return {
        "answerable": entry.answerable,
        "kind": entry.kind,
        "outcome": [str(outcome) for outcome in entry.outcome],
        "reason": [str(reason) for reason in entry.reasons],
        "speaker": list(entry.speaker),
        "nuggets": [list(group) for group in entry.nuggets],
        "must_not": list(entry.must_not),
        "evidence": [[asdict(span) for span in alternative] for alternative in case.gold],
    }


def _answer(answer: Answer) -> Row:
    return {
        "text": read(answer),
        "lead": answer.lead,
        "claims": [{"lead": c.lead, "text": c.text, "citations": list(c.citations)} for c in answer.claims],
        "missing": list(answer.missing),
        "silent": list(answer.silent),
        "notes": list(answer.notes),
        "mode": answer.mode,
        "model": answer.model,
    }


def _citation(citation: Citation) -> Row:
    shown = ("number", "transcript", "turn", "speaker", "about", "section", "start", "end", "lines", "quote", "place")
    return {name: getattr(citation, name) for name in shown} | {"kind": str(citation.kind)}


def _hit(hit: Hit, case: Case, transcript: Transcript) -> Row:
    passage = hit.passage
    spans = [span for alternative in case.gold for span in alternative]
    return {
        "passage": passage.id,
        "speakers": list(passage.speakers),
        "start": passage.start,
        "end": passage.end,
        "lines": list(source_lines(transcript, passage.start, passage.end)),
        "score": hit.score,
        "legs": asdict(hit.legs),
        "evidence": any(finds(span, (passage.start, passage.end)) for span in spans),
    }
