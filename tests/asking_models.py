"""A model at an address, and what it says to one prompt."""

from __future__ import annotations

from langchain_core.messages import HumanMessage, SystemMessage

from bot.model.chat import Model
from bot.model.providers import open_model
from bot.model.types import Writer
from bot.settings import Settings

ASKED = [SystemMessage("Answer from the sentences."), HumanMessage("[S1] 我们保持中立。\n为什么保持中立？")]


def model_at(url: str, **settings: object) -> Model:
    given = {"model": "openai:m", "model_url": url, "model_first": 3.0, "model_total": 4.0, "model_output": 50}
    return open_model(Settings.model_validate(given | {"model_context": 1024} | settings))


def spoken(model: Writer) -> str:
    return "".join(model.stream(ASKED))
