"""An event that tries to run script from every field it has."""

from __future__ import annotations

from scripted import SECOND, WHY_NEUTRAL, YEAR

from index.event import Event, EventCard
from index.source import read_transcript

PAYLOADS = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=2>",
    "<svg/onload=window.hacked=3>",
    "[click](javascript:window.hacked=4)",
    "![x](https://evil.test/pixel.png)",
    '"><iframe srcdoc="<script>parent.hacked=5</script>">',
    "</script><script>window.hacked=6</script>",
    "</div>\n\n<img src=x onerror=window.hacked=7>\n\n**bold**",
    "{{7*7}} ${window.hacked=8} $$\\href{javascript:window.hacked=8}{x}$$",
    "<a href='javascript:window.hacked=9'>x</a>",
    "' onmouseover='window.hacked=10' autofocus onfocus='window.hacked=10",
    "<math><mtext><style><img src=x onerror=window.hacked=11></style></mtext></math>",
    "<form action=https://evil.test><input name=id></form><base href=https://evil.test/>",
)
ALL = " ".join(payload.replace("\n", " ") for payload in PAYLOADS)


def hostile_event() -> Event:
    """A card and a transcript made of payloads."""
    name = PAYLOADS[1][:79]
    card = EventCard.model_validate(
        {
            "title": PAYLOADS[0] + PAYLOADS[2],
            "title_en": PAYLOADS[6],
            "series": PAYLOADS[1],
            "series_en": PAYLOADS[5],
            "date": "<svg/onload=window.hacked=12>",
            "link": "https://example.org/\"onclick=\"window.hacked=13",
            "language": "zh",
            "speakers": [{"name": name, "name_en": PAYLOADS[2], "organisation": PAYLOADS[3], "role": PAYLOADS[5][:110],
                          "role_en": PAYLOADS[9]}],
            "parts": [{"title": PAYLOADS[2]}, {"title": PAYLOADS[0], "title_en": PAYLOADS[1], "heading": "01"}],
        }
    )  # fmt: skip
    lines = [
        f"{name}:",
        *(payload.replace("\n", " ") + "。" for payload in PAYLOADS),
        "01",
        f"{name}:",
        ALL,
        WHY_NEUTRAL,
        SECOND,
        YEAR,
    ]
    text = "\n".join(["标题", *lines]) + "\n"
    return Event("hostile", card, (read_transcript(text, id="hostile", event="hostile", card=card),))
