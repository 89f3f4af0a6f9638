"""Side by side: every contender once a round, the order rotated, medians and ratios of one and the same run.

A ratio is the median of the rounds' own ratios, so that a slow minute of the machine hits both sides of it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

import attrs

Timed = Callable[[], float]
#: Seconds that every contender took, round by round.
Times = dict[str, list[float]]


@attrs.frozen(slots=True)
class Row:
    """A line of the table. `figure` None: not measured here, and `note` says why. `must` and `stretch` 0: no goal,
    a figure for the record. With `more`, bigger is better."""

    name: str
    what: str
    figure: float | None
    must: float = 0.0
    stretch: float = 0.0
    more: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.figure is None or not self.must:
            return ""
        sign = -1 if self.more else 1
        reached = [name for name in ("stretch", "must") if sign * self.figure <= sign * getattr(self, name)]
        return reached[0] if reached else "MISSED"


def one_core() -> None:
    """Hold this process and its children on one core, where the system knows how."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def seconds(call: Callable[[], object], times: int = 1) -> float:
    """Mean time of a call."""
    start = perf_counter()
    for _ in range(times):
        call()
    return (perf_counter() - start) / times


def calls(call: Callable[[], object], times: int = 1) -> Timed:
    return lambda: seconds(call, times)


def rounds(cases: Mapping[str, Timed], n: int) -> Times:
    """Every case once a round; the rotation lets nobody always follow the same neighbor."""
    names = list(cases)
    out: Times = {name: [] for name in names}
    for turn in range(n):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            gc.collect()
            out[name].append(cases[name]())
    return out


def ratio(times: Times, one: str, other: str) -> float:
    return median(a / b for a, b in zip(times[one], times[other], strict=True))


def load() -> int:
    """A fixed piece of plain Python (about a millisecond), to tell two machines apart."""
    found: dict[int, int] = {}
    for n in range(10_000):
        found[n % 97] = found.get(n % 97, 0) + n
    return sum(found.values())
