"""The report's plots, as SVG to be put into the page; colours are the page's, so that they follow light and dark."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from eval.chance import Rate
from eval.report.finding import Finding
from eval.report.past import mean_before, passed_before
from eval.report.words import percent, type_label

# Stand-ins that matplotlib draws with and the page replaces by its own colours.
INK, SOFT, NOW, BEFORE = "#010101", "#020202", "#030303", "#040404"
_VARIABLES = {INK: "--ink", SOFT: "--line", NOW: "--now", BEFORE: "--before"}
_STYLE: Any = {  # matplotlib types its keys one by one
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": SOFT,
    "axes.grid": True,
    "grid.linewidth": 0.5,
    "legend.frameon": False,
}
WIDTH, HEIGHT = 5.4, 3.2  # inches at 72 dpi: two plots stand side by side on a laptop
Draw = Callable[[Axes, Finding], None]


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot as ``<svg>`` text, with its caption and what to read in it."""

    caption: str
    reading: str
    svg: str


def plots(finding: Finding) -> tuple[Plot, ...]:
    """Every plot."""
    types = max(3, len(finding.summary.by_type))
    past = ", amber: in the baseline" if finding.baseline else ""
    shapes: tuple[tuple[str, str, Draw, float], ...] = (
        ("Cases passed, by type", f"dot: now, with its 95 % interval{past}", _types, 0.6 + 0.26 * types),
        ("Time to answer", "share of questions answered within so many milliseconds", _latency, HEIGHT),
        ("Evidence found", "recall: share of the evidence among the first k passages", _recall, HEIGHT),
        ("Risk against coverage", "how often an answer is wrong if only the surest are given", _risk, HEIGHT),
    )
    return tuple(Plot(name, reading, _svg(name, draw, height, finding)) for name, reading, draw, height in shapes)


def _svg(caption: str, draw: Draw, height: float, finding: Finding) -> str:
    with mpl.rc_context({**_STYLE, "svg.hashsalt": caption}):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        figure.patch.set_visible(False)
        axes = figure.subplots()
        axes.patch.set_visible(False)
        draw(axes, finding)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, f"var({variable})")
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return re.sub(r' width="[\d.]+pt" height="[\d.]+pt"', "", svg, count=1)


def _types(axes: Axes, finding: Finding) -> None:
    rows = sorted(finding.summary.by_type.items(), key=lambda item: (item[1].value or 0.0, item[0]))
    was = passed_before(finding, lambda result: result.case.entry.type)
    for at, (name, rate) in enumerate(rows):
        _whisker(axes, rate, at)
        before = was.get(name)
        if before is not None:
            axes.plot([before], [at], marker="|", markersize=13, markeredgewidth=2, color=BEFORE)
    axes.set_yticks(range(len(rows)), [f"{type_label(name)} ({rate.n})" for name, rate in rows])
    axes.set_xlim(-0.02, 1.02)
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(visible=False, axis="y")


def _whisker(axes: Axes, rate: Rate, at: float) -> None:
    axes.plot([rate.low, rate.high], [at, at], color=NOW, alpha=0.45, linewidth=2)
    axes.plot([rate.value or 0.0], [at], "o", color=NOW, markersize=6)


def _recall(axes: Axes, finding: Finding) -> None:
    ks = (1, 3, 5, 10)
    found = {k: finding.summary.measures[f"recall@{k}"].value for k in ks}
    before = {k: mean_before(finding, f"recall@{k}") for k in ks}
    _line(axes, before, BEFORE, "baseline", "--")
    _line(axes, found, NOW, "now", "-")
    for k, value in found.items():
        if value is not None:
            axes.annotate(percent(value), (k, value), (0, 6), textcoords="offset points", ha="center", fontsize=8)
    axes.set_xticks(ks)
    axes.set_ylim(0, 1.08)
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xlabel("k passages")
    if axes.lines:
        axes.legend(loc="lower right")


def _line(axes: Axes, values: dict[int, float | None], colour: str, name: str, style: str) -> None:
    known = {k: value for k, value in values.items() if value is not None}
    if known:
        axes.plot(list(known), list(known.values()), style, marker="o", markersize=4, color=colour, label=name)


def _risk(axes: Axes, finding: Finding) -> None:
    points = finding.summary.risk
    if not points:
        return
    coverage = [point.coverage for point in points]
    axes.step(coverage, [point.risk for point in points], color=NOW, where="post", label="wrong among those answered")
    generalised = [point.generalised for point in points]
    axes.plot([0, *coverage], [0, *generalised], "--", color=INK, label="wrong among all (its area is AUGRC)")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, max(0.1, 1.15 * max(point.risk for point in points)))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1))
    axes.set_xlabel("share of questions answered, most confident first")
    axes.legend(loc="upper left", fontsize=8)


def _latency(axes: Axes, finding: Finding) -> None:
    times = sorted(1000 * result.seconds for result in finding.run.results)
    if not times:
        return
    shares: Sequence[float] = [(at + 1) / len(times) for at in range(len(times))]
    axes.step(times, shares, color=NOW, where="post")
    wall = finding.summary.latency["wall"]
    for value, name, height in ((wall.p50, "p50", 0.04), (wall.p95, "p95", 0.14)):
        axes.axvline(value, color=INK, linestyle="--", linewidth=1)
        axes.annotate(f"{name} {value:.0f} ms", (value, height), (3, 0), textcoords="offset points", fontsize=8)
    axes.set_xlim(0, 2 * wall.p95)  # one slow first question would squeeze all others against the axis
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xlabel("milliseconds")
