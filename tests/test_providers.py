"""Models by name: what each provider is told, where keys may stand, and what is said where a package is missing."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from bot.model.providers import open_model
from bot.model.types import ModelFailed
from bot.settings import Settings, read_settings
from index.errors import InputError
from tests.asking_models import model_at, spoken
from tests.model_server import (
    Behaviour,
    hanging_up,
    saying,
    sending,
    serving,
    silent,
)

CANARY = "sk-canary-7f3a9e"
ECHO = json.dumps({"error": {"message": f"Incorrect API key provided: {CANARY}"}}).encode()


@pytest.mark.parametrize("provider", ["openai", "ollama", "anthropic"])
@pytest.mark.parametrize("body", [sending(ECHO, 401, "application/json"), sending(ECHO, 500, "application/json"), silent(), hanging_up])  # fmt: skip
def test_the_key_occurs_nowhere(provider: str, body: Behaviour, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(body) as server:
        url = server.url.removesuffix("/v1") if provider != "openai" else server.url
        settings = Settings.model_validate({
            "model": f"{provider}:m", "model_url": url, "model_key": CANARY, "model_first": 2, "model_tries": 1,
        })  # fmt: skip
        model = open_model(settings)
        with pytest.raises(ModelFailed) as failed:
            spoken(model)
    assert CANARY.encode() in server.requests[0]
    told = "".join(traceback.format_exception(failed.value))
    seen = [str(failed.value), repr(failed.value), told, repr(model), repr(model._chat), str(model._chat.model_dump())]
    seen += [repr(settings), settings.model_dump_json(), caplog.text]
    assert not [text for text in seen if CANARY in text]


def test_the_key_is_not_taken_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(f'model_key = "{CANARY}"')
    with pytest.raises(InputError, match="ROUNDTABLE_MODEL_KEY") as refused:
        read_settings(environment={}, dotenv=tmp_path / "none", config=tmp_path / "c.toml")
    assert CANARY not in str(refused.value)
    assert read_settings(environment={"ROUNDTABLE_MODEL_KEY": CANARY}, dotenv=tmp_path / "none").model_key


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with serving(saying("好。")) as server:
        assert spoken(model_at(server.url, model_first=10, model_total=10)) == "好。"
    with pytest.raises(InputError, match="ROUNDTABLE_MODEL_KEY"):
        open_model(Settings(model="openai:m"))


@pytest.mark.parametrize("name", ["gpt-4", "openai:", ":m", ""])
def test_a_name_without_provider_or_model_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="PROVIDER:MODEL"):
        open_model(Settings(model=name))


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("ollama:m", "pip install 'roundtable[ollama]'"),
        ("openai:m", "pip install 'roundtable[openai]'"),
        ("mistralai:m", "pip install langchain-mistralai"),
    ],
)
def test_a_missing_package_is_named_with_the_command_that_installs_it(name: str, command: str) -> None:
    code = f"""
import sys
sys.modules |= dict.fromkeys(["langchain_ollama", "langchain_openai", "openai", "langchain_mistralai"])
from bot.model.providers import open_model
from bot.settings import Settings
open_model(Settings(model={name!r}))
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr
    assert out.splitlines()[-1].startswith("index.errors.InputError: ")
    assert out.splitlines()[-1].endswith(f"is not installed; install it with: {command}")


def test_a_provider_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match="'nobody:m' cannot be used: 'nobody' is no provider that LangChain knows"):
        open_model(Settings(model="nobody:m"))


def test_ollama_is_told_how_long_the_prompt_may_be() -> None:
    row = {"model": "m", "created_at": "2026-01-01T00:00:00Z", "message": {"role": "assistant", "content": "好。"}}
    rows = [
        row | {"done": False},
        row | {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"},
    ]
    body = b"".join(json.dumps(one).encode() + b"\n" for one in rows)
    with serving(sending(body, 200, "application/x-ndjson")) as server:
        settings = {"model": "ollama:m", "model_url": server.url.removesuffix("/v1"), "model_context": 4096}
        assert spoken(open_model(Settings.model_validate(settings | {"model_output": 99}))) == "好。"
    options = server.body()["options"]
    assert isinstance(options, dict)
    assert (options["num_ctx"], options["num_predict"], options["temperature"]) == (4096, 99, 0)


def test_anthropic_streams_too() -> None:
    events = [
        {"type": "message_start", "message": {"id": "1", "type": "message", "role": "assistant", "model": "m", "content": [], "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "好。"}},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 2}},
        {"type": "message_stop"},
    ]  # fmt: skip
    body = b"".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events)
    with serving(sending(body)) as server:
        settings = {"model": "anthropic:m", "model_url": server.url.removesuffix("/v1"), "model_key": "k"}
        assert spoken(open_model(Settings.model_validate(settings))) == "好。"
    assert (server.body()["max_tokens"], server.body()["temperature"]) == (800, 0)


def test_asking_without_a_model_imports_no_part_of_langchain_that_talks_to_models() -> None:
    code = "import sys, bot.chatbot, bot.cli.commands, bot.cli.serve_commands, bot.model.types, bot.settings; print(sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'bot.model.types'" in out
    assert not [name for name in ("'langchain.chat_models", "'langchain_openai", "'openai'", "'httpx") if name in out]
