"""The verifier on claims labelled by hand, and on the faults it must know by name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.verifier import INVENTED, ROLES, Labelled, claims, judge, talks, verifier
from bot.chatbot import Chatbot
from bot.written.verify import FaultKind, Verdict, Verifier

CAUGHT = 0.98  # of invented numbers, years, names, speakers and quotes, in each half
DROPPED = 0.15  # at most, of true claims, in each half
TENFOLD = "我们看到有些客户取得2倍到10倍的节省开销、10倍的计算性能提升、4倍商业效率的提升"
FLED = (
    "美团最初被阿里投资,但是随着美团快速扩大,王兴想拓展更大的业务比如支付。阿里不想他做支付,"
    "所以美团就从阿里星球,逃出来进入了腾讯星球"
)
HYBRID = "第二个是混合云场景(数据在自己的数据中心,而计算跑在云里)"
TURNED = 0.8  # of claims that turn round who did what, how sure it was, how many or not, in each half


@pytest.fixture(scope="module")
def checks(chatbot: Chatbot) -> Verifier:
    return verifier(chatbot)


@pytest.fixture(scope="module")
def judged(checks: Verifier) -> list[tuple[Labelled, Verdict]]:
    return [(claim, judge(checks, claim)) for claim in claims()]


@pytest.fixture(scope="module")
def of(checks: Verifier, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Verifier]:
    """The verifiers of the panel and of the talks that come with the claims."""
    return {"": checks} | talks(tmp_path_factory.mktemp("talks"), checks.meaning.encoder)


@pytest.mark.parametrize("aside", [False, True], ids=["tuned on", "set aside"])
def test_most_of_what_is_turned_round_is_caught_and_few_true_claims_fall(
    of: Mapping[str, Verifier], aside: bool
) -> None:
    judged = [(claim, judge(of[claim.talk], claim)) for claim in claims(ROLES) if claim.aside is aside]
    caught = [verdict.status != "supported" for claim, verdict in judged if claim.planted]
    dropped = [verdict.status != "supported" for claim, verdict in judged if not claim.planted]
    assert (len(caught), len(dropped)) == (42, 30)
    assert sum(caught) >= TURNED * len(caught)
    assert sum(dropped) <= DROPPED * len(dropped)


@pytest.mark.parametrize(
    ("talk", "claim", "cites", "kind"),
    [
        ("zh", "白鹭物流收购了青舟。", "青舟在2018年收购了白鹭物流", FaultKind.SWAP),
        ("zh", "青舟被白鹭物流收购了。", "青舟在2018年收购了白鹭物流", FaultKind.SWAP),
        ("zh", "Bailu acquired Qingzhou in 2018.", "青舟在2018年收购了白鹭物流", FaultKind.SWAP),
        (
            "en",
            "Larkspur acquired Northwind in the spring.",
            "Northwind acquired Larkspur in the spring",
            FaultKind.SWAP,
        ),
        ("en", "Northwind was acquired by Larkspur.", "Northwind acquired Larkspur in the spring", FaultKind.SWAP),
        ("zh", "The night shift is paid lower wages than the day shift.", "夜班工人的工资比白班高", FaultKind.SWAP),
        ("", "Some customers saw their business efficiency grow tenfold.", TENFOLD, FaultKind.SWAP),
        ("", "The computing runs in your own data centre, while the data stays in the cloud.", HYBRID, FaultKind.SWAP),
        (
            "",
            "美团从腾讯那边跑到阿里去了是因为美团最初被阿里投资,但是随着美团快速扩大,王兴想做支付。",
            FLED,
            FaultKind.SWAP,
        ),
        ("", "美团最初被阿里投资,后来逃到了阿里。", FLED, FaultKind.SWAP),
        ("", "Meituan moved from Tencent to Alibaba.", FLED, FaultKind.SWAP),
        ("zh", "青舟已经进入越南市场。", "我们打算明年进入越南市场", FaultKind.CERTAINTY),
        ("zh", "Qingzhou has entered the Vietnamese market.", "我们打算明年进入越南市场", FaultKind.CERTAINTY),
        ("en", "Northwind licenses the patents.", "We might license the patents", FaultKind.CERTAINTY),
        ("zh", "所有客户用的都是标准版。", "大部分客户用的是标准版,少数客户用定制版", FaultKind.EXTENT),
        ("en", "Every pilot plant made money.", "Not every pilot plant made money", FaultKind.EXTENT),
        ("zh", "何川觉得无人卡车五年之内会普及。", "我觉得无人卡车五年之内不会普及", FaultKind.NEGATION),
        ("en", "Larkspur's founder did not join the board.", "Larkspur's founder joined our board", FaultKind.NEGATION),
    ],
)
def test_what_is_turned_round_is_named(
    of: Mapping[str, Verifier], talk: str, claim: str, cites: str, kind: FaultKind
) -> None:
    assert kind in {fault.kind for fault in verdict(of[talk], claim, cites).faults}


@pytest.mark.parametrize(
    ("talk", "claim", "cites"),
    [
        ("zh", "白鹭物流被青舟收购了。", "青舟在2018年收购了白鹭物流"),
        ("zh", "Bailu was acquired by Qingzhou in 2018.", "青舟在2018年收购了白鹭物流"),
        ("en", "Larkspur was acquired by Northwind in the spring.", "Northwind acquired Larkspur in the spring"),
        ("zh", "青舟计划明年进入越南市场。", "我们打算明年进入越南市场"),
        ("zh", "The night shift is paid higher wages than the day shift.", "夜班工人的工资比白班高"),
        ("zh", "Wages of the day shift are lower than those of the night shift.", "夜班工人的工资比白班高"),
        ("", "Some customers saw their business efficiency grow fourfold.", TENFOLD),
        ("", "Computing performance improved tenfold for some customers.", TENFOLD),
        ("", "The computing runs in the cloud, while the data stays in your own data centre.", HYBRID),
        ("", "美团从阿里那边跑到腾讯去了,因为王兴想做支付,阿里不想他做。", FLED),
        ("", "Meituan moved from Alibaba to Tencent.", FLED),
        ("zh", "大部分客户都用标准版。", "大部分客户用的是标准版,少数客户用定制版"),
    ],
)
def test_the_same_said_otherwise_passes(of: Mapping[str, Verifier], talk: str, claim: str, cites: str) -> None:
    assert verdict(of[talk], claim, cites).status == "supported"


def test_what_was_said_word_for_word_has_none_of_these_faults(of: Mapping[str, Verifier]) -> None:
    found = {FaultKind.SWAP, FaultKind.CERTAINTY, FaultKind.EXTENT, FaultKind.NEGATION}
    for checks in of.values():
        text, spans = checks.stage.transcript.text, checks.stage.segment.sentences
        for n in range(0, len(spans) - 1, 5):
            said = text[spans[n].start : spans[n].end]
            assert not found & {fault.kind for fault in checks.verify(said, (n, n + 1)).faults}, said


def verdict(checks: Verifier, claim: str, *cites: str) -> Verdict:
    return judge(checks, Labelled("", "", claim, cites, planted=False, aside=False))


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
