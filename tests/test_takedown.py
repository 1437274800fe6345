"""What an organiser hides is on no face; what they note or correct is shown as theirs on all."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.chatbot import Chatbot
from bot.cli.asking import answered
from bot.page.export import to_json, to_markdown
from bot.page.head import head_html
from bot.page.talk import Item, Talk, messages
from bot.settings import Settings
from bot.types import Outcome, Question, Reason
from bot.web.app import build_app
from bot.web.desk import open_desk
from index.batch import Request
from index.build import build
from index.retriever import Retriever
from index.source import find_events, packaged_event
from index.store import open_index
from index.types import Scope

CANARY = "金丝雀七七四九"
TALK = f"""季昕华: 大家好,我是季昕华。UCloud是做云计算的公司。我们在年1月20号上市,成为科创板云计算第一股。我的私人电话是{CANARY},请大家不要外传。
黄东旭: 我来讲数据库。TiDB是一个开源的数据库,{CANARY}也在用它。我们的客户有两千多家。
季昕华: 云计算公司要保持中立。谢谢大家。
黄东旭: 谢谢。
"""
CARD = f"""title = "云之夜"
language = "zh"
[[speakers]]
name = "季昕华"
[[speakers]]
name = "黄东旭"
[[hidden]]
quote = "我的私人电话是{CANARY},请大家不要外传。"
[[hidden]]
quote = "{CANARY}也在用它"
[[notes]]
quote = "我们在年1月20号上市"
note = "2020 年"
[[corrections]]
quote = "两千多家"
text = "三千多家"
[[corrections]]
quote = "云计算公司要保持中立。"
speaker = "黄东旭"
"""
ASKED = ("UCloud哪年上市的", "季昕华的电话是多少", "谁在用TiDB", "TiDB的客户有多少家", "这场讲了什么", "黄东旭说了什么", "云计算公司为什么中立",
         "哪些内容不要外传", f"{CANARY}是谁")  # fmt: skip


@pytest.fixture(scope="module")
def bot(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder: Path = tmp_path_factory.mktemp("cloud")
    (folder / "cloud").mkdir()
    (folder / "cloud" / "cloud.txt").write_text(TALK, "utf-8")
    (folder / "cloud" / "event.toml").write_text(CARD, "utf-8")
    encoder = chatbot.retriever.encoder
    build(folder / "index", find_events([folder / "cloud"]), encoder)
    return Chatbot(Retriever(open_index(folder / "index"), encoder))


def shown(bot: Chatbot, state: Path) -> Iterator[tuple[str, str]]:
    """Every face's words, each with its name; the visitor's own question is taken out where it is echoed."""
    app = build_app(open_desk(bot, Settings(state=state, chat=False)))

    async def fetch() -> list[tuple[str, str]]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
            pages = [
                (path, await client.get(path)) for path in ("/api/v1/events", "/api/v1/events/cloud/turns", "/e/cloud")
            ]
            for question in ASKED:
                body = {"question": question, "event": "cloud"}
                pages += [(path, await client.post(path, json=body)) for path in ("/api/v1/ask", "/api/v1/ask/stream")]
            assert all(page.status_code == 200 for _, page in pages)
            return [(path, page.text) for path, page in pages]

    yield from asyncio.run(fetch())
    for question in ASKED:
        row = answered(bot, Request(id="", question=question))
        yield "ask --json", json.dumps(row, ensure_ascii=False)
        talk = Talk("cloud", (Item(question, "a-1", bot.ask(Question(question))),))
        yield "chat page", json.dumps(messages(talk, "", "zh", votes=True, index=bot.index), ensure_ascii=False)
        yield "markdown", to_markdown(talk, bot.index, "zh")
        yield "json", to_json(talk, bot.index, "zh")
    yield "head", head_html(bot.index.events[0], "zh")
    yield "search", json.dumps([bot.index.transcript("cloud").text])


def test_what_is_hidden_is_on_no_face_and_in_no_file(bot: Chatbot, tmp_path: Path) -> None:
    faces = 0
    for face, words in shown(bot, tmp_path):
        echoed = words.replace(f"{CANARY}是谁", "").replace(f"{CANARY}没有", "")
        assert CANARY not in echoed, face
        assert "不要外传。" not in echoed.replace(ASKED[-2], ""), face
        faces += 1
    assert faces > 40
    for path in bot.index.directory.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path.name


def test_a_note_answers_a_lost_figure_as_the_organisers_and_enters_no_claim(bot: Chatbot) -> None:
    answer = bot.ask(Question("UCloud哪年上市的"))
    assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, Reason.LOST)
    assert "主办方补注（不是原话）：2020 年" in answer.notes
    assert not any("2020" in claim.text + claim.lead for claim in answer.claims)
    assert all("2020" not in citation.quote for citation in answer.citations)
    english = bot.ask(Question("UCloud哪年上市的", lang="en"))
    assert any(note.startswith("Organiser's note (not a quote): 2020") for note in english.notes)


def test_a_note_is_told_with_its_quotes_only(bot: Chatbot) -> None:
    assert not any("2020" in note for note in bot.ask(Question("TiDB是什么")).notes)


def test_a_corrected_quote_is_shown_as_corrected(bot: Chatbot) -> None:
    answer = bot.ask(Question("TiDB的客户有多少家"))
    assert any("三千多家" in claim.text for claim in answer.claims)
    assert "引文里有主办方更正过的字。" in answer.notes
    assert "两千" not in bot.index.transcript("cloud").text


def test_a_corrected_speaker_is_shown_as_corrected(bot: Chatbot) -> None:
    answer = bot.ask(Question("云计算公司要保持什么"))
    cited = [c for c in answer.citations if "中立" in c.quote]
    assert [c.speaker for c in cited] == ["黄东旭"]
    assert "说话人由主办方更正。" in answer.notes


def test_the_transcript_of_the_api_shows_notes_corrections_and_the_way_from_old_links(
    bot: Chatbot, tmp_path: Path
) -> None:
    pages = dict(list(shown(bot, tmp_path))[:3])
    (transcript,) = json.loads(pages["/api/v1/events/cloud/turns"])
    rows = [paragraph for turn in transcript["turns"] for paragraph in turn["paragraphs"]]
    assert rows[0]["notes"] == ["主办方补注（不是原话）：2020 年"]
    ((start, end),) = rows[1]["corrected"]
    assert bot.index.transcript("cloud").text[start:end] == "三千多家"
    first, second = transcript["past"]
    assert (first["edits"], second["edits"]) == ([[start, end, start, end]], [])
    assert len({first["revision"], second["revision"], transcript["revision"]}) == 3
    assert [turn["remark"] for turn in transcript["turns"]] == ["", "", "说话人由主办方更正。", ""]


def test_of_two_places_that_lost_a_year_the_one_with_a_note_is_shown(chatbot: Chatbot, tmp_path: Path) -> None:
    index, event = tmp_path / "index", tmp_path / "a-plan-01"
    shutil.copytree(chatbot.index.directory, index)
    shutil.copytree(packaged_event(), event)
    with (event / "event.toml").open("a", encoding="utf-8") as card:
        card.write('[[notes]]\nquote = "我们在年1月20号上市"\nnote = "2020 年"\n')
    encoder = chatbot.retriever.encoder
    assert build(index, find_events([event]), encoder).texts == 0, "a note changes no text that is encoded"
    noted = Chatbot(Retriever(open_index(index), encoder))
    question = Question("UCloud 到底哪年上市的", scope=Scope(event="a-plan-01"))
    plain, answer = chatbot.ask(question), noted.ask(question)
    assert plain.outcome is answer.outcome is Outcome.PARTIAL
    assert answer.notes == ("主办方补注（不是原话）：2020 年",)
    assert "我们在年1月20号上市" in answer.claims[0].text
