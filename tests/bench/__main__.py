"""Speed, measured in one run: `python -m tests.bench` prints the goals with what was reached.

Every row is a ratio taken side by side (timing), but for a view and One Sky's pace, which are also shown against a
fixed load and against the floor, and Week One's (week). Names: campaign (T1, T8, R1, R3, R4), copy (C1, C2), raid (M1
to M3), sky (One Sky, views), week (Week One: pace, its slowest staff, forecasts), start (S2), window (S1, F1 to F3 of
a whole frame), map (F1 to F3 of the map alone), flow (G1, G2, G4), peers (T2 to T5, R2).
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import (
    bench_flow,
    bench_map,
    bench_raid,
    bench_start,
    bench_window,
    campaigns,
    copies,
    races,
    shipped,
    week,
)
from tests.bench.timing import Row, Times, one_core

Group = Callable[[int], tuple[list[Row], Times]]


def _raids(n: int) -> tuple[list[Row], Times]:
    rows = []
    for title, figure, must, stretch in bench_raid.rows(n):
        name, _, what = title.strip().partition(" ") if title.startswith("M") else ("M", "", title.strip())
        rows.append(Row(name, what, figure, must, stretch))
    return rows, {}


def _window(n: int) -> tuple[list[Row], Times]:
    (first, first_times), (then, then_times) = bench_start.rows(n), bench_window.rows(n)
    return [*first, *then], {**first_times, **then_times}


GROUPS: dict[str, Group] = {
    "campaign": campaigns.rows,
    "copy": lambda n: copies.rows(campaigns.game(), n),
    "raid": _raids,
    "sky": shipped.rows,
    "week": week.rows,
    "start": shipped.start_rows,
    "window": _window,
    "map": bench_map.rows,
    "flow": bench_flow.rows,
    "peers": lambda n: races.rows(campaigns.game(), n),
}
ROUNDS, QUICK = 9, 3


def line(row: Row) -> str:
    figure = "-" if row.figure is None else f"{row.figure:.4g}"
    goals = [f"{'>=' if row.more else '<='} {goal:.3g}" if goal else "" for goal in (row.must, row.stretch)]
    return (
        f"{row.name:4} {row.what:58} {figure:>10} {goals[0]:>11} {goals[1]:>11}  {row.verdict:8} {row.note}".rstrip()
    )


def measured(names: list[str], n: int, show: Callable[[str], None]) -> dict[str, Any]:
    """Run the groups of these names, showing each row as it comes; everything as plain values."""
    out: dict[str, Any] = {"python": platform.python_version(), "rounds": n, "rows": [], "seconds": {}}
    show(f"{'':4} {'ratios are medians of paired rounds':58} {'figure':>10} {'must':>11} {'stretch':>11}")
    for name in names:
        rows, times = GROUPS[name](n)
        for row in rows:
            show(line(row))
            kept = {"name": row.name, "what": row.what, "figure": row.figure, "must": row.must}
            out["rows"].append({**kept, "stretch": row.stretch, "verdict": row.verdict, "note": row.note})
        out["seconds"][name] = times
    return out


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} rounds in place of {ROUNDS}")
    parser.add_argument("--only", metavar="NAMES", help=f"some of {','.join(GROUPS)}")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write rows and every round's seconds there")
    asked = parser.parse_args(arguments)
    names = asked.only.split(",") if asked.only else list(GROUPS)
    odd = [name for name in names if name not in GROUPS]
    if odd:
        parser.error(f"there is no group {odd[0]!r}; name some of {','.join(GROUPS)}")
    one_core()
    found = measured(names, QUICK if asked.quick else ROUNDS, lambda text: print(text, flush=True))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
