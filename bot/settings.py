"""The settings of ``roundtable serve``: command line, environment (``ROUNDTABLE_*``), ``.env``, a TOML file."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import platformdirs
from dotenv import dotenv_values
from limits import parse_many
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from index.errors import InputError

PREFIX = "ROUNDTABLE_"
CONFIG = PREFIX + "CONFIG"
# Read by other parts of Roundtable, not by the server.
_ELSEWHERE = frozenset({"DATA", "CACHE", "DEBUG", "CONFIG"})


def _state() -> Path:
    named = os.environ.get(PREFIX + "DATA")
    return (Path(named) if named else Path(platformdirs.user_data_dir("roundtable", appauthor=False))) / "state"


class Settings(BaseModel):
    """Everything an organiser can set; an unknown key is refused, so that a typing error never passes silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)
    root_path: str = Field("", pattern=r"^(/[\w.~-]+)*$")
    public_url: str = Field("", pattern=r"^$|^https?://[^/?#]+(/[^?#]*)?$")
    workers: int = Field(1, ge=1, le=64)
    threads: int = Field(8, ge=1, le=256)
    trusted_proxies: str = "127.0.0.1"
    index: Path | None = None
    embedding: str | None = None
    state: Path = Field(default_factory=_state)
    secret: SecretStr | None = None
    chat: bool = True
    demo: bool = False
    watch: bool = False
    question_limit: str = "30/minute;1000/day"
    feedback_limit: str = "30/minute"
    concurrent: int = Field(4, ge=1)
    concurrent_total: int = Field(256, ge=1)
    max_question: int = Field(500, ge=1, le=4000)
    max_history: int = Field(20, ge=0, le=100)
    max_body: int = Field(65536, ge=1024)
    feedback: bool = True
    feedback_days: int = Field(365, ge=1)
    log_questions: bool = False
    log_days: int = Field(30, ge=1)
    log_text: bool = False
    log_requests: bool = False
    log_format: Literal["json", "plain"] = "plain"
    metrics_port: int | None = Field(None, ge=1, le=65535)
    session_minutes: int = Field(15, ge=1)
    require_session: bool = False
    model: str | None = None
    prompts: Path | None = None
    model_url: str = Field("", pattern=r"^$|^https?://[^/?#@]+(/[^?#]*)?$")
    model_key: SecretStr | None = None
    model_context: int = Field(8192, ge=1024)
    model_output: int = Field(800, ge=16, le=8192)
    model_connect: float = Field(5, gt=0, le=60)
    model_first: float = Field(30, gt=0, le=600)
    model_total: float = Field(90, gt=0, le=1800)
    model_tries: int = Field(3, ge=1, le=10)
    model_temperature: float | Literal["default"] = 0.0

    @field_validator("question_limit", "feedback_limit")
    @classmethod
    def _is_a_limit(cls, value: str) -> str:
        parse_many(value)
        return value

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")


def read_settings(
    given: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    dotenv: Path = Path(".env"),
    config: Path | None = None,
) -> Settings:
    """Settings from every source, the first that names a key wins: ``given``, environment, ``.env``, TOML."""
    file = config or (Path(environment[CONFIG]) if CONFIG in environment else None)
    found: dict[str, object] = _read_toml(file) if file else {}
    found |= _prefixed(dotenv_values(dotenv), str(dotenv)) if dotenv.is_file() else {}
    found |= _prefixed(environment, "the environment")
    found |= {key: value for key, value in (given or {}).items() if value is not None}
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(map(str, fault["loc"]))
        raise InputError(f"the setting {key!r} cannot be {fault['input']!r}: {fault['msg']}") from error


def _read_toml(path: Path) -> dict[str, object]:
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"the settings file {str(path)!r} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the settings file {str(path)!r} is not valid TOML: {error}") from error
    _refuse_unknown(found, str(path))
    if "model_key" in found:
        raise InputError(f"{str(path)!r} holds 'model_key'; a key belongs in the environment: {PREFIX}MODEL_KEY")
    return found


def _prefixed(variables: Mapping[str, str | None], where: str) -> dict[str, object]:
    """Those of ours among the variables; a key that is not ours but has our prefix is a typing error."""
    found = {name[len(PREFIX) :]: value for name, value in variables.items() if name.startswith(PREFIX) and value}
    lower: dict[str, object] = {name.lower(): value for name, value in found.items() if name not in _ELSEWHERE}
    _refuse_unknown(lower, where, prefix=PREFIX)
    return lower


def _refuse_unknown(keys: Iterable[str], where: str, prefix: str = "") -> None:
    for key in keys:
        if key not in Settings.model_fields:
            shown = prefix + (key.upper() if prefix else key)
            near = difflib.get_close_matches(key, Settings.model_fields, n=1)
            known = (prefix + near[0].upper() if prefix else near[0]) if near else ""
            hint = f"did you mean {known!r}?" if known else f"known: {', '.join(Settings.model_fields)}"
            raise InputError(f"{where} sets {shown!r}, which is not a setting; {hint}")
