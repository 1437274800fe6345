"""junit.xml: one test case a known question, as CI systems read it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement

from eval.grade import read
from eval.report.finding import Finding
from eval.run import Result

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(finding: Finding, path: Path) -> None:
    """Write the run as JUnit XML: a failed verdict is a failure, a crash an error, and the gate a case of its own."""
    results = finding.run.results
    root = Element("testsuites", name="roundtable eval")
    suite = SubElement(
        root,
        "testsuite",
        name=finding.run.suite.name,
        tests=str(len(results) + 1),
        failures=str(sum(not r.grade.passed and r.answer is not None for r in results) + (not finding.verdict.ok)),
        errors=str(sum(result.answer is None for result in results)),
        time=f"{finding.cost.total:.3f}",
    )
    for result in results:
        _case(suite, finding, result)
    gate = SubElement(suite, "testcase", classname=f"{finding.run.suite.name}.gate", name="gate", time="0")
    if not finding.verdict.ok:
        failure = SubElement(gate, "failure", message=_plain(finding.verdict.red[0]), type="regression")
        failure.text = _plain("\n".join(finding.verdict.red))
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _case(suite: Element, finding: Finding, result: Result) -> None:
    entry = result.case.entry
    case = SubElement(
        suite,
        "testcase",
        classname=f"{finding.run.suite.name}.{entry.type}",
        name=entry.id,
        file=str(finding.run.suite.path),
        line=str(result.case.line),
        time=f"{result.seconds:.3f}",
    )
    if result.answer is None:
        SubElement(case, "error", message=_plain(result.error or ""), type="crash").text = _plain(entry.question)
    elif not result.grade.passed:
        message = ", ".join(result.grade.failures)
        failure = SubElement(case, "failure", message=message, type=result.grade.failures[0])
        failure.text = _plain("\n".join((entry.question, read(result.answer), *result.grade.faults)))


def _plain(text: str) -> str:
    """Without the characters XML 1.0 has no way to write."""
    return _NOT_XML.sub("�", text)
