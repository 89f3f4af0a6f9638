"""Clocks count what they are told and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.table.clock import MINUTE, WARNING, Clock, Clocks, Phase

TIMES = st.integers(0, 10**7)


@given(TIMES, st.lists(st.tuples(st.sampled_from(["run", "stop", "wait", "extend"]), st.integers(0, 10**6))))
def test_a_clock_spends_just_the_time_that_it_ran(length: int, acts: list[tuple[str, int]]) -> None:
    clock, now, ran, runs, length = Clock(length), 0, 0, False, length
    for what, n in acts:
        if what == "wait":
            now += n
            ran += n * runs
        elif what == "run":
            clock, runs = clock.run(now), True
        elif what == "stop":
            clock, runs = clock.stop(now), False
        else:
            clock = clock.extended(n)
            length += n if length else 0
        assert clock.used(now) == ran
        assert clock.left(now) == (length - ran if length else 0)
        assert (clock.phase(now) is Phase.OVER) == (length > 0 and ran >= length)


def test_six_minutes_warn_at_thirty_seconds_and_run_out_at_six() -> None:
    clock = Clock.of_minutes(6).run(1000)
    phases = [clock.phase(1000 + 6 * MINUTE - left) for left in (WARNING + 1, WARNING, 1, 0, -5000)]
    assert phases == [Phase.RUNNING, Phase.WARNS, Phase.WARNS, Phase.OVER, Phase.OVER]
    assert clock.left(1000 + 7 * MINUTE) == -MINUTE


def test_an_alarm_of_thirty_seconds_does_not_warn_from_the_start() -> None:
    clock = Clock(30_000).run(0)
    assert [clock.phase(t) for t in (0, 14_999, 15_000, 30_000)] == [
        Phase.RUNNING,
        Phase.RUNNING,
        Phase.WARNS,
        Phase.OVER,
    ]


def test_a_clock_that_is_set_back_gives_no_time_and_takes_none() -> None:
    clock = Clock(1000).run(500)
    assert clock.used(100) == 0
    assert clock.stop(100).used(9999) == 0


def test_no_minutes_no_end() -> None:
    clock = Clock.of_minutes(0).run(0)
    assert clock.phase(10**12) is Phase.FREE
    assert clock.extended(5000) == clock


@given(st.lists(st.tuples(st.sampled_from(["JP", "KR", ""]), st.integers(1, 1000)), min_size=1))
def test_one_clock_runs_at_a_time(turns: list[tuple[str, int]]) -> None:
    """What the clocks have spent together is the time that passed."""
    clocks, now = Clocks(), 0
    for whose, ms in turns:
        clocks.begin(whose, 10**6)
        clocks.run(whose, now)
        now += ms
    spent = {whose: sum(ms for w, ms in turns if w == whose) for whose, _ in turns}
    assert {whose: clock.used(now) for whose in spent if (clock := clocks.get(whose))} == spent


def test_news_comes_once_and_anew_after_more_time() -> None:
    clocks = Clocks()
    clocks.begin("JP", 40_000)
    assert clocks.news("JP", 10**6) is None, "it stands still"
    clocks.run("JP", 0)
    heard = [clocks.news("JP", t) for t in (19_000, 20_000, 21_000, 40_000, 50_000)]
    assert heard == [None, Phase.WARNS, None, Phase.OVER, None]
    clocks.extend("JP", 60_000)
    assert [clocks.news("JP", t) for t in (50_000, 75_000, 99_999, 100_000)] == [None, Phase.WARNS, None, Phase.OVER]
