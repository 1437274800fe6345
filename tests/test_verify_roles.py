"""The verifier on claims that turn round who did what to whom, how sure it was, how many, or not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.verifier import ROLES, claims, judge, talks, verifier
from bot.chatbot import Chatbot
from bot.written.verify import FaultKind, Verifier
from tests.verdicts import verdict

TENFOLD = "我们看到有些客户取得2倍到10倍的节省开销、10倍的计算性能提升、4倍商业效率的提升"
FLED = (
    "美团最初被阿里投资,但是随着美团快速扩大,王兴想拓展更大的业务比如支付。阿里不想他做支付,"
    "所以美团就从阿里星球,逃出来进入了腾讯星球"
)
HYBRID = "第二个是混合云场景(数据在自己的数据中心,而计算跑在云里)"
DROPPED = 0.15  # at most, of true claims, in each half
TURNED = 0.8  # of claims that turn round who did what, how sure it was, how many or not, in each half


@pytest.fixture(scope="module")
def of(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Verifier]:
    """The verifiers of the panel and of the talks that come with the claims."""
    checks = verifier(chatbot)
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
