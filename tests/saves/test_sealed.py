"""Sealed saves: nothing secret is readable while the game runs, nothing is lost, no tampering goes untold."""

from __future__ import annotations

import base64
import json
import os
import signal
import time
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from game.core.orders import Plan
from game.io.draft import draft_path, read_draft
from game.io.passcode import code_of
from game.io.record import SaveFault, frame, scan, write_new
from game.io.recorder import write_open
from game.io.save import open_save, unlock
from game.io.sealed import Head, Locked, head_of, opened, sealed_for
from game.table.branch import branch
from game.table.match import Match, Stage, players_luck
from game.table.resume import resume
from game.table.verify import verify
from tests import toy
from tests.saves.games import SEED, lines_of, opening, played, sealed_all, setting
from tests.saves.sealed_games import CHEAP, begin, codes, key, read

TURNS = 3
MARKER = "the quiet heron moves at dawn"
#: A seed whose digits stand in no file by chance.
TELLING = 918273645546372


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The open save of the same game."""
    path = tmp_path_factory.mktemp("bare") / "g.save"
    played(path, turns=TURNS)
    return path.read_bytes()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sealed game in its second turn, with plans, answers and steps."""
    path = tmp_path_factory.mktemp("running") / "g.save"
    match = begin(path, turns=TURNS)
    match.play_turn()
    sealed_all(match)
    match.step()
    match.close()
    return path.read_bytes()


def head(path: Path) -> Head:
    found = head_of(path, scan(path.read_bytes()))
    assert found is not None
    return found


def gone_on(path: Path) -> Match:
    found = resume(path, setting(TURNS), toy.rulebook(), toy.EDITION, toy.players(), key=key(path), durable=False)
    found.match.play()
    assert found.match.stage is Stage.OVER
    found.match.close()
    return found.match


def secrets_in(folder: Path, words: tuple[bytes, ...]) -> list[tuple[str, bytes]]:
    return [(f.name, w) for f in folder.iterdir() for w in words if f.is_file() and w in f.read_bytes()]


def test_nothing_secret_is_readable_at_any_instant(tmp_path: Path) -> None:
    """Scanned after every record and every draft: no intent, no order, no unit, no seed, no digest."""
    path = tmp_path / "g.save"
    match = begin(path, turns=TURNS, seed=TELLING)
    words = (MARKER.encode(), str(TELLING).encode(), b"march", b"counters", match.digest().encode())
    while not match.state.over:
        for seat in match.unsealed:
            plan = match.players[seat].plan(
                match.view(seat), match.rulebook, players_luck(SEED, seat, match.state.turn)
            )
            plan = attrs.evolve(plan, intent=MARKER)
            ids = tuple(order.id.encode() for order in plan.orders)
            match.draft(plan)
            assert not secrets_in(tmp_path, (*words, *ids))
            assert read_draft(read(path), seat) == plan
            match.seal(plan)
            assert not secrets_in(tmp_path, (*words, *ids))
        for _ in match.run_turn():
            assert not secrets_in(tmp_path, (*words, match.digest().encode()))
        if not match.state.over:
            assert not secrets_in(tmp_path, (*words, match.digest().encode()))
    match.close()
    assert secrets_in(tmp_path, words[:1]), "when it is over all may read it, or this test reads nothing"


def test_a_finished_game_is_the_open_one_byte_for_byte(tmp_path: Path, bare: bytes) -> None:
    match = begin(tmp_path / "g.save", turns=TURNS)
    match.play()
    match.close()
    assert (tmp_path / "g.save").read_bytes() == bare
    assert [f.name for f in tmp_path.iterdir()] == ["g.save"]


def test_sealed_and_open_give_the_same_records_on_the_way(tmp_path: Path, running: bytes, bare: bytes) -> None:
    path = tmp_path / "g.save"
    path.write_bytes(running)
    held = read(path)
    assert held.trouble is None and len(held.lines.marks) > 6
    assert bare.startswith(held.lines.data)
    assert [m.line for m in held.lines.marks] == [m.line for m in held.file.marks], "faults name the file's own lines"


def test_who_opens_it(tmp_path: Path, running: bytes) -> None:
    path = tmp_path / "g.save"
    path.write_bytes(running)
    assert sealed_for(path) == ("JP", "KR", "")
    for codes_given in ([], ["wrong"], ["jp", "wrong"], [""]):
        with pytest.raises(Locked) as said:
            unlock(path, codes_given)
        assert "\n" not in str(said.value) and "JP, KR or the facilitator" in str(said.value)
    with pytest.raises(Locked):
        open_save(path)
    for owner in ("JP", "KR", ""):
        assert read(path, owner).plans(1)
    one, white, every = unlock(path, ["jp"]), unlock(path, ["white"]), unlock(path, ["jp", "kr"])
    assert one is not None and white is not None and every is not None
    assert (one.whole, white.whole, every.whole) == (False, True, True)
    assert path.read_bytes() == running, "to look changes nothing"


@pytest.mark.parametrize("what", ["flip", "swap", "drop", "splice", "flip within", "head"])
def test_tampering_is_told_in_one_line(tmp_path: Path, running: bytes, what: str) -> None:
    """Each twice: as it is, which the chain tells, and chained anew, which the cipher tells."""
    path = tmp_path / "g.save"
    other = tmp_path / "other.save"
    match = begin(other, turns=TURNS)
    match.play_turn()
    match.close()
    lines = running.splitlines(keepends=True)
    at = 4
    if what == "flip":
        lines[at] = (
            lines[at].replace(b'"plan",1', b'"open",1')
            if b'"plan",1' in lines[at]
            else lines[at][:60] + b"A" + lines[at][61:]
        )
    elif what == "flip within":
        raw = bytearray(base64.b64decode(json.loads(lines[at])[3]))
        raw[40] ^= 1
        lines[at] = (
            lines[at][:36]
            + json.dumps(
                ["", *json.loads(lines[at])[1:3], base64.b64encode(raw).decode()], separators=(",", ":")
            ).encode()[4:]
            + b"\n"
        )
    elif what == "swap":
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    elif what == "drop":
        del lines[at]
    elif what == "splice":
        lines[at] = lines_of(other)[at]
    else:
        at = 0
        lines[0] = lines[0].replace(b'"lasting":false', b'"lasting":true')
    assert b"".join(lines) != running
    for data in (b"".join(lines), rechained(lines)):
        path.write_bytes(data)
        if at == 0:
            with pytest.raises(SaveFault) as caught:
                read(path)
            assert "\n" not in str(caught.value)
            continue
        held = read(path)
        assert held.trouble is not None and not held.trouble.cut and held.trouble.line == at + 1
        assert not verify(held, setting(TURNS), toy.rulebook(), toy.EDITION, opening(TURNS)).whole
        with pytest.raises(SaveFault) as caught:
            gone_on(path)
        assert "altered" in str(caught.value) and "\n" not in str(caught.value)
        assert path.read_bytes() == data


def test_no_changed_byte_changes_what_is_read_untold(tmp_path: Path, running: bytes) -> None:
    """Any byte, as it is and chained anew by somebody who knows how: what is read is told of, or what was written."""
    path = tmp_path / "g.save"
    path.write_bytes(running)
    held = read(path)
    seal = held.seal
    assert seal is not None
    lines = running.splitlines(keepends=True)
    tried = 0
    for n in (0, 3, len(lines) - 1):
        line = lines[n]
        for at in range(36, len(line) - 2, 13 if n else 5):
            for bit in (1, 4):
                other = line[:at] + bytes((line[at] ^ bit,)) + line[at + 1 :]
                if b"\n" in other[:-1]:
                    continue
                altered = [*lines[:n], other, *lines[n + 1 :]]
                tried += 1
                assert scan(b"".join(altered)).trouble is not None
                try:
                    anew = scan(rechained(altered))
                    found = head_of(path, anew)
                    within = opened(anew, found, seal)[0] if found is not None else None
                except (SaveFault, ValueError):  # no longer what a line or a head looks like
                    continue
                if within is None:
                    assert n == 0, "a save that is no sealed one any more"
                elif within.trouble is None:
                    assert within.data == held.lines.data
                else:
                    assert held.lines.data.startswith(within.data) and within.trouble.line <= n + 2
    assert tried > 800


def test_cut_at_any_byte_what_was_whole_is_there(tmp_path: Path, running: bytes) -> None:
    path = tmp_path / "g.save"
    path.write_bytes(running)
    held, first = read(path), head(path)
    assert held.seal is not None
    stops = [mark.stop + 2 for mark in scan(running).marks]
    for cut in {*range(stops[0], len(running), 11), *stops}:
        within, file = opened(scan(running[:cut]), first, held.seal)
        assert held.lines.data.startswith(within.data)
        assert len(within.marks) == sum(stop <= cut for stop in stops)
        assert (within.trouble is None) == (cut in stops) and file.good == max(s for s in stops if s <= cut)
        assert within.trouble is None or within.trouble.cut


def rechained(lines: list[bytes]) -> bytes:
    out, link = [], b""
    for line in lines:
        _, kind, rest = line.split(b",", 2)
        turn, payload = rest.split(b",", 1)
        made, link = frame(link, kind.strip(b'"').decode(), int(turn), payload.decode()[:-2])
        out.append(made)
    return b"".join(out)


def test_an_altered_one_goes_on_from_its_good_beginning(tmp_path: Path, running: bytes, bare: bytes) -> None:
    path = tmp_path / "g.save"
    lines = running.splitlines(keepends=True)
    path.write_bytes(rechained([*lines[:5], lines[6], lines[5], *lines[7:]]))
    found = resume(
        path, setting(TURNS), toy.rulebook(), toy.EDITION, toy.players(), key=key(path), altered=True, durable=False
    )
    found.match.play()
    found.match.close()
    assert found.aside is not None
    assert path.read_bytes() == bare


def test_cut_at_and_inside_every_record_and_gone_on_with(tmp_path: Path, running: bytes, bare: bytes) -> None:
    """As of an open save: what was whole is there, the torn record is put aside as it is, the same game comes."""
    path = tmp_path / "g.save"
    for before, mark in pairwise(scan(running).marks[1:]):
        start, stop = before.stop + 2, mark.stop + 2
        for cut in (stop, (start + stop) // 2):
            path.write_bytes(running[:cut])
            gone_on(path)
            assert path.read_bytes() == bare, f"record {mark.line}, cut at {cut}"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_and_gone_on_with(tmp_path: Path, bare: bytes) -> None:
    """What was said to be sealed is there, whether the kill fell on a sealed save or on the moment it is opened."""
    codes()
    start = time.perf_counter()
    match = begin(tmp_path / "timing.save", turns=TURNS)
    match.play()
    match.close()
    takes = time.perf_counter() - start
    running = 0
    for n in range(24):
        path = tmp_path / f"{n}.save"
        pipe, out = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                child(path, out)
            finally:
                os._exit(0)
        os.close(out)
        time.sleep(takes * 1.3 * n / 24)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(pipe) as said:
            sealed = [line.split() for line in said.read().splitlines()]
        if not path.exists():
            assert not sealed
            continue
        held = read(path) if sealed_for(path) else open_save(path, toy.rulebook())
        assert held.trouble is None or held.trouble.cut
        running += held.seal is not None
        for turn, seat in sealed:
            assert seat in held.plans(int(turn))
        gone_on(path)
        assert path.read_bytes() == bare
    assert running >= 3, "too few kills fell on a running game"


def child(path: Path, out: int) -> None:
    match = begin(path, turns=TURNS)
    while not match.state.over:
        for seat in match.unsealed:
            luck = players_luck(SEED, seat, match.state.turn)
            match.seal(match.players[seat].plan(match.view(seat), match.rulebook, luck))
            os.write(out, f"{match.state.turn} {seat}\n".encode())
        match.play_turn()


def test_over_but_not_yet_opened(tmp_path: Path, bare: bytes) -> None:
    """A crash between the last record and the opening: any code opens it for all."""
    path = tmp_path / "g.save"
    match = begin(path, turns=TURNS, lasting=True)
    match.play()
    match.close()
    assert sealed_for(path), "a lasting seal stays"
    held = read(path)
    assert held.over and held.lines.data == bare
    assert held.key is not None
    held.key = attrs.evolve(held.key, seal=attrs.evolve(held.key.seal, lasting=False))
    write_open(held)
    assert path.read_bytes() == bare


def test_a_branch_is_sealed_too_and_stays_so(tmp_path: Path, running: bytes) -> None:
    path, to = tmp_path / "g.save", tmp_path / "b.save"
    path.write_bytes(running)
    found = branch(
        read(path), 2, to, setting(TURNS), toy.rulebook(), toy.EDITION, toy.players(), keep=("JP",), durable=False
    )
    found.match.play()
    found.match.close()
    assert sealed_for(to) == ("JP", "KR", "")
    assert read(to, "KR").over
    assert verify(read(to), setting(TURNS), toy.rulebook(), toy.EDITION).whole


def test_codes_set_changed_and_taken_away_in_mid_game(tmp_path: Path, bare: bytes) -> None:
    """An open game is sealed from then on, drafts too; a new code replaces an old; without any it is open."""
    path = tmp_path / "g.save"
    match = begin(path, turns=TURNS)
    recorder = match.recorder
    assert recorder is not None
    recorder.lock({})
    assert sealed_for(path) == ()
    match.play_turn()
    match.draft(Plan("JP", intent=MARKER))
    assert secrets_in(tmp_path, (MARKER.encode(),))
    recorder.lock({"JP": codes()["JP"]})
    assert sealed_for(path) == ("JP",)
    assert not secrets_in(tmp_path, (MARKER.encode(), b"march"))
    assert read_draft(read(path), "JP") == Plan("JP", intent=MARKER)
    recorder.lock({"KR": codes()["KR"]})
    with pytest.raises(Locked):
        read(path, "JP")
    found = read_draft(read(path, "KR"), "JP")
    assert found is not None and found.intent == MARKER
    recorder.lock({})
    again = read_draft(open_save(path, toy.rulebook()), "JP")
    assert again is not None and again.intent == MARKER
    match.play()
    match.close()
    assert path.read_bytes() == bare
    assert not draft_path(path, "JP").exists()


def test_a_code_that_no_longer_counts_opens_nothing_that_is_written_after_it(tmp_path: Path) -> None:
    """Not with a copy of the file of that time either; a code that is added changes no key."""
    path = tmp_path / "g.save"
    match = begin(path, turns=TURNS)
    recorder = match.recorder
    assert recorder is not None and recorder.seal is not None
    first = recorder.seal.key
    match.draft(Plan("JP", intent=MARKER))
    recorder.lock({**codes(), "KP": code_of("kp", cost=CHEAP)})
    assert recorder.seal.key == first
    recorder.lock({"KR": codes()["KR"]})
    now = recorder.seal
    assert now is not None and now.key != first
    match.play_turn()
    match.close()
    held = scan(path.read_bytes())
    assert opened(held, attrs.evolve(head(path), locks=()), attrs.evolve(now, key=first))[0].marks == ()
    assert read(path, "KR").trouble is None


def test_a_crash_while_the_key_is_changed_loses_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the save is written anew, and after it: the draft and the seating are those of the save that stands."""
    for late in (False, True):
        path = tmp_path / f"{late}.save"
        match = begin(path, turns=TURNS)
        recorder = match.recorder
        assert recorder is not None
        match.draft(Plan("JP", intent=MARKER))

        def crash(where: Path, data: bytes, path: Path = path, late: bool = late) -> None:
            if where == path and late:
                write_new(where, data)
            if where == path:
                raise KeyboardInterrupt

        with monkeypatch.context() as m:
            m.setattr("game.io.recorder.write_new", crash)
            with pytest.raises(KeyboardInterrupt):
                recorder.lock({"KR": codes()["KR"]})
        recorder.close()
        found = read_draft(read(path, "KR"), "JP")
        assert found is not None and found.intent == MARKER
        assert sealed_for(path) == (("KR",) if late else ("JP", "KR", ""))


def test_a_sealed_draft_is_none_of_another_seat_or_game(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    match = begin(path, turns=TURNS)
    match.draft(Plan("JP", intent=MARKER))
    match.close()
    draft_path(path, "KR").write_bytes(draft_path(path, "JP").read_bytes())
    other = tmp_path / "h.save"
    begin(other, turns=TURNS).close()
    draft_path(other, "JP").write_bytes(draft_path(path, "JP").read_bytes())
    for save, seat in ((path, "KR"), (other, "JP")):
        with pytest.raises(SaveFault) as said:
            read_draft(read(save), seat)
        assert "stale" in str(said.value) and MARKER not in str(said.value)
