"""An answer on the terminal; colours respect NO_COLOR and pipes."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from .page_words import word
from .render import AnswerRow, CitationRow


def show_answer(row: AnswerRow, *, explain: bool = False) -> None:
    """Print what a person reads: the answer, where its quotes stand, and what to ask next."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(row["text"]))
    for note in row["notes"]:
        console.print(Text(note, style="dim"))
    if row["mode"] == "llm":
        console.print(Text(f"{word('en' if row['lang'] == 'en' else 'zh', 'written')} · {row['model']}", style="dim"))
    for citation in row["citations"]:
        # Prose shows what it rests on here; verbatim claims are their quotes.
        quote = f" {citation['quote']}" if row["mode"] == "llm" else ""
        console.print(Text(f"[{citation['number']}] {_where(citation)}{quote}", style="cyan"))
    if row["outcome"] == "abstain":
        for hit in row["hits"][:3]:
            console.print(Text(f"· {hit['text'][:60].splitlines()[0]}…", style="dim"))
    if row["suggestions"]:
        console.print(Text(" / ".join(row["suggestions"]), style="green"))
    if explain:
        _explain(console, row)


def _where(citation: CitationRow) -> str:
    who = citation["speaker"] or citation["about"] or ""
    return " · ".join(part for part in (who, citation["place"], citation["clock"], citation["link"] or "") if part)


def _explain(console: Console, row: AnswerRow) -> None:
    reason = f" ({row['reason']})" if row["reason"] else ""
    console.print(
        Text(f"{row['outcome']}{reason}, confidence {row['confidence']:.2f}, asked: {row['asked']}", style="dim")
    )
    for place, hit in enumerate(row["hits"], 1):
        words = hit["text"][:70].splitlines()[0]
        console.print(
            Text(f"{place:2}. {hit['score']:7.2f}  {hit['passage']}  {hit['speaker'] or ''}  {words}", style="dim")
        )
    stages = ", ".join(f"{stage} {1000 * seconds:.1f} ms" for stage, seconds in row["seconds"].items())
    console.print(Text(stages, style="dim"))
