"""`python -m tests.mutants`: plant one-line faults, each in a copy of the tree, and see the tests turn red.

    python -m tests.mutants [--only WORD ...] [--jobs N] [--list]

A fault of `mutants.toml` stands in a file in place of a line that is there once, and is meant to be caught by the
tests of one law or one chapter. Exit 0: all caught. Exit 1: some survived, a law is missing. Exit 2: the tests are
red without any fault, or a fault no longer fits its file.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory

import attrs

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("mutants.toml")
TREE = ("game", "rules", "maps", "tests", "pyproject.toml")
SECONDS = 600

#: The tests that hold each law, and each chapter's rules. A fault names one of these.
LAWS: Mapping[str, tuple[str, ...]] = {
    "replay": ("tests/laws/test_replay.py", "tests/laws/test_digests.py"),
    "order": ("tests/laws/test_replay.py", "tests/laws/test_digests.py", "tests/laws/test_ledger.py"),
    "fog": ("tests/laws/test_fog.py",),
    "told": ("tests/laws/test_fog.py", "tests/laws/test_log.py"),
    "seed": ("tests/laws/test_fog.py", "tests/laws/test_log.py"),
    "odds": ("tests/laws/test_better_odds.py", "tests/laws/test_better_sea.py", "tests/odds"),
    "ledger": ("tests/laws/test_ledger.py",),
    "imports": ("tests/laws/test_imports.py",),
    "options": ("tests/laws/test_orders.py",),
    "settled": ("tests/laws/test_orders.py", "tests/cases"),
    "kernel": ("tests/laws/test_orders.py", "tests/cases"),
    "frozen": ("tests/laws/test_state.py",),
    "plain": ("tests/laws/test_state.py",),
    "ending": ("tests/laws/test_replay.py",),
    "luck": ("tests/laws/test_luck.py",),
    "mirror": ("tests/laws/test_mirror.py",),
    "flow": ("tests/flow",),
    "levels": ("tests/playthroughs/test_log_eyes.py",),
    "packs": (
        "tests/packs/test_shipped_tables.py",
        "tests/packs/test_sea_lane_lottery.py",
        "tests/packs/test_course.py",
    ),
    "study": ("tests/study/test_pairs.py",),
}
CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "politics": ("tests/cases", "tests/rules/test_politics.py", "tests/laws/test_mirror.py"),
    "intelligence": ("tests/cases", "tests/rules/test_intelligence.py"),
    "logistics": (
        "tests/cases",
        "tests/rules/test_logistics.py",
        "tests/rules/test_logistics_turns.py",
        "tests/laws/test_supply.py",
    ),
    "movement": ("tests/cases", "tests/rules/test_movement.py", "tests/laws/test_ledger.py"),
    "missile_defense": ("tests/cases", "tests/rules/missile_defense"),
    "patrols": ("tests/cases", "tests/rules/test_patrols.py", "tests/odds/test_search.py", "tests/laws/test_sea.py"),
    "planning": ("tests/cases", "tests/rules/test_planning.py"),
    "assessment": ("tests/cases", "tests/rules/test_assessment.py"),
}


@attrs.frozen
class Mutant:
    """A fault: `after` stands for `before` in `file`; `by` names the law or chapter whose tests should see it."""

    name: str
    by: str
    file: str
    before: str
    after: str

    @property
    def tests(self) -> tuple[str, ...]:
        return LAWS[self.by] if self.by in LAWS else CHAPTERS[self.by]

    def misfit(self) -> str:
        """Why it does not fit the tree as it is, "" when it does."""
        if self.by not in LAWS and self.by not in CHAPTERS:
            return f"{self.name}: no such law or chapter: {self.by}"
        path = ROOT / self.file
        if not path.is_file():
            return f"{self.name}: no file {self.file}"
        text = path.read_text(encoding="utf-8")
        times = text.count(self.before)
        if times != 1:
            return f"{self.name}: its line stands {times} times in {self.file}; mend tests/mutants.toml"
        try:
            compile(text.replace(self.before, self.after), self.file, "exec")
        except SyntaxError as error:
            return f"{self.name}: not Python: {error}"
        return ""


def mutants() -> tuple[Mutant, ...]:
    table = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return tuple(
        Mutant(f"{by}.{name}", by, **fault) for by, faults in table.items() for name, fault in faults.items()
    )


def copy(to: Path) -> Path:
    for name in TREE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
        else:
            shutil.copy(source, to / name)
    return to


def red(tree: Path, tests: tuple[str, ...]) -> str:
    """The first test that fails, "" for none."""
    there = [t for t in tests if (tree / t).exists()]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header", *there]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(tree)}
    try:
        done = subprocess.run(
            command, cwd=tree, env=env, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"still running after {SECONDS} s"
    if done.returncode == 0:
        return ""
    lines = [x for x in done.stdout.splitlines() if x.startswith(("FAILED", "ERROR"))]
    return lines[0].split(" - ")[0] if lines else f"exit {done.returncode}: {done.stdout[-200:]!r}"


def judge(mutant: Mutant, trees: Queue[Path]) -> tuple[Mutant, str]:
    tree = trees.get()
    path = tree / mutant.file
    whole = path.read_text(encoding="utf-8")
    try:
        path.write_text(whole.replace(mutant.before, mutant.after), encoding="utf-8")
        return mutant, red(tree, mutant.tests)
    finally:
        path.write_text(whole, encoding="utf-8")
        trees.put(tree)


def plant(chosen: tuple[Mutant, ...], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Each fault with the test that saw it, as they come. SystemExit 2 where the tests are red without one."""
    with TemporaryDirectory() as folder:
        trees: Queue[Path] = Queue()
        for n in range(jobs):
            trees.put(copy(Path(folder) / str(n)))
        with ThreadPoolExecutor(jobs) as pool:
            clean = trees.get()
            for tests in sorted({m.tests for m in chosen}):
                if found := red(clean, tests):
                    print(f"red without any fault: {found}", file=sys.stderr)
                    raise SystemExit(2)
            trees.put(clean)
            yield from pool.map(lambda m: judge(m, trees), chosen)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--only", nargs="+", default=[""], help="faults whose name holds one of these words")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="print the faults and stop")
    args = parser.parse_args(argv)
    chosen = tuple(m for m in mutants() if any(word in m.name for word in args.only))
    if misfits := [m.misfit() for m in chosen if m.misfit()]:
        print("\n".join(misfits), file=sys.stderr)
        return 2
    if args.list:
        print("\n".join(f"{m.name:<34}{m.file}" for m in chosen))
        return 0
    survived = []
    for mutant, found in plant(chosen, args.jobs):
        print(f"{'caught' if found else 'SURVIVED':<10}{mutant.name:<34}{found}", flush=True)
        if not found:
            survived.append(mutant.name)
    print(
        f"{len(chosen) - len(survived)} of {len(chosen)} caught"
        + (f"; survived: {', '.join(survived)}" if survived else "")
    )
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
