"""A crash at any instant loses nothing that was sealed.

Cut short: the file of a whole game is cut at every byte (a crash between two of them), then gone on with; the game
ends as if nothing had happened. Killed: a process that plays is killed at hundreds of instants; what it had said was
sealed is in the file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from game.io.record import SaveFault, scan
from game.io.save import open_save
from game.table.match import Stage
from game.table.resume import resume
from game.table.verify import verify
from tests import toy
from tests.saves.games import SEED, opening, played, setting

TURNS = 4
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "g.save"
    played(path, turns=TURNS)
    return path.read_bytes()


def gone_on(path: Path) -> Path | None:
    """Resume and play to the end; where a tail was put."""
    found = resume(path, setting(TURNS), toy.rulebook(), toy.EDITION, toy.players(), durable=False)
    found.match.play()
    assert found.match.stage is Stage.OVER
    found.match.close()
    return found.aside


def test_cut_at_every_record_and_gone_on_with(tmp_path: Path, whole: bytes) -> None:
    """Byte for byte the same file, wherever the crash fell: same plans, answers, steps, digests, chain."""
    marks = scan(whole).marks
    kinds = Counter(m.kind for m in marks)
    assert {"plan", "answer", "step", "state", "end"} <= set(kinds), "the game must hold each kind of record"
    path = tmp_path / "g.save"
    for mark in marks[1:]:
        path.write_bytes(whole[: mark.stop + 2])
        assert gone_on(path) is None
        assert path.read_bytes() == whole, f"after record {mark.line} ({mark.kind})"


def test_cut_inside_every_record_and_gone_on_with(tmp_path: Path, whole: bytes) -> None:
    """The torn record is put aside as it is, and comes again."""
    marks = scan(whole).marks
    path = tmp_path / "g.save"
    for before, mark in pairwise(marks[1:]):
        start, stop = before.stop + 2, mark.stop + 2
        for at in (start + 1, (start + stop) // 2, stop - 1):
            path.write_bytes(whole[:at])
            aside = gone_on(path)
            assert aside is not None
            assert aside.read_bytes() == whole[start:at]
            assert path.read_bytes() == whole


def test_cut_at_every_byte_nothing_sealed_is_lost(whole: bytes) -> None:
    """All records that were whole are there, no other, and the file says that it was cut, not altered."""
    ends = [m.stop + 2 for m in scan(whole).marks]
    for at in range(len(whole)):
        lines = scan(whole[:at])
        assert len(lines.marks) == sum(end <= at for end in ends)
        if at in (0, *ends):
            assert lines.trouble is None
        else:
            assert lines.trouble is not None
            assert lines.trouble.cut


def test_a_tail_of_zeros_is_a_cut(tmp_path: Path, whole: bytes) -> None:
    """What some file systems leave after the power went."""
    path = tmp_path / "g.save"
    path.write_bytes(whole[:-40] + bytes(4096))
    aside = gone_on(path)
    assert aside is not None
    assert path.read_bytes() == whole


def test_a_cut_beginning_is_told_in_one_line(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "g.save"
    first, second = scan(whole).marks[:2]
    for at in (0, 1, 40, first.stop, first.stop + 2, second.stop):
        path.write_bytes(whole[:at])
        with pytest.raises(SaveFault) as caught:
            gone_on(path)
        assert "\n" not in str(caught.value)
        assert path.read_bytes() == whole[:at], "a file that cannot be used is left as it is"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_hundreds_of_instants(tmp_path: Path) -> None:
    """A process plays, and says through a pipe what it has sealed. It is killed; then the save is gone on with."""
    kills = 240
    done = subprocess.run(
        [sys.executable, "-m", "tests.saves.killed", str(tmp_path), str(kills), str(TURNS), str(SEED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    match = toy.match(TURNS, SEED)
    match.play()
    stages = Counter[str]()
    for n in range(kills):
        said = [tuple(line.split()) for line in (tmp_path / f"{n}.said").read_text().splitlines()]
        path = tmp_path / f"{n}.save"
        if not path.exists():
            assert not said
            stages["not begun"] += 1
            continue
        saved = open_save(path, toy.rulebook())
        assert saved.trouble is None or saved.trouble.cut
        for turn, seat in said:
            assert seat in saved.plans(int(turn)), f"kill {n}: {seat}'s plan of turn {turn} was sealed and is lost"
        stages[f"turn {saved.turns[-1]} {saved.lines.marks[-1].kind}"] += 1
        gone_on(path)
        again = open_save(path, toy.rulebook())
        assert again.digest(TURNS + 1) == match.digest()
        if n % 20 == 0:
            verdict = verify(again, setting(TURNS), toy.rulebook(), toy.EDITION, opening(TURNS))
            assert verdict.whole
            assert verdict.turns == TURNS
    assert len(stages) >= 5, f"the kills fell on too few different instants: {dict(stages)}"
