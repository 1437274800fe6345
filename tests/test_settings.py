"""The settings of ``roundtable serve``."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from index.errors import InputError


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    dotenv, config = tmp_path / ".env", tmp_path / "roundtable.toml"
    dotenv.write_text("ROUNDTABLE_PORT=3\nROUNDTABLE_WORKERS=3\nOPENAI_API_KEY=not-ours\n")
    config.write_text('port = 4\nworkers = 4\nmax_question = 400\npublic_url = "https://talks.example/x/"\n')
    return dotenv, config


def test_the_first_source_that_names_a_key_wins(files: tuple[Path, Path]) -> None:
    dotenv, config = files
    environment = {"ROUNDTABLE_PORT": "2", "ROUNDTABLE_DATA": "/elsewhere", "PATH": "/bin"}
    found = read_settings({"host": "::", "index": None}, environment=environment, dotenv=dotenv, config=config)
    assert (found.host, found.port, found.workers, found.max_question) == ("::", 2, 3, 400)
    assert found.public_url == "https://talks.example/x"
    assert read_settings({"port": 1}, environment=environment, dotenv=dotenv, config=config).port == 1


def test_the_config_may_be_named_by_the_environment(files: tuple[Path, Path]) -> None:
    found = read_settings(environment={"ROUNDTABLE_CONFIG": str(files[1])}, dotenv=Path("none"))
    assert found.port == 4


def test_an_unknown_key_is_refused_with_the_nearest_right_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'ROUNDTABLE_PROT', which is not a setting; did you mean 'ROUNDTABLE_PORT'"):
        read_settings(environment={"ROUNDTABLE_PROT": "1"}, dotenv=tmp_path / "none")
    (tmp_path / "c.toml").write_text("max_questions = 4\n")
    with pytest.raises(InputError, match="did you mean 'max_question'"):
        read_settings(environment={}, dotenv=tmp_path / "none", config=tmp_path / "c.toml")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("port", "70000"),
        ("root_path", "talks/"),
        ("question_limit", "lots"),
        ("public_url", "ftp://x"),
        ("workers", "0"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(key: str, value: str) -> None:
    with pytest.raises(InputError, match=key):
        read_settings({key: value}, environment={}, dotenv=Path("none"))


def test_the_secret_is_not_shown() -> None:
    assert "hush" not in repr(Settings.model_validate({"secret": "hush"}))
