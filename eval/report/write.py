"""The four files of a report."""

from __future__ import annotations

from pathlib import Path

from eval.report.finding import Finding
from eval.report.junit import write_junit
from eval.report.markdown import write_markdown
from eval.report.page import write_page
from eval.report.results import write_results
from eval.source import SuiteError


def write_report(finding: Finding, folder: Path) -> None:
    """Write results.json, junit.xml, summary.md and report.html.

    Raises:
        SuiteError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_results(finding, folder / "results.json")
        write_junit(finding, folder / "junit.xml")
        write_markdown(finding, folder / "summary.md")
        write_page(finding, folder / "report.html")
    except OSError as error:
        raise SuiteError(
            f"the report cannot be written to {folder} ({error.strerror}); choose another folder"
        ) from error
