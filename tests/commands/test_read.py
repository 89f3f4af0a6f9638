"""The log as each pair of eyes may read it, and verify."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.core.events import told
from game.io.save import open_save
from tests.commands.conftest import Shell

SEATS = ("US", "JP", "KR", "CN", "KP")
NAME = re.compile(r"\[(\d+[ab]?\.[A-Z]+\d+\.[^\]]+)\]")


def names(out: str) -> list[str]:
    return [found.replace("\n", "").replace(" ", "") for found in NAME.findall(out)]


def test_every_event_of_the_truth_opens_with_its_rule_and_draw(shell: Shell, played: Path) -> None:
    out = shell.good("log", played)
    assert names(out)
    seen = set()
    for name in names(out):
        rule = name.split(".")[1]
        if rule in seen:
            continue
        seen.add(rule)
        opened = shell.good("log", played, "--why", name)
        assert f"Rule {rule}:" in opened, name
        assert "Told" in opened
    assert {"MD1", "MD2", "MD7", "P5", "A1"} <= seen


def test_a_draw_is_told_through_its_odds(shell: Shell, played: Path) -> None:
    (name, *_) = [n for n in names(shell.good("log", played)) if ".MD7." in n]
    opened = shell.good("log", played, "--why", name)
    assert re.search(r"Drawn: (\d+)\. \1 or more had a chance of [\d.]+ %, \1 alone [\d.]+ %\.", opened)
    assert "Odds, worst first:" in opened and re.search(r"chance that a round kills: \d\d %", opened)
    assert "rounds −" in opened


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_opens_what_it_was_told_whole_and_nothing_else(shell: Shell, played: Path, seat: str) -> None:
    out = shell.good("log", played, "--eyes", seat)
    mine = names(out)
    assert mine
    for name in mine:
        opened = shell.good("log", played, "--eyes", seat, "--why", name)
        assert "So:" not in opened, "effects are for the facilitator"
    line = shell.refused(1, "log", played, "--eyes", seat, "--why", "2a.MD12.all_clear")
    assert "was not told the whole" in line
    # A guess that is right and one that is wrong get the same answer.
    other = shell.refused(1, "log", played, "--eyes", seat, "--why", "2a.MD12.nothing")
    assert line.replace("all_clear", "X") == other.replace("nothing", "X")


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_reads_its_own_plans_and_contacts_alone(shell: Shell, played: Path, seat: str) -> None:
    from game.words import term

    out = shell.good("log", played, "--eyes", seat)
    for other in SEATS:
        name = term("seat", other)
        if other != seat:
            assert f"{name} seals" not in out and f"{name} then holds" not in out
    assert "in truth" not in out and "seed" not in out


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_reads_as_many_events_as_it_was_told(shell: Shell, played: Path, seat: str) -> None:
    from game.report.log import entries, heard

    saved = open_save(played)
    for turn in saved.turns:
        all_told = [t for e in entries(saved, turn) if (t := told(e.event, seat, e.date, e.phase)) is not None]
        assert [h.told for h in heard(saved, turn, seat)] == all_told


@pytest.mark.parametrize("seat", SEATS)
def test_names_to_open_by_tell_a_seat_nothing_but_date_rule_and_number(shell: Shell, played: Path, seat: str) -> None:
    for name in names(shell.good("log", played, "--eyes", seat)):
        assert re.fullmatch(r"\d+[ab]?\.[A-Z]+\d+\.\d+", name)


def test_contacts_stand_with_place_date_source_and_route(shell: Shell, played: Path) -> None:
    out = " ".join(shell.good("log", played, "--eyes", "KR").split())
    assert re.search(r"contact [A-Z0-9]{6}: North Korea, [^;]+ at [^;]+; [^;]+; as of \d[ab]; [a-z -]+, [A-Z]", out)


def test_a_running_game_shows_only_what_everybody_knows(shell: Shell, running: Path) -> None:
    out = shell.good("log", running)
    assert "as everybody was told" in out
    assert "seals" not in out and "seed" not in out
    assert "announce" in out


@pytest.mark.parametrize("eyes", ["truth", "public", *SEATS])
def test_no_id_or_missing_sentence_shows_through(shell: Shell, played: Path, eyes: str) -> None:
    """A message without words prints as `chapter.what (value=...)`, a token without a name in square brackets."""
    out = shell.good("log", played, "--eyes", eyes)
    assert not re.search(r"\b[a-z_]+\.[a-z_0-9.]+ \(", out)
    assert not re.search(r"\[[a-z]:", out)


def test_a_turn_that_is_not_there(shell: Shell, played: Path) -> None:
    assert "turns 1 to 4" in shell.refused(2, "log", played, "--turn", "9")
    assert "turns 1 to 3" in shell.refused(2, "branch", played, "--turn", "4", "--save", played.with_name("x"))


def test_verify_says_that_a_whole_save_is_whole(shell: Shell, played: Path) -> None:
    assert "3 turns played again, every step as recorded" in shell.good("verify", played)


def test_verify_names_the_line_that_was_altered(shell: Shell, played: Path, tmp_path: Path) -> None:
    lines = played.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b"1", b"2", 1)
    path = tmp_path / "altered.save"
    path.write_bytes(b"".join(lines))
    code, _, err = shell("verify", path)
    assert code == 1 and "line 6" in err and "Traceback" not in err


def test_a_cut_save_is_read_as_far_as_it_goes_and_gone_on_with(shell: Shell, played: Path, tmp_path: Path) -> None:
    data = played.read_bytes()
    path = tmp_path / "cut.save"
    path.write_bytes(data[: len(data) * 2 // 3])
    code, out, err = shell("log", path)
    assert code == 1 and "Turn 1" in out and "was cut" in err
    code, _, err = shell("resume", path, "--json")
    assert code == 0 and "was put into" in err
    assert path.read_bytes() == data
