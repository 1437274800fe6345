"""``serve --watch``: files change under a server that is being asked, and no answer fails."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.chatbot import Chatbot
from bot.page.export import to_json, to_markdown
from bot.page.talk import Item, Talk, messages, seen
from bot.page.words import word
from bot.settings import Settings
from bot.types import Question
from bot.web.app import build_app
from bot.web.desk import Desk, open_desk
from bot.web.watch import Watcher
from index.build import build, remove
from index.errors import InputError
from index.retriever import Retriever
from index.roots import remember_roots
from index.source import find_events
from index.store import open_index
from index.types import Scope
from tests.waiting import until

CARD = 'title = "{id}"\nlanguage = "zh"\n[[speakers]]\nname = "林一"\n[[speakers]]\nname = "陈二"\n'
TALK = "林一: 大家好,我是林一。第{n}版的咖啡水温应该在九十二度左右。我每天早上六点开始烘豆子。\n陈二: 我们的客户有两千多家,都在杭州。\n林一: 谢谢大家。\n陈二: 谢谢。\n"


@pytest.fixture
def served(tmp_path: Path, chatbot: Chatbot) -> tuple[Path, Chatbot]:
    """A folder of two events, and a chatbot on the index that was built from it."""
    for id in ("one", "two"):
        write(tmp_path, id, 0)
    encoder = chatbot.retriever.encoder
    build(tmp_path / "index", find_events([tmp_path / "events"]), encoder)
    remember_roots(tmp_path / "index", [tmp_path / "events"])
    return tmp_path, Chatbot(Retriever(open_index(tmp_path / "index"), encoder))


def write(folder: Path, id: str, n: int, more: str = "") -> None:
    event = folder / "events" / id
    event.mkdir(parents=True, exist_ok=True)
    (event / "event.toml").write_text(CARD.format(id=id) + more, "utf-8")
    (event / f"{id}.txt").write_text(TALK.format(n=n), "utf-8")


Ask = Callable[..., httpx.Response]


def asker(desk: Desk) -> Ask:
    app = build_app(desk)

    async def send(path: str, **body: object) -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
            return await (client.post(path, json=body) if body else client.get(path))

    return lambda path, **body: asyncio.run(send(path, **body))


def desk_for(folder: Path, bot: Chatbot) -> Desk:
    limits = {"question_limit": "100000/minute", "concurrent": 100}
    return open_desk(bot, Settings.model_validate({"state": folder / "state", "chat": False, **limits}))


def test_no_answer_fails_while_events_change_under_a_loop_of_questions(served: tuple[Path, Chatbot]) -> None:
    folder, bot = served
    desk = desk_for(folder, bot)
    ask, ended, faults, answers = asker(desk), threading.Event(), [], []

    def loop(event: str | None) -> None:
        while not ended.is_set():
            for path, body in (
                ("/api/v1/ask", {"question": "咖啡的水温应该是多少", "event": event}),
                ("/api/v1/events/two/turns", {}),
                ("/api/v1/ask/stream", {"question": "哪几场提到了水温", "event": event}),
            ):
                response = ask(path, **body)
                if response.status_code != 200 or "event: error" in response.text:
                    faults.append((path, response.status_code, response.text))
                if path.endswith("/ask"):
                    answers.append(response.json())

    def heard(version: str) -> bool:
        return any(version in citation["quote"] for answer in list(answers) for citation in answer["citations"])

    threads = [threading.Thread(target=loop, args=(event,)) for event in ("two", None)]
    watcher = Watcher(desk.current, bot)
    with watcher.running():
        until(watcher.watching.is_set)
        for thread in threads:
            thread.start()
        try:
            until(lambda: heard("第0版"))
            for n in range(1, 5):
                write(folder, "two", n, '[[hidden]]\nquote = "都在杭州"\n' if n % 2 else "")
                until(lambda n=n: heard(f"第{n}版"))
        finally:
            ended.set()
            for thread in threads:
                thread.join()
    assert faults == []
    assert all(a["outcome"] == "answer" for a in answers)


@pytest.fixture
def watched(served: tuple[Path, Chatbot]) -> Iterator[tuple[Path, Desk]]:
    folder, bot = served
    desk = desk_for(folder, bot)
    watcher = Watcher(desk.current, bot)
    with watcher.running():
        until(watcher.watching.is_set)
        yield folder, desk


def test_what_changed_before_the_server_watched_is_noticed_too(served: tuple[Path, Chatbot]) -> None:
    folder, bot = served
    desk = desk_for(folder, bot)
    write(folder, "two", 6)
    with Watcher(desk.current, bot).running():
        until(lambda: "第6版" in desk.index.transcript("two").text)


def test_a_new_event_and_one_taken_out_are_noticed(watched: tuple[Path, Desk]) -> None:
    folder, desk = watched
    write(folder, "three", 3)
    until(lambda: [event.id for event in desk.index.events] == ["one", "three", "two"])
    shutil.rmtree(folder / "events" / "one")
    remove(folder / "index", ["one"])
    until(lambda: [event.id for event in desk.index.events] == ["three", "two"])
    assert asker(desk)("/api/v1/ask", question="水温", event="one").status_code == 404


def test_a_card_that_cannot_be_used_changes_nothing_until_it_is_mended(
    watched: tuple[Path, Desk], caplog: pytest.LogCaptureFixture
) -> None:
    folder, desk = watched
    before = desk.current.edition
    write(folder, "two", 7, '[[notes]]\nquote = "不在里面的话"\nnote = "x"\n')
    until(lambda: "不在里面的话" in caplog.text)
    assert desk.current.edition is before
    write(folder, "two", 8)
    until(lambda: "第8版" in desk.index.transcript("two").text)


def test_allowed_sites_and_the_transcript_follow_the_files(watched: tuple[Path, Desk]) -> None:
    folder, desk = watched
    assert desk.sites.of("two") == frozenset()
    path = folder / "events" / "two" / "event.toml"
    path.write_text('allowed_sites = ["https://a.example"]\n' + path.read_text("utf-8"), "utf-8")
    until(lambda: desk.sites.of("two") == {"https://a.example"})
    assert desk.sites.of("one") == frozenset()


def test_an_index_that_does_not_say_what_it_was_built_from_cannot_be_watched(
    served: tuple[Path, Chatbot], tmp_path: Path
) -> None:
    folder, bot = served
    (folder / "index" / "roots.json").unlink()
    with pytest.raises(InputError, match="build it once more with: roundtable build PATH"):
        Watcher(desk_for(folder, bot).current, bot)


def test_a_page_open_on_an_event_that_is_taken_out_hears_nobody_else(served: tuple[Path, Chatbot]) -> None:
    from bot.page.turns import Turns

    folder, bot = served
    turns, talk = Turns(desk_for(folder, bot)), Talk("gone")

    async def asked() -> Item:
        updates = [update async for update in turns.ask("水温应该是多少", talk, "zh", None, None)]
        return updates[-1][1].items[-1]

    item = asyncio.run(asked())
    assert (item.answer, item.fault) == (None, word("zh", "unknown_event"))


def test_an_answer_whose_words_have_changed_asks_to_be_asked_again(served: tuple[Path, Chatbot]) -> None:
    folder, bot = served
    answer = bot.ask(Question("水温应该是多少", scope=Scope(event="two")))
    talk = Talk("two", (Item("水温应该是多少", "a-1", answer, seen=seen(answer, bot.index)),))
    assert "水温" in messages(talk, "", "zh", votes=True, index=bot.index)[-1]["content"]
    write(folder, "two", 9)
    watcher = Watcher(desk_for(folder, bot).current, bot)
    assert watcher.renew()
    now = open_index(folder / "index")
    shown = messages(talk, "", "zh", votes=True, index=now)[-1]["content"]
    assert word("zh", "answer_old") in shown
    assert "九十二度" not in shown + to_markdown(talk, now, "zh") + to_json(talk, now, "zh")
    assert talk.begun("然后呢", "a-2").history(5, now) == ()
