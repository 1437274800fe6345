"""The verifier on claims labelled by hand, and on the faults it must know by name."""

from __future__ import annotations

import pytest

from benchmarks.verifier import INVENTED, Labelled, claims, judge, verifier
from bot.chatbot import Chatbot
from bot.written.verify import FaultKind, Verdict, Verifier
from tests.verdicts import verdict

CAUGHT = 0.98  # of invented numbers, years, names, speakers and quotes, in each half
DROPPED = 0.15  # at most, of true claims, in each half


@pytest.fixture(scope="module")
def checks(chatbot: Chatbot) -> Verifier:
    return verifier(chatbot)


@pytest.fixture(scope="module")
def judged(checks: Verifier) -> list[tuple[Labelled, Verdict]]:
    return [(claim, judge(checks, claim)) for claim in claims()]


def faults(checks: Verifier, claim: str, *cites: str) -> list[tuple[FaultKind, str]]:
    return [(fault.kind, fault.what) for fault in verdict(checks, claim, *cites).faults]


def test_there_are_eighty_of_each_and_a_third_of_the_true_ones_cross_languages() -> None:
    planted = [claim for claim in claims() if claim.planted]
    true = [claim for claim in claims() if not claim.planted]
    assert len(planted) >= 80
    assert len(true) >= 80
    assert sum(claim.lang == "en" for claim in true) * 3 >= len(true)


@pytest.mark.parametrize("aside", [False, True], ids=["tuned on", "set aside"])
def test_invented_facts_are_caught(judged: list[tuple[Labelled, Verdict]], aside: bool) -> None:
    mine = [v for claim, v in judged if claim.planted and claim.kind in INVENTED and claim.aside is aside]
    assert sum(v.status != "supported" for v in mine) >= CAUGHT * len(mine)


@pytest.mark.parametrize("aside", [False, True], ids=["tuned on", "set aside"])
def test_true_claims_pass(judged: list[tuple[Labelled, Verdict]], aside: bool) -> None:
    mine = [v for claim, v in judged if not claim.planted and claim.aside is aside]
    assert sum(v.status != "supported" for v in mine) <= DROPPED * len(mine)


@pytest.mark.parametrize("kind", ["number", "year", "speaker", "quote"])
def test_not_one_of_these_passes(judged: list[tuple[Labelled, Verdict]], kind: str) -> None:
    assert [claim.text for claim, v in judged if claim.kind == kind and v.status == "supported"] == []


NEUTRAL = "一个我们坚持中立,不被BAT投资"
LISTED = "我们在年1月20号上市,成为全世界第一个独立上市的云计算公司"


@pytest.mark.parametrize(
    ("claim", "cites", "fault"),
    [
        ("UCloud在2020年1月20号上市。", LISTED, (FaultKind.YEAR, "2020")),
        ("UCloud went public on January 20, 2020.", LISTED, (FaultKind.YEAR, "2020")),
        ("有三家公司坚持中立,不被BAT投资。", NEUTRAL, (FaultKind.NUMBER, "三")),
        ("UCloud坚持中立,不被Google投资。", NEUTRAL, (FaultKind.NAME, "Google")),
        ("黄东旭说坚持中立,不被BAT投资。", NEUTRAL, (FaultKind.SPEAKER, "黄东旭")),
        ("季昕华说“我们永远中立”。", NEUTRAL, (FaultKind.QUOTE, "我们永远中立")),
        ("季昕华坚持中立,被BAT投资。", NEUTRAL, (FaultKind.NEGATION, "")),
        ("[坚持中立](https://evil.example)不被BAT投资。", NEUTRAL, (FaultKind.MARKUP, "[坚持中立](")),
        ("坚持中立<b>不被BAT投资</b>。", NEUTRAL, (FaultKind.MARKUP, "<b>")),
        ("训练这份模型需要1万美金。", "有业界同行估计需要1万美金", (FaultKind.NUMBER, "1万美金")),
    ],
)
def test_a_fault_is_named(checks: Verifier, claim: str, cites: str, fault: tuple[FaultKind, str]) -> None:
    assert fault in faults(checks, claim, cites)


def test_a_claim_without_citations_is_uncited(checks: Verifier) -> None:
    assert checks.verify("UCloud坚持中立。", ()).faults[0].kind is FaultKind.UNCITED


def test_each_speaker_of_a_claim_is_held_to_their_own_words(checks: Verifier) -> None:
    afraid = "我个人觉得不要去害怕跟BAT去做直接竞争"
    right = "季昕华说坚持中立,不被BAT投资,黄东旭说不要害怕跟BAT直接竞争。"
    wrong = "黄东旭说坚持中立,不被BAT投资,季昕华说不要害怕跟BAT直接竞争。"
    assert verdict(checks, right, NEUTRAL, afraid).status == "supported"
    assert verdict(checks, wrong, NEUTRAL, afraid).status != "supported"


MEITUAN = "美团最初被阿里投资,但是随着美团快速扩大,王兴想拓展更大的业务比如支付"


def test_nobody_who_did_not_speak_is_said_to_have_said_it(checks: Verifier) -> None:
    """Seen with Qwen 0.5B: a name of the cited sentence became its speaker."""
    for name, says in (
        ("王兴", "王兴说美团最初被阿里投资。"),
        ("Wang Xing", "Wang Xing says Alibaba first funded Meituan."),
    ):
        assert (FaultKind.SPEAKER, name) in faults(checks, says, MEITUAN), says
    assert verdict(checks, "季昕华说美团最初被阿里投资。", MEITUAN).status == "supported"
    novice = "Ruby常说自己是技术小白"
    assert verdict(checks, "Ruby常说自己是技术小白。", novice).status == "supported"


def test_nobody_else_takes_the_place_of_we(checks: Verifier) -> None:
    """Seen with Qwen 0.5B."""
    sixth = ("我们公司在CNCF里是全球第六大贡献者", "我们在第6名,华为在第7名")
    assert (FaultKind.SWAP, "华为") in faults(checks, "黄东旭说华为在CNCF里是全球第六大贡献者。", *sixth)
    assert verdict(checks, "黄东旭说PingCAP在CNCF里是全球第六大贡献者。", *sixth).status == "supported"


def test_what_the_card_says_alone_carries_no_claim(checks: Verifier) -> None:
    lucky = "刘超很幸运,当初打造的乐动力有一百多万日活,这部分是阿里非常喜欢的流量"
    assert verdict(checks, "季昕华主持人的是UCloud创始人。", lucky).status != "supported"


def test_what_is_joined_one_by_one_is_joined_as_it_was(checks: Verifier) -> None:
    said = "现在大家会说TensorFlow在工业界用得比较多,在学术界是PyTorch较多"
    assert FaultKind.SWAP in {kind for kind, _ in faults(checks, "工业界和学术界各爱用PyTorch和TensorFlow。", said)}
    assert FaultKind.SWAP not in {
        kind for kind, _ in faults(checks, "工业界和学术界分别爱用TensorFlow和PyTorch。", said)
    }


def test_words_of_an_introduction_are_nobodys(checks: Verifier) -> None:
    bio = "李浩源获得了北京大学学士学位,康奈尔大学硕士学位,以及加州大学伯克利分校博士学位"
    assert verdict(checks, "李浩源获得了北京大学学士学位。", bio).status == "supported"
    assert (FaultKind.SPEAKER, "李浩源") in faults(checks, "李浩源说他获得了北京大学学士学位。", bio)


@pytest.mark.parametrize(
    ("claim", "cites"),
    [
        ("季昕华说中间幸好遇到卢梭。", "中间幸好遇到Ruby"),
        ("王小川想拓展更大的业务比如支付。", "王兴想拓展更大的业务比如支付"),
        ("离互联网较远的行业,比如农业的西瓜。", "6.离互联网较远的行业。比如农业的褚橙。"),
        ("第一种模式叫做逆流模式。", "第一种模式叫做顺合模式"),
    ],
)
def test_a_word_in_the_place_of_another_is_a_strange_name(checks: Verifier, claim: str, cites: str) -> None:
    assert FaultKind.NAME in {kind for kind, _ in faults(checks, claim, cites)}


@pytest.mark.parametrize(
    ("claim", "cites"),
    [
        ("季昕华说他们坚持中立,不被BAT投资。", NEUTRAL),
        ("PingCAP从诞生到现在刚好五年。", "从公司诞生到现在正好5年"),
        ("头条成为了BAT之外一股不可忽视的力量。", "成为现在BAT之外一股不可忽视强大力量"),
    ],
)
def test_other_words_for_the_same_are_no_names(checks: Verifier, claim: str, cites: str) -> None:
    assert FaultKind.NAME not in {kind for kind, _ in faults(checks, claim, cites)}


EARLIEST = "最早的是Caffe、Ciano"
AT_HOME = "国内的框架最早的是paddle,由百度16年开源"


def test_a_name_takes_no_words_from_a_sentence_about_another(checks: Verifier) -> None:
    found = faults(checks, "国内最早的深度学习框架是Caffe,由百度16年开源。", EARLIEST, AT_HOME)
    assert found == [(FaultKind.SWAP, "caffe")]
    assert verdict(checks, "国内最早的框架是paddle,由百度16年开源。", EARLIEST, AT_HOME).status == "supported"
    assert verdict(checks, "最早的框架是Caffe,国内最早的是paddle。", EARLIEST, AT_HOME).status == "supported"


def test_a_heading_of_the_models_own_is_no_subject_of_what_was_said(checks: Verifier) -> None:
    leading = "通过前期市场化的充分竞争成为领头羊之后,进入到B轮"
    assert faults(checks, "资本支持：资本支持成为领头羊之后，进入B轮。", leading) == [(FaultKind.NAME, "资本支持")]
    assert not faults(checks, "充分竞争：充分竞争成为领头羊之后，进入B轮。", leading)
