"""Saves that somebody or something has spoilt: one clear line each, and the file as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.digest import digest_of
from game.io.record import MOST_BYTES, MOST_LINE, SaveFault, frame, scan
from game.io.replay import states, steps
from game.io.save import Saved, open_save
from game.table.branch import branch
from game.table.match import Stage
from game.table.resume import resume
from game.table.verify import verify
from tests import toy
from tests.saves.games import begin, lines_of, opening, played, rechained, sealed_all, setting

TURNS = 3
quick = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """A game stopped in the middle of turn 3, after an answer: every kind of record but the end."""
    path = tmp_path_factory.mktemp("whole") / "g.save"
    match = begin(path, turns=TURNS)
    match.play(2)
    sealed_all(match)
    while match.stage is not Stage.ASKING:
        match.step()
    match.answer(None)
    match.step()
    match.close()
    return lines_of(path)


def everything(path: Path) -> None:
    """All that is done with a save. Whatever the file, only SaveFault may come of it."""
    saved = open_save(path, toy.rulebook())
    verify(saved, setting(TURNS), toy.rulebook(), toy.EDITION, opening(TURNS))
    bare = open_save(path)
    for _ in states(bare, setting(TURNS)):
        pass
    for turn in saved.turns:
        for _ in steps(bare, turn, setting(TURNS)):
            pass
        saved.plans(turn), saved.answers(turn), saved.notes(turn)
    resume(path, setting(TURNS), toy.rulebook(), toy.EDITION, toy.players(), durable=False).match.play()


def one_line(path: Path, data: bytes, says: str = "") -> str:
    """Everything done with `data` ends in one line; nobody has touched the file."""
    path.write_bytes(data)
    with pytest.raises(SaveFault) as caught:
        everything(path)
    line = str(caught.value)
    assert "\n" not in line
    assert says in line
    assert line.startswith(str(path))
    assert path.read_bytes() == data
    assert [p.name for p in path.parent.iterdir()] == [path.name], "nothing is left behind"
    return line


def broken(path: Path, data: bytes) -> Saved:
    """Opening `data` tells of trouble and where; going on with it is refused with the same line number."""
    path.write_bytes(data)
    saved = open_save(path, toy.rulebook())
    assert saved.trouble is not None
    assert not saved.trouble.cut
    assert f"line {saved.trouble.line}" in one_line(path, data)
    return saved


def test_the_whole_one_is_whole(tmp_path: Path, whole: list[bytes]) -> None:
    path = tmp_path / "g.save"
    path.write_bytes(b"".join(whole))
    everything(path)


def test_shuffled_lines(tmp_path: Path, whole: list[bytes]) -> None:
    for i in range(1, len(whole) - 1):
        lines = [*whole[:i], whole[i + 1], whole[i], *whole[i + 2 :]]
        saved = broken(tmp_path / "g.save", b"".join(lines)) if i > 1 else None
        assert saved is None or (saved.trouble is not None and saved.trouble.line == i + 1)


def test_doubled_and_missing_lines(tmp_path: Path, whole: list[bytes]) -> None:
    for i in range(2, len(whole)):
        saved = broken(tmp_path / "g.save", b"".join([*whole[:i], whole[i - 1], *whole[i:]]))
        assert saved.trouble is not None
        assert saved.trouble.line == i + 1
    for i in range(2, len(whole) - 1):
        saved = broken(tmp_path / "g.save", b"".join([*whole[:i], *whole[i + 1 :]]))
        assert saved.trouble is not None
        assert saved.trouble.line == i + 1


def test_two_saves_spliced(tmp_path: Path, whole: list[bytes]) -> None:
    played(tmp_path / "other.save", turns=TURNS, seed=9)
    other = lines_of(tmp_path / "other.save")
    (tmp_path / "other.save").unlink()
    for i in range(2, min(len(whole), len(other))):
        broken(tmp_path / "g.save", b"".join([*whole[:i], *other[i:]]))


def test_a_flip_of_any_byte_is_found_on_its_line(whole: list[bytes]) -> None:
    """Every byte of the file: the scan stops at that line, and what came before is as it was."""
    data = b"".join(whole)
    starts = [0]
    for line in whole:
        starts.append(starts[-1] + len(line))
    for at in range(0, len(data), 3):
        flipped = bytearray(data)
        flipped[at] ^= 1 << at % 8
        number = sum(start <= at for start in starts[:-1])
        lines = scan(bytes(flipped))
        assert lines.trouble is not None
        assert lines.trouble.line == number
        assert lines.good == starts[number - 1]


def test_a_good_beginning_can_be_gone_on_with_on_purpose(tmp_path: Path, whole: list[bytes]) -> None:
    path = tmp_path / "g.save"
    spoilt = whole[-3].replace(b"JP", b"KR", 1)
    data = b"".join([*whole[:-3], spoilt, *whole[-2:]])
    broken(path, data)
    found = resume(path, setting(TURNS), toy.rulebook(), toy.EDITION, toy.players(), altered=True, durable=False)
    assert found.aside is not None
    assert found.aside.read_bytes() == b"".join([spoilt, *whole[-2:]])
    found.match.play()
    match = toy.match(TURNS, 3)
    match.play()
    assert found.match.state.turn == TURNS + 1
    assert open_save(path).trouble is None


Change = Callable[[list[Any]], None]


def altered(whole: list[bytes], kind: str, change: Change, *, last: bool = False) -> bytes:
    """The save with one record changed by somebody who chains it again as it should be."""
    places = [i for i, line in enumerate(whole) if line.split(b",", 2)[1] == f'"{kind}"'.encode()]
    i = places[-1 if last else 0]
    record = json.loads(whole[i])
    change(record)
    line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
    return rechained([*whole[:i], line, *whole[i + 1 :]])


def put(*way: Any) -> Change:
    """Set the payload's value at a way: `put(1, 0, "x")` sets payload[1][0] to "x"."""

    def change(record: list[Any]) -> None:
        spot = record
        for step in (3, *way[:-2]):
            spot = spot[step]
        spot[way[-2]] = way[-1]

    return change


def redigested(*way: Any) -> Change:
    """The same in a state, with the digest made to fit: all that an attacker can do."""

    def change(record: list[Any]) -> None:
        put(1, *way)(record)
        record[3][0] = digest_of(json.dumps(record[3][1], separators=(",", ":")))

    return change


CHAINED: list[tuple[str, str, bool, Change]] = [
    ("format of the future", "game", False, put("format", 99)),
    ("format of the past", "game", False, put("format", 0)),
    ("format that is none", "game", False, put("format", True)),
    ("field left over", "game", False, put("colour", "red")),
    ("scenario is a path", "game", False, put("scenario", "../../etc/passwd")),
    ("scenario is another", "game", False, put("scenario", "elsewhere")),
    ("scenario has changed", "game", False, put("scenario_digest", "0" * 32)),
    ("rules are others", "game", False, put("rules", "other")),
    ("seed is a fraction", "game", False, put("seed", 1.5)),
    ("seed is huge", "game", False, put("seed", 2**80)),
    ("seat is none", "game", False, put("seats", ["JP", "XX"])),
    ("seats are others", "game", False, put("seats", ["JP", "US"])),
    ("seat is a path", "game", False, put("seats", ["../JP"])),
    ("parent is a path", "game", False, put("parent", ["/etc/passwd", 1])),
    ("records are others", "game", False, put("records", {})),
    ("tables are none", "game", False, put("tables", {})),
    ("table is odd", "game", False, put("tables", "places", ["Place", {}, []])),
    ("order runs code", "game", False, put("orders", "ship", 2, 2, 0, "x=print('!')")),
    ("order costs a text", "game", False, put("orders", "ship", 1, "cost", "9")),
    ("state is no list", "state", False, put(1, 7)),
    ("state is of another digest", "state", False, put(1, 2, 99)),
    ("state has a counter nowhere", "state", True, redigested(3, 2, 1, 0, 1, 2, "ATLANTIS")),
    ("state has a counter of no formation", "state", True, redigested(3, 2, 1, 0, 1, 1, "GODZILLA")),
    ("state has a counter of nobody", "state", True, redigested(3, 2, 1, 0, 1, 0, "XX")),
    ("state has steps below zero", "state", True, redigested(3, 2, 1, 0, 1, 3, -4)),
    ("state has steps beyond measure", "state", True, redigested(3, 2, 1, 0, 1, 3, 2**70)),
    ("state has true for a count", "state", True, redigested(3, 2, 1, 0, 1, 3, True)),
    ("state lacks a nation", "state", True, redigested(3, 0, 1, [])),
    ("state has a table twice", "state", True, redigested(3, 1, 0, "nations")),
    ("state has a key twice", "state", True, redigested(3, 2, 1, 1, 0, "J1")),
    ("state is of another turn", "state", True, redigested(0, 2)),
    ("plan is for another's unit", "plan", False, put(1, [["march", "JP", "K1", "EAST"]])),
    ("plan is in another's name", "plan", False, put(1, [["ship", "KR", "WEST", 40]])),
    ("plan is another seat's", "plan", False, put(0, "KR")),
    ("plan is of no seat", "plan", False, put(0, "XX")),
    ("plan costs too much", "plan", False, put(1, [["march", "JP", "J1", "WEST"]] * 4)),
    ("plan asks for nothing known", "plan", False, put(1, [["nuke", "JP", "NORTH"]])),
    ("plan is in the wrong type", "plan", False, put(1, [["ship", "JP", "EAST", "40"]])),
    ("plan goes nowhere", "plan", False, put(1, [["march", "JP", "J1", "ATLANTIS"]])),
    ("plan holds a list too deep", "plan", False, put(1, [[[[[[]]]]]])),
    ("plan is half a character", "plan", False, put(5, "\ud800")),
    ("plan is two lines of intent", "plan", False, put(5, "a\nb")),
    ("answer is not what was asked", "answer", True, put(3, "WEST-ISH")),
    ("answer is another seat's", "answer", True, put(1, "KP")),
    ("answer was not offered", "answer", True, put(4, ["cover", "KR", "EAST", True])),
    ("answer is a plan", "answer", True, put(4, ["ship", "JP", "EAST", 40])),
    ("step is of another phase", "step", True, put(0, "raid.mend")),
    ("step is of another pulse", "step", True, put(1, 7)),
    ("step has an event less", "step", True, put(3, [])),
    ("step has events that are none", "step", True, put(3, [[]])),
    ("step changes what is not there", "step", False, put(3, 0, 6, [["+", "counters", "J9", "steps", 1]])),
    ("step changes below zero", "step", False, put(3, 0, 6, [["+", "counters", "J1", "steps", -99]])),
    ("step changes no field", "step", False, put(3, 0, 6, [["+", "counters", "J1", "wings", 1]])),
    ("step makes half a row", "step", False, put(3, 0, 6, [["*", "counters", "J9", ["JP"]]])),
]


@pytest.mark.parametrize(("what", "kind", "last", "change"), CHAINED, ids=[c[0] for c in CHAINED])
def test_altered_by_somebody_who_can_chain(
    tmp_path: Path, whole: list[bytes], what: str, kind: str, last: bool, change: Change
) -> None:
    """The chain says nothing here; what is wrong must be found in the thing itself."""
    path = tmp_path / "g.save"
    data = altered(whole, kind, change, last=last)
    path.write_bytes(data)
    line = ""
    try:
        saved = open_save(path, toy.rulebook())
        assert saved.trouble is None, "this test is of saves whose chain is right"
        verdict = verify(saved, setting(TURNS), toy.rulebook(), toy.EDITION, opening(TURNS))
        assert not verdict.whole or verdict.other_rules
        line = str(verdict.difference or "") or verdict.unfolded
    except SaveFault as fault:
        line = str(fault)
    assert line or what == "rules are others"
    assert "\n" not in line
    try:
        everything(path)
    except SaveFault as fault:
        assert "\n" not in str(fault)
        assert path.read_bytes() == data


def test_records_where_they_cannot_stand(tmp_path: Path, whole: list[bytes]) -> None:
    """A turn's number, a kind of record or a place in the sequence that is wrong, with a right chain."""
    path = tmp_path / "g.save"
    one_line(path, rechained(whole[1:]), "does not begin as a save does")
    one_line(path, rechained([whole[0], *whole[2:]]), "line 2")
    one_line(path, rechained([whole[0], whole[0], *whole[1:]]), "line 2")
    one_line(path, rechained([whole[0]]), "opening state")
    for i in range(2, len(whole)):
        line, link = frame(b"", "what", 1, "[]")
        assert link
        one_line(path, rechained([*whole[:i], line, *whole[i:]]), f"line {i + 1}")
        line, _ = frame(b"", "note", 9, '["a","JP","b"]')
        one_line(path, rechained([*whole[:i], line, *whole[i:]]), f"line {i + 1}")
        line, _ = frame(b"", "end", 1, '"x"')
        if i < len(whole) - 1:
            one_line(path, rechained([*whole[:i], line, *whole[i:]]), "line")


def test_nested_and_huge(tmp_path: Path, whole: list[bytes]) -> None:
    path = tmp_path / "g.save"
    for payload in ("[" * 200_000, "[" * 200_000 + "]" * 200_000, "9" * 10_000, '{"a":' * 50_000, "NaN", "-Infinity"):
        line, _ = frame(b"", "plan", 3, payload)
        one_line(path, rechained([*whole, line]))
        line, _ = frame(b"", "game", 0, payload)
        one_line(path, rechained([line, *whole[1:]]), "line 1")


def test_a_line_too_long(tmp_path: Path, whole: list[bytes]) -> None:
    line, _ = frame(b"", "note", 3, json.dumps(["a", "JP", "x" * MOST_LINE]))
    path = tmp_path / "g.save"
    data = rechained([*whole, line])
    path.write_bytes(data)
    with pytest.raises(SaveFault, match=rf"line {len(whole) + 1}.*16 is the most"):
        resume(path, setting(TURNS), toy.rulebook(), toy.EDITION)


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # sparse: takes no room
    with pytest.raises(SaveFault, match="more than a save may have"):
        open_save(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.save", Path("/dev/zero"), tmp_path / "a\0b"):
        with pytest.raises(SaveFault) as caught:
            open_save(path)
        assert "\n" not in str(caught.value)


NO_SAVES = [b"", b"\n", b"\0" * 99, b"{}\n", b"[]\n", b"PK\x03\x04\n\n\n", "ゲーム\n".encode(), b"\xff\n"]


@pytest.mark.parametrize("data", NO_SAVES)
def test_files_that_are_no_saves(tmp_path: Path, data: bytes) -> None:
    one_line(tmp_path / "g.save", data, "line 1")


@quick
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    one_line(tmp_path / "g.save", data)


@quick
@given(data=st.data())
def test_any_damage(tmp_path: Path, whole: list[bytes], data: st.DataObject) -> None:
    """Bytes put anywhere, cut out of anywhere: one line, or a cut that is gone on with."""
    path = tmp_path / "g.save"
    body = b"".join(whole)
    start = data.draw(st.integers(0, len(body) - 1))
    stop = data.draw(st.integers(start, min(len(body), start + 400)))
    spoilt = body[:start] + data.draw(st.binary(max_size=40)) + body[stop:]
    path.write_bytes(spoilt)
    try:
        everything(path)
    except SaveFault as fault:
        assert "\n" not in str(fault)
    for left in tmp_path.iterdir():
        left.unlink()


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.integers()
    | st.sampled_from(["JP", "J1", "EAST", "ship", ""]),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.text(max_size=3), inner, max_size=2)),
    max_leaves=8,
)


@settings(quick, max_examples=100)
@given(data=st.data())
def test_any_value_in_any_record(tmp_path: Path, whole: list[bytes], data: st.DataObject) -> None:
    """One value anywhere replaced, chained as it should be, its state's digest made to fit: never a traceback."""
    i = data.draw(st.integers(0, len(whole) - 1))
    record = json.loads(whole[i])
    spot: Any = record[3]
    way: list[Any] = []
    while isinstance(spot, list | dict) and spot and (not way or data.draw(st.integers(0, 9))):
        step = data.draw(st.sampled_from(sorted(spot) if isinstance(spot, dict) else range(len(spot))))
        way.append(step)
        spot = spot[step]
    if not way:
        return
    put(*way, data.draw(json_values))(record)
    if record[1] == "state" and isinstance(record[3], list) and len(record[3]) == 2:
        record[3][0] = digest_of(json.dumps(record[3][1], separators=(",", ":")))
    line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
    path = tmp_path / "g.save"
    path.write_bytes(rechained([*whole[:i], line, *whole[i + 1 :]]))
    try:
        verdict = verify(open_save(path), setting(TURNS), toy.rulebook(), toy.EDITION, opening(TURNS))
        assert not verdict.whole or record[1] in ("game", "plan", "answer") or line == whole[i]
        everything(path)
    except SaveFault as fault:
        assert "\n" not in str(fault)
    for left in tmp_path.iterdir():
        left.unlink()


def test_a_save_cannot_have_a_branch_written_elsewhere(tmp_path: Path, whole: list[bytes]) -> None:
    """A branch goes where it is told and nowhere else: no name in a save is a path."""
    path = tmp_path / "g.save"
    path.write_bytes(b"".join(whole))
    saved = open_save(path, toy.rulebook())
    made = branch(saved, 2, tmp_path / "b.save", setting(TURNS), toy.rulebook(), toy.EDITION, durable=False)
    made.match.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.save", "g.save"]
    with pytest.raises(SaveFault, match="stands there already"):
        branch(saved, 2, path, setting(TURNS), toy.rulebook(), toy.EDITION)
