"""A real model behind a real server: SmolLM2, 135 million weights, in llama.cpp. What it says is of no matter here."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from langchain_core.messages import HumanMessage, SystemMessage

from benchmarks.llama import serving
from benchmarks.local_model import MODELS, NotTheModel, check, header, model_file
from bot.chatbot import Chatbot
from bot.model.chat import Model
from bot.model.providers import open_model
from bot.model.types import ModelFailed
from bot.settings import Settings
from bot.types import Question
from bot.written.author import Author
from index.cli import cli

NAME = "smollm2-135m"
ASKED = [SystemMessage("Answer in one sentence."), HumanMessage("What is the capital of France?")]
LONG = [HumanMessage("Tell a very long story about a river, a bridge and a boat.")]

NEUTRAL = "Why does UCloud stay neutral?"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(NAME, context=4096) as address:
        yield address


def opened(url: str, **settings: object) -> Model:
    given = {"model": f"openai:{NAME}", "model_url": url, "model_context": 1024, "model_output": 60}
    patient = {"model_first": 60, "model_total": 60}
    return open_model(Settings.model_validate(given | patient | settings))


def test_the_file_is_the_pinned_one_and_its_own_licence_field_says_apache() -> None:
    path = model_file(NAME)
    check(MODELS[NAME], path)
    assert dict(header(path))["general.license"] == "apache-2.0"


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    copy = Path(shutil.copy(model_file(NAME), tmp_path / "changed.gguf"))
    with copy.open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    with pytest.raises(NotTheModel, match="has the sum"):
        check(MODELS[NAME], copy)


def test_it_streams_and_says_the_same_twice(url: str) -> None:
    model = opened(url, model_output=400)
    first = list(model.stream(ASKED))
    assert len(first) > 3
    assert "".join(first) == "".join(model.stream(ASKED))


def test_it_is_stopped_at_the_bound(url: str) -> None:
    got: list[str] = []
    with pytest.raises(ModelFailed) as failed:
        got.extend(opened(url, model_output=16).stream(LONG))
    assert failed.value.kind == "too_long"
    assert 0 < len(got) <= 16


def test_hanging_up_frees_the_server_for_the_next_visitor(url: str) -> None:
    model = opened(url, model_output=900, model_context=2048)
    pieces = model.stream(LONG)
    next(pieces)
    began = time.monotonic()
    for _ in range(30):
        next(pieces)
    tenth = (time.monotonic() - began) * 3  # of the whole story of 900 tokens, on this machine as busy as it is
    pieces.close()  # type: ignore[attr-defined]
    began = time.monotonic()
    next(model.stream(ASKED))
    assert time.monotonic() - began < 5 * tenth  # the server has one place: after the story it would be nine


def test_a_prompt_beyond_its_window_is_a_failure_that_does_not_tell_on_the_server(url: str) -> None:
    model = opened(url)
    for _ in range(6):
        with pytest.raises(ModelFailed) as failed:
            list(model.stream([HumanMessage("word " * 6000)]))
        assert failed.value.kind == "refused"
    assert next(model.stream(ASKED))


def test_whatever_it_says_the_answer_is_checked(chatbot: Chatbot, url: str) -> None:
    writer = opened(url, model_context=1100, model_output=64)
    answer = Chatbot(chatbot.retriever, author=Author(writer, chatbot.retriever.encoder)).ask(Question(NEUTRAL))
    assert answer.claims
    assert answer.model == f"openai:{NAME}"
    text = chatbot.index.transcript("a-plan-01").text
    assert all(text[c.start : c.end] == c.quote for c in answer.citations)
    cited = {c.number: c.quote for c in answer.citations}
    verbatim = [claim for claim in answer.claims if claim.status == "verbatim"]
    assert all(claim.text == cited[claim.citations[0]] for claim in verbatim)
    assert all(claim.citations for claim in answer.claims)


def test_ask_takes_a_model_by_name(url: str) -> None:
    env = {"ROUNDTABLE_MODEL_URL": url, "ROUNDTABLE_MODEL_CONTEXT": "1100", "ROUNDTABLE_MODEL_OUTPUT": "64"}
    words = ["ask", NEUTRAL, "--model", f"openai:{NAME}", "--json"]
    asked = CliRunner().invoke(cli, words, env=env | {"ROUNDTABLE_MODEL_FIRST": "60", "ROUNDTABLE_MODEL_TOTAL": "60"})
    assert asked.exit_code == 0, asked.output
    row = json.loads(asked.output)
    assert (row["model"], row["mode"] in ("llm", "verbatim"), bool(row["claims"])) == (f"openai:{NAME}", True, True)
