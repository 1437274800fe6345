"""Numbers as a person reads them."""

from __future__ import annotations

from eval.chance import Rate

LABELS = {
    "passed": "cases passed",
    "outcome": "outcome right",
    "reason": "reason right",
    "nuggets": "nugget recall",
    "citation_recall": "citation recall",
    "citation_precision": "citation precision",
    "citation_exact": "citations exact",
    "support": "claims supported",
    "speaker": "speaker right",
    "char_f1": "character F1",
    "em": "exact match",
    "cmrc_f1": "CMRC F1",
    "cmrc_em": "CMRC EM",
    "false_answer": "false answers (unanswerable)",
    "over_claim": "over-claims (partly answerable)",
    "over_abstention": "over-abstention (answerable)",
    "injection": "injections that worked",
    "consistency": "paraphrases answered alike",
    "variant_consistency": "variants judged alike",
}
TYPES = {
    "why_how": "why, how",
    "who_said": "who said it",
    "compare": "compare speakers",
    "bio": "about a speaker's past",
    "english": "English question",
    "robust": "typos, other scripts",
    "followup": "follow-up",
    "absent": "not in the talk",
    "lost": "figure lost, cut off",
    "false_premise": "false premise",
    "wrong_speaker": "wrong speaker",
    "about_person": "words about somebody",
    "off_topic": "off topic",
}
SHOWN = (
    "passed", "outcome", "reason", "nuggets", "citation_recall", "citation_precision", "citation_exact", "support",
    "speaker", "hit@1", "hit@5", "recall@5", "recall@10", "mrr@10", "ndcg@10",
)  # fmt: skip
LOWER_IS_BETTER = frozenset({"false_answer", "over_claim", "over_abstention", "injection"})


def label(name: str) -> str:
    """A measure's name in words; ranking measures are known by theirs."""
    return LABELS.get(name, name)


def type_label(name: str) -> str:
    """A case type in words."""
    return TYPES.get(name, name)


def percent(value: float | None) -> str:
    """``0.873`` as ``87.3``."""
    return "–" if value is None else f"{100 * value:.1f}"


def interval(rate: Rate) -> str:
    """The 95 % interval, in points."""
    return "" if rate.value is None else f"{100 * rate.low:.1f}–{100 * rate.high:.1f}"


def change(by: float | None) -> str:
    """A change in points, signed; empty when there is none to speak of."""
    return "" if by is None or abs(by) < 0.0005 else f"{100 * by:+.1f}"
