"""A written answer on the faces: the stream of the API, the chat page's HTML, the command line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from writers import ScriptedWriter, number_of, says

from bot.chatbot import Chatbot
from bot.cite import cite
from bot.cli.commands import ask
from bot.cli.show import show_answer, show_stream
from bot.page.answer import answer_html, claims_html, welcome_html
from bot.render import answer_row
from bot.settings import Settings
from bot.types import Claim, Event, Lang, Question
from bot.web.app import build_app
from bot.web.desk import open_desk
from bot.written.author import Author
from index.event import EventCard
from index.source import read_transcript

QUESTION = "UCloud为什么保持中立？"


def script(prompt: str) -> str:
    return f"UCloud坚持中立，也不接受BAT投资[S{number_of(prompt, '坚持中立')}]。UCloud在2019年赚了三十亿[S1]。做电商的不太敢用阿里云，所以可能选择UCloud[S{number_of(prompt, '不太敢')}]。"


def author(chatbot: Chatbot, writer: ScriptedWriter) -> Chatbot:
    return Chatbot(chatbot.retriever, author=Author(writer, chatbot.retriever.encoder))


def post(bot: Chatbot, state: Path, path: str) -> httpx.Response:
    app = build_app(open_desk(bot, Settings.model_validate({"state": state, "chat": False})))

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, client=("203.0.113.9", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
            return await client.post(path, json={"question": QUESTION, "event": "a-plan-01"})

    return asyncio.run(send())


def test_the_api_streams_checked_claims_and_the_whole(chatbot: Chatbot, tmp_path: Path) -> None:
    lines = post(author(chatbot, ScriptedWriter(script)), tmp_path, "/api/v1/ask/stream").text.splitlines()
    events = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    data = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    final = data[-1]
    assert events[0] == "sources"
    assert events[-1] == "final"
    assert [row["claim"] for row in data[1:-1]] == final["claims"]
    assert (final["mode"], final["model"], final["written"]["dropped"]) == ("llm", "scripted:test", 1)
    assert "2019" not in final["text"]


def test_the_starting_questions_ask_no_model(chatbot: Chatbot, tmp_path: Path) -> None:
    writer = says("NO_ANSWER")
    desk = open_desk(author(chatbot, writer), Settings.model_validate({"state": tmp_path, "chat": False}))
    assert desk.starters.of("a-plan-01", "zh")
    assert writer.prompts == []


def test_the_page_shows_prose_with_its_marks_and_says_who_wrote_it(chatbot: Chatbot) -> None:
    answer = author(chatbot, ScriptedWriter(script)).ask(Question(QUESTION))
    html = answer_html(answer, "a-1", lang="zh", votes=False)
    assert (
        '<p class="rt-said" lang="zh">UCloud坚持中立，也不接受BAT投<span class="rt-end">资。<button class="rt-cite"'
        in html
    )
    assert "AI 生成，引文已核对" in html


def test_what_stands_before_an_english_quote_does_not_run_into_it() -> None:
    talk = read_transcript("Ann: So. This is what we call an action.\n", id="t", event="t", card=None)
    start = talk.text.index("This")
    citation = cite(
        talk, EventCard(title="t"), (start, len(talk.text) - 1), lang="en", number=1, context=(start - 4, start - 1)
    )
    html = claims_html([Claim(citation.quote, (1,), "verbatim")], [citation], "en", {})
    assert '<span class="rt-context">So. </span>This is what' in html


def test_the_terminal_shows_what_prose_rests_on(chatbot: Chatbot, capsys: pytest.CaptureFixture[str]) -> None:
    answer = author(chatbot, ScriptedWriter(script)).ask(Question(QUESTION))
    show_answer(answer_row(answer, chatbot.index))
    shown = capsys.readouterr().out
    assert "AI 生成，引文已核对 · scripted:test" in shown
    assert "一个我们坚持中立,不被BAT投资。" in shown


def test_the_terminal_shows_each_sentence_as_soon_as_it_is_checked(
    chatbot: Chatbot, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []

    def watched() -> Iterator[Event]:
        for event in author(chatbot, ScriptedWriter(script)).stream(Question(QUESTION)):
            seen.append(capsys.readouterr().out)
            yield event

    row = show_stream(watched(), chatbot.index, "zh")
    seen.append(capsys.readouterr().out)
    first, second = (f"{claim['text']} [{claim['citations'][0]}]" for claim in row["claims"])
    assert seen[2].strip() == first  # the sentences found, the first claim, and then it stood there
    assert "".join(seen).startswith(f"{first}\n{second}")
    assert "".join(seen).count(first) == 1
    assert "AI 生成，引文已核对 · scripted:test" in seen[-1]


@pytest.mark.parametrize("reply", ["NO_ANSWER", ""])
def test_quotes_alone_are_shown_behind_their_lead(
    chatbot: Chatbot, capsys: pytest.CaptureFixture[str], reply: str
) -> None:
    bot = author(chatbot, ScriptedWriter(lambda _: reply))
    row = show_stream(bot.stream(Question(QUESTION)), chatbot.index, "zh")
    assert row["text"] in capsys.readouterr().out


def test_a_model_that_cannot_be_opened_is_a_named_error() -> None:
    told = CliRunner().invoke(ask, [QUESTION, "--model", "nonsense"])
    assert told.exit_code != 0
    assert "write PROVIDER:MODEL" in str(told.exception)


@pytest.mark.parametrize(("lang", "words"), [("zh", "原话"), ("en", "own words")])
@pytest.mark.parametrize("everywhere", [True, False])
def test_the_welcome_says_who_words_the_answers(lang: Lang, words: str, everywhere: bool) -> None:
    plain, written = (welcome_html((), lang, (), everywhere=everywhere, written=w) for w in (False, True))
    assert "AI" not in plain
    assert "AI" in written
    assert words in plain
    assert words in written
