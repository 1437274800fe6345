"""Who is addressed before somebody speaks: what is asked of a name is answered without it, and labels that only count people
(发言人 2) tell nobody's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np

from ..checks.gazetteer import written_in
from ..evidence import Evidence
from ..stage import is_unnamed

_LAST = 3  # sentences at the end of a turn that may hand over to the next speaker


def handing_over(evidence: Evidence, n: int) -> Iterator[str]:
    """The last words of whoever spoke before the speaker of sentence n."""
    turns, speaker, t = evidence.transcript.turns, evidence.speaker(n), int(evidence.turns[n])
    while t > 0 and turns[t].speaker == speaker:
        t -= 1
    if turns[t].speaker not in (speaker, None):
        yield from _end_of(evidence, t)


def speaks(evidence: Evidence, names: Collection[str], n: int) -> bool:
    """Whether the one who speaks sentence n is a person of these names, by whom others hand over to: no label says so, and
    nobody else is called by them as often.
    """
    if not is_unnamed(evidence.transcript):
        return False
    turns, called = evidence.transcript.turns, Counter[str | None]()
    for t in range(1, len(turns)):
        if turns[t].speaker != turns[t - 1].speaker and written_in(names, " ".join(_end_of(evidence, t - 1))):
            called[turns[t].speaker] += 1
    first, *others = called.most_common(2) or [(None, 0)]
    return first[0] == evidence.speaker(n) and all(count < first[1] for _, count in others) and first[1] > 0


def _end_of(evidence: Evidence, turn: int) -> Iterator[str]:
    """The last sentences of a turn."""
    first, last = np.searchsorted(evidence.turns, (turn, turn + 1))
    yield from map(evidence.text, range(max(int(first), int(last) - _LAST), int(last)))
