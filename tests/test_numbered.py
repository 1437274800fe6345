"""Items by their number where a talk numbers them in more than one way, and lists of something else than is asked for."""

from __future__ import annotations

import pytest
from asking import ask, said

from bot.chatbot import Chatbot
from index.build import build
from index.retriever import Retriever
from index.source import find_events
from index.store import open_index

TALK = """主持人: 请林珊谈谈山里的茶园怎么经营。
林珊: 我从四个方面谈谈茶园的经营。第一个是选好山头，土壤和雨水都要合适。
林珊: 2 的话就是采茶的工人，请来以后要留得住他们。
林珊: 第三点的话，我想讲的是炒茶的手艺，火候要稳，不能着急。
林珊: 四是把茶卖到城里去，要有自己的牌子，也要防范假货。谢谢大家。
主持人: 谢谢林珊。茶园的经营有两种模式。第一种模式是自己种。第二种模式是租给别人种。
林珊: 租给别人种的好处是省心，自己种的好处是放心。
"""


@pytest.fixture(scope="module")
def tea(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("tea")
    (folder / "tea.txt").write_text(TALK, "utf-8")
    (folder / "event.toml").write_text(
        'title = "茶园"\n[[speakers]]\nname = "林珊"\n[[speakers]]\nname = "主持人"\nhost = true\n', "utf-8"
    )
    encoder = chatbot.retriever.encoder
    build(folder / "index", find_events([folder]), encoder)
    return Chatbot(Retriever(open_index(folder / "index", encoder), encoder))


def test_the_fourth_point_is_the_sentence_that_says_fourthly(tea: Chatbot) -> None:
    assert "四是把茶卖到城里去" in said(ask(tea, "林珊的第四点是什么？"))


def test_no_other_number_answers_for_one_that_nobody_gave(tea: Chatbot) -> None:
    assert "第三点" not in said(ask(tea, "林珊的第五点是什么？"))


def test_what_is_good_of_a_mode_is_no_list_of_modes(tea: Chatbot) -> None:
    answer = ask(tea, "租给别人种有什么好处？")
    assert "省心" in said(answer)
    assert "列了" not in answer.lead


def test_thanks_are_taken_as_thanks(tea: Chatbot) -> None:
    assert ask(tea, "谢谢你").lead.startswith("不客气")
    assert ask(tea, "Thank you so much!").lead.startswith("You're welcome")
