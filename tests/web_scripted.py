"""Serves the scripted chatbot for the browser tests: ``python web_scripted.py STATE [--hostile] [SETTING=VALUE ...]``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from scripted import panel
from web_hostile import hostile_event

from bot.settings import Settings
from bot.web.serve import serve
from index.event import EventCard
from index.source import packaged_event, read_event, read_transcript


def main(state: str, *options: str) -> None:
    given = dict(option.split("=", 1) for option in options if "=" in option)
    sites = [site for site in given.pop("sites", "").split(",") if site]
    event = hostile_event() if "--hostile" in options else read_event(packaged_event())
    if edited := given.pop("edited", ""):  # a correction near the beginning, which moves everything behind it
        text = event.transcripts[0].text.replace(edited, f"{edited}（更正）", 1)
        event = replace(event, transcripts=(read_transcript(text, id=event.id, event=event.id, card=event.card),))
    card = EventCard.model_validate(event.card.model_dump() | {"allowed_sites": sites})
    events = [replace(event, card=card)]
    if "--library" in options:
        other = read_transcript(
            "林一: 大家好。\n陈二: 你好。\n林一: 再见。\n陈二: 再见。\n", id="other", event="other", card=None
        )
        events.append(
            replace(
                event,
                id="other",
                card=EventCard(title="另一场", allowed_sites=tuple(sites) if "--open" in options else ()),
                transcripts=(other,),
            )
        )
    chatbot = panel(float(given.pop("slow", "0")), events=events)
    settings = Settings.model_validate({"state": Path(state), **given})
    serve(settings, lambda _: chatbot, lambda url: print("AT", url, flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
