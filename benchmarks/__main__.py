"""``make bench``: what can be measured without data of others, as ratios within one run."""

from __future__ import annotations

from . import answers, encoder, panel

if __name__ == "__main__":
    panel.main()
    answers.main()
    encoder.main()
