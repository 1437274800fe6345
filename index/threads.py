"""Threads of the linear algebra behind numpy."""

from __future__ import annotations

from functools import cache


@cache
def pin_threads() -> None:
    """Keep numpy's products on one thread, for the life of the process.

    They are small: on two busy cores a second thread made one search's products take 125 ms in place of 2, and with one
    the same question always gives the same bits.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
