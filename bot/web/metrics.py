"""What an operator watches; served on a port of its own, never on the public routes."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """Counters of one application; under several workers they are summed over their shared folder."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        kept = self.registry
        self.answers = Counter("roundtable_answers", "Answers given", ["face", "outcome"], registry=kept)
        self.seconds = Histogram("roundtable_answer_seconds", "Until it is whole", buckets=_SECONDS, registry=kept)
        self.faults = Counter("roundtable_faults", "Requests refused or failed", ["status"], registry=kept)
        self.votes = Counter("roundtable_votes", "Thumbs", ["vote"], registry=kept)
        self.inside = Gauge("roundtable_under_way", "Answers under way", registry=kept, multiprocess_mode="livesum")


def serve_metrics(port: int, metrics: Metrics | None) -> None:
    """Serve ``/metrics`` on loopback; without ``metrics``, those of all workers."""
    registry = metrics.registry if metrics else CollectorRegistry()
    if metrics is None:
        MultiProcessCollector(registry, os.environ[MULTIPROCESS])  # type: ignore[no-untyped-call]
    start_http_server(port, "127.0.0.1", registry=registry)
