"""An answer on the terminal, as it is made and whole; colours respect NO_COLOR and pipes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext

from rich.console import Console
from rich.text import Text

from index.store import Index

from ..page.words import word
from ..render import AnswerRow, CitationRow, answer_row, claim_lines, closing_lines
from ..types import Claim, ClaimMade, Event, Finished, Lang


def show_stream(events: Iterable[Event], index: Index, lang: Lang, *, explain: bool = False) -> AnswerRow:
    """Print an answer as it is made, and return it: what a model writes sentence by sentence, as each is checked.

    Quotes wait for the line before them, which is known at the end, unless prose stands before them already.
    """
    console, waiting, begun = Console(highlight=False, soft_wrap=True), list[Claim](), False
    for event in _watched(events, console, word(lang, "slow")):
        if isinstance(event, ClaimMade):
            waiting.append(event.claim)
            begun = begun or event.claim.status == "supported"
            for claim in waiting if begun else ():
                console.print(Text("\n".join(claim_lines(claim, lang))))
            waiting = [] if begun else waiting
        elif isinstance(event, Finished):
            answer, row = event.answer, answer_row(event.answer, index)
            lead = [answer.lead.rstrip(":：")] if answer.lead else []
            show_answer(row, explain=explain, text="\n".join((*lead, *closing_lines(answer, index))) if begun else None)
    return row


def _watched(events: Iterable[Event], console: Console, words: str) -> Iterator[Event]:
    """The events; at a terminal with a line that says so while one is waited for."""
    coming = iter(events)
    while True:
        with console.status(words) if console.is_terminal else nullcontext():
            event = next(coming, None)
        if event is None:
            return
        yield event


def show_answer(row: AnswerRow, *, explain: bool = False, text: str | None = None) -> None:
    """Print what a person reads: the answer, or ``text`` of it, where its quotes stand, and what to ask next."""
    console = Console(highlight=False, soft_wrap=True)
    if text is None or text:
        console.print(Text(row["text"] if text is None else text))
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
