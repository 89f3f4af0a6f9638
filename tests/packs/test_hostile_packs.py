"""Packs made to break the reader: one clear line each, never a traceback, never a game half made."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.model import State
from game.io.fault import Fault, PackFault
from game.io.pack_files import MOST_FAULTS
from game.io.scenario import check, read_scenario
from game.io.toml_read import MOST_BYTES
from tests.packs.copy import GOOD, RULES, Pack

FILES = ("good.toml", "forces.toml", "munitions.toml", "theatre.geojson")
DATA = {name: (GOOD / name).read_bytes() for name in FILES}


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


def told(path: Path) -> tuple[Fault, ...]:
    """The faults of a scenario: none and it reads as a game, or some, each fit to print on one line."""
    found = check(path, RULES)
    try:
        state: State | None = read_scenario(path, RULES)[1]
    except PackFault as raised:
        assert raised.faults == found
        state = None
    assert (state is None) == bool(found)
    for fault in found:
        assert fault.reason and fault.remedy and not Path(fault.file).is_absolute()
        assert str(fault).isprintable() and len(str(fault)) < 1000
    return found


def only(path: Path) -> Fault:
    (found,) = told(path)
    return found


# Bytes ----------------------------------------------------------------------------------------------------------


def spoilt(data: bytes, draw: random.Random) -> bytes:
    """The bytes flipped, cut, shuffled by lines, or spliced with themselves."""
    n = len(data)
    way = draw.randrange(5)
    if way == 0:
        out = bytearray(data)
        for _ in range(draw.randrange(1, 8)):
            out[draw.randrange(n)] ^= 1 << draw.randrange(8)
        return bytes(out)
    if way == 1:
        return data[: draw.randrange(n)]
    if way == 2:
        lines = data.splitlines(keepends=True)
        one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        return b"".join(lines)
    at, start = draw.randrange(n), draw.randrange(n)
    piece = data[start : start + draw.randrange(1, 60)]
    if way == 3:
        return data[:at] + piece + data[at:]
    return data[:at] + data[at + len(piece) :]


@pytest.fixture(scope="module")
def spare() -> Iterator[Path]:
    """A pack that stays while many examples overwrite one of its files."""
    with TemporaryDirectory() as folder:
        yield Pack(Path(folder)).path


@settings(max_examples=120, deadline=None)
@given(name=st.sampled_from(FILES), seed=st.integers(0, 2**32))
def test_no_spoilt_byte_raises_anything_but_faults(spare: Path, name: str, seed: int) -> None:
    (spare / name).write_bytes(spoilt(DATA[name], random.Random(seed)))
    try:
        told(spare / "good.toml")
    finally:
        (spare / name).write_bytes(DATA[name])


LINES = [
    (name, n, line.partition(b" = ")[0])
    for name in FILES[:3]
    for n, line in enumerate(DATA[name].split(b"\n"))
    if b" = " in line and not line.startswith(b"#")
]
WRONG = (b"1.5", b"nan", b"true", b'""', b'"x"', b"[]", b"[[1], {a = 1}]", b"{}", b"{a = 1}", b"1979-05-27", b"-1")


@settings(max_examples=200, deadline=None)
@given(at=st.sampled_from(LINES), value=st.sampled_from((*WRONG, b"9" * 30, b'"' + b"x" * 9000 + b'"')))
def test_no_value_of_a_wrong_type_raises_anything_but_faults(
    spare: Path, at: tuple[str, int, bytes], value: bytes
) -> None:
    name, n, key = at
    lines = DATA[name].split(b"\n")
    lines[n] = key + b" = " + value
    (spare / name).write_bytes(b"\n".join(lines))
    try:
        told(spare / "good.toml")
    finally:
        (spare / name).write_bytes(DATA[name])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "is empty"),
        (b"# nothing\n", "is empty"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"format = \n", "is not TOML"),
        (b"format = 1\nformat = 1\n", "is not TOML"),
        (b"a = " + b"[" * 100_000, "nested too deep"),
        (b"a = " + b"[" * 60 + b"]" * 60, "nested too deep"),
        (b"a = " + b"{b = " * 5_000, "nested too deep"),
        (b"[" + b".".join([b"a"] * 200) + b"]\nb = 1\n", "nested too deep"),
        (b".".join([b"a"] * 1_000_000) + b" = 1\n", "more than 300 dots"),
        (b"a = " + b"9" * 10_000, "is not TOML"),
        (b"#" * (MOST_BYTES + 1), "too big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("file", ["good.toml", "forces.toml"])
def test_what_is_no_table_is_one_fault(pack: Pack, file: str, text: bytes, reason: str) -> None:
    (pack.path / file).write_bytes(text)
    found = only(pack.scenario)
    assert (found.file, found.place) == (file, "")
    assert reason in found.reason


def test_twenty_thousand_junk_keys_are_told_and_kept_short(pack: Pack) -> None:
    junk = "".join(f"k{n} = 1\n" for n in range(20_000))
    pack.scenario.write_text(junk + pack.scenario.read_text(encoding="utf-8"), encoding="utf-8")
    found = told(pack.scenario)
    assert len(found) == MOST_FAULTS + 1
    assert "more than" in found[-1].reason


def test_a_long_list_is_one_fault(pack: Pack) -> None:
    pack.spoil("good.toml", '"all"', str(["J01"] * 50_000).replace("'", '"'))
    assert ("counters", "has 50000 items") in {(f.place, f.reason) for f in told(pack.scenario)}


def test_names_cannot_steer_the_terminal(pack: Pack) -> None:
    pack.spoil("good.toml", "format = 1", 'format = 1\n"\\u001b[2J\\nall is well" = 1')
    assert "\\x1b" in only(pack.scenario).place


def test_enormous_names_are_cut(pack: Pack) -> None:
    pack.spoil("good.toml", "format = 1", f'format = 1\n"{"k" * 100_000}" = 1')
    assert len(str(only(pack.scenario))) < 1000


# Paths ----------------------------------------------------------------------------------------------------------

OUT = [
    "/etc/forces.toml",
    "../../forces.toml",
    "../good/../../forces.toml",
    "~/forces.toml",
    "..\\\\..\\\\forces.toml",
    "C:/forces.toml",
    "forces.toml\\u0000.toml",
    "",
    "..",
    "forces.json",
    "out/forces.toml",
    "link.toml",
    "ring.toml",
    "x" * 5000 + ".toml",
]


@pytest.mark.parametrize("name", OUT, ids=lambda name: name[:20] or "empty")
@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("forces[0]", 'forces = ["forces.toml"]', 'forces = ["{}"]'),
        ("theatre", 'theatre = "theatre.geojson"', 'theatre = "{}"'),
        ("base", "format = 1", 'format = 1\nbase = "{}"'),
    ],
    ids=["forces", "theatre", "base"],
)
def test_no_path_leads_out_of_the_maps_folder(pack: Pack, name: str, place: str, old: str, new: str) -> None:
    beyond = pack.path.parents[1]
    for file in ("forces.toml", "good.toml"):
        shutil.copy(GOOD / file, beyond / file)
    (pack.path / "out").symlink_to(beyond)
    (pack.path / "link.toml").symlink_to(beyond / "forces.toml")
    (pack.path / "ring.toml").symlink_to(pack.path / "ring.toml")
    pack.spoil("good.toml", old, new.format(name))
    assert [(f.file, f.place) for f in told(pack.scenario)] == [("good.toml", place)]


def test_a_neighbor_may_be_drawn_on(pack: Pack) -> None:
    shared = pack.path.parent / "shared"
    shared.mkdir()
    shutil.move(pack.path / "forces.toml", shared / "forces.toml")
    pack.spoil("good.toml", '"forces.toml"', '"../shared/forces.toml"')
    assert told(pack.scenario) == ()
    text = (shared / "forces.toml").read_text(encoding="utf-8")
    (shared / "forces.toml").write_text(text.replace("steps = 3", "steps = 0"), encoding="utf-8")
    assert ("../shared/forces.toml", "J01.steps") in {(f.file, f.place) for f in told(pack.scenario)}


def test_borrowed_forces_may_be_based_beyond_the_map_while_out_of_play(pack: Pack) -> None:
    shared = pack.path.parent / "shared"
    shared.mkdir()
    text = (pack.path / "forces.toml").read_text(encoding="utf-8")
    (shared / "forces.toml").write_text(text.replace('base = "KSEJ"', 'base = "KCHE"'), encoding="utf-8")
    pack.spoil("good.toml", '"forces.toml"', '"../shared/forces.toml"')
    assert [(f.file, f.place) for f in told(pack.scenario)] == [("good.toml", "counter.K01.at")]
    pack.spoil("good.toml", 'counters = "all"', 'counters = ["J01", "P01"]')
    assert told(pack.scenario) == ()


def test_a_scenario_that_is_a_link_out_is_not_read(pack: Pack, tmp_path: Path) -> None:
    shutil.copy(GOOD / "good.toml", tmp_path / "beyond.toml")
    pack.scenario.unlink()
    pack.scenario.symlink_to(tmp_path / "beyond.toml")
    assert "out of the maps folder" in only(pack.scenario).reason


@pytest.mark.parametrize("path", ["no/such.toml", "a\0b.toml", "x" * 5000, ".", ""])
def test_a_path_that_is_no_file_is_one_fault(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackFault) as raised:
        read_scenario(path, RULES)
    assert len(raised.value.faults) == len(check(path, RULES)) == 1
    assert str(raised.value).isprintable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(pack: Pack) -> None:
    (pack.path / "forces.toml").unlink()
    os.mkfifo(pack.path / "forces.toml")
    assert only(pack.scenario).reason == "is not a file"


def test_a_folder_in_place_of_a_file(pack: Pack) -> None:
    pack.scenario.unlink()
    pack.scenario.mkdir()
    with pytest.raises(PackFault, match="is not a file"):
        read_scenario(pack.scenario, RULES)
