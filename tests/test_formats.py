"""One file of each format, as its tool writes it: who speaks, on which lines, at what time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from fixture_files import events_of_formats

from bot.cli.commands import ask
from index.build import build
from index.embed import load_encoder
from index.source import read_event, read_events
from index.turns import rows

# file, turns as (first line, last line, speaker)
READ = {
    "zoom.vtt": [(1, 14, "Maya Ortiz"), (15, 22, "Tomas Berg"), (23, 26, "Maya Ortiz"), (27, 30, "Tomas Berg")],
    "teams.vtt": [(1, 13, "Priya Raman"), (14, 18, "Jonas Weber"), (19, 22, "Priya Raman"), (23, 26, "Jonas Weber")],
    "webex.vtt": [(1, 6, "Elena Rossi"), (7, 10, "Sam Okafor"), (11, 14, "Elena Rossi")],
    "youtube.vtt": [(1, 84, None)],
    "interview.srt": [(1, 8, "HOST"), (9, 13, "KARIN"), (14, 17, "HOST"), (18, 21, "KARIN")],
    "whisperx.json": [(1, 20, "SPEAKER_00"), (21, 27, "SPEAKER_01"), (28, 53, "SPEAKER_00")],
    "whispercpp.json": [(1, 22, None)],
    "diarised.json": [(1, 2, "林岚"), (3, 3, "周野"), (4, 4, "林岚"), (5, 7, None)],
    "tencent.txt": [(1, 3, None), (4, 6, "说话人 1"), (7, 9, "说话人 2"), (10, 12, "说话人 1"), (13, 15, "说话人 2")],
    "otter.txt": [(1, 3, "Grace Lin"), (4, 6, "Omar Haddad"), (7, 9, "Grace Lin")],
    "chat.txt": [(1, 1, "Nadia"), (2, 2, "Leo"), (3, 4, "Nadia")],
    "meeting.md": [(1, 5, None), (6, 8, "Ines"), (9, 10, "Paul"), (11, 12, "Ines")],
    "teams.docx": [(1, 2, "Rosa Klein"), (3, 4, "Ben Adeyemi"), (5, 6, "Rosa Klein")],
}

# file, question, speaker, words of the quote, source line, time
ASKED = [
    ("zoom.vtt", "How many bags with plastic and rope were filled?", "Tomas Berg", "two hundred bags", 17, 12.3),
    ("teams.vtt", "What was the root cause of the incident?", "Jonas Weber", "retry loop\nwithout", 16, 62.5),
    ("webex.vtt", "Why do the beans dry faster?", "Elena Rossi", "boils at a lower temperature", 13, 10.5),
    ("youtube.vtt", "At how many degrees do I hold the blade?", None, "fifteen degrees", 31, 7.39),
    ("interview.srt", "What did Karin eat?", "KARIN", "Dried fish and oatmeal", 20, 14.4),
    ("whisperx.json", "How old is the sourdough?", "SPEAKER_00", "that is 40 years old", 3, 0.52),
    ("whispercpp.json", "Who took the lamp to the museum?", None, "The last keeper took the lamp", 10, 4.5),
    ("diarised.json", "怎么防冰雹?", "林岚", "防雹网", 4, 10.3),
    ("tencent.txt", "地下室改成什么?", "说话人 2", "自习室", 8, 192.0),
    ("otter.txt", "How many kilos for each hive?", "Grace Lin", "fifteen kilos", 8, 47.0),
    ("chat.txt", "Where did they play?", "Nadia", "tram depot", 3, 65.0),
    ("meeting.md", "How many passengers does the ferry carry?", "Ines", "three hundred passengers", 6, None),
    ("teams.docx", "Why is the tunnel late?", "Ben Adeyemi", "the clay was softer", 4, 44.0),
]


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An event a file, each in its folder."""
    root = tmp_path_factory.mktemp("events")
    events_of_formats(root)
    return root


@pytest.fixture(scope="module")
def index(events: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("index")
    build(directory, read_events([events]), load_encoder())
    return directory


@pytest.mark.parametrize("name", READ)
def test_every_line_of_a_file_lies_in_one_turn_of_the_right_speaker(events: Path, name: str) -> None:
    found = rows(read_event(events / name.replace(".", "-")))
    assert [(row["start_line"], row["end_line"], row["speaker"]) for row in found] == READ[name]


@pytest.mark.parametrize(("name", "question", "speaker", "words", "line", "time"), ASKED)
def test_each_format_is_answered_with_speaker_place_and_time(
    index: Path, name: str, question: str, speaker: str | None, words: str, line: int, time: float | None
) -> None:
    event = name.replace(".", "-")
    result = CliRunner().invoke(ask, [question, "--index", str(index), "--event", event, "--json"])
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout)
    cited = [c for c in row["citations"] if " ".join(words.split()) in c["quote"]]
    assert cited, row["text"]
    assert (cited[0]["speaker"], cited[0]["lines"][0], cited[0]["time"]) == (speaker, line, time)
