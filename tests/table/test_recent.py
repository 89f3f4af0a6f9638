"""The list of recent games: quick, and proof against whatever lies in the folder."""

from __future__ import annotations

import os
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.io import recent
from game.io.recent import forget, glance, recent_games, remember
from game.io.record import scan
from game.io.seating import Chair, code_of
from game.table.places import Place
from tests.saves.games import played
from tests.table.tables import SALT, SEED, begun, chair, go, reach, saved, seating

TITLES = {"toy": "A Toy War"}
OF = seating(Chair("KR", people=("Mina", "Jun"), code=code_of("kr", SALT)), Chair("KP", "random"), chair("JP"))


def test_a_game_is_listed_with_its_turn_and_its_people(tmp_path: Path) -> None:
    path = tmp_path / "saves" / "g.save"
    path.parent.mkdir()
    table = begun(path, OF)
    for turn in (1, 2, 3):
        (game,) = recent_games(TITLES, tmp_path)
        assert (game.title, game.turn, game.over) == ("A Toy War", turn, False)
        assert game.seats == (("KR", "Mina, Jun"), ("KP", "random"), ("JP", ""))
        if turn < 3:
            reach(table, Place.BETWEEN)
            table.next_turn(0)
    while table.place is not Place.OVER:
        go(table, 0)
    table.close()
    assert recent_games({}, tmp_path)[0].over
    assert recent_games({}, tmp_path)[0].title == "toy"


def test_nothing_secret_is_listed(tmp_path: Path) -> None:
    """No seed, no code, no plan: every value of a listed game is one of these."""
    path = tmp_path / "g.save"
    begun(path, OF).close()
    game = glance(path, TITLES)
    assert game is not None
    assert attrs.asdict(game).keys() == {"path", "scenario", "title", "turn", "seats", "over", "played"}
    assert saved(path).header.seed == SEED
    assert "scrypt" not in repr(game)


def test_a_game_without_a_table_has_the_players_of_its_first_line(tmp_path: Path) -> None:
    played(tmp_path / "g.save", turns=3)
    game = glance(tmp_path / "g.save")
    assert game is not None
    assert (game.turn, game.over, game.seats) == (4, True, (("JP", ""), ("KR", ""), ("KP", "")))


def test_newest_first_and_no_more_than_asked(tmp_path: Path) -> None:
    (tmp_path / "saves").mkdir()
    for n in range(5):
        begun(tmp_path / "saves" / f"{n}.save", OF).close()
        os.utime(tmp_path / "saves" / f"{n}.save", (n, n))
    assert [game.path.stem for game in recent_games({}, tmp_path, 3)] == ["4", "3", "2"]


def test_saves_elsewhere_are_remembered_and_forgotten(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "desk" / "g.save"
    other.parent.mkdir()
    begun(other, OF).close()
    assert recent_games({}, home) == ()
    remember(other, home)
    remember(other, home)
    assert [game.path for game in recent_games({}, home)] == [other]
    forget(other, home)
    assert recent_games({}, home) == ()
    assert other.exists()


def test_an_own_save_is_not_listed_twice(tmp_path: Path) -> None:
    path = tmp_path / "saves" / "g.save"
    path.parent.mkdir()
    begun(path, OF).close()
    remember(path, tmp_path)
    assert len(recent_games({}, tmp_path)) == 1
    assert not (tmp_path / "recent.json").exists()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "g.save"
    played(path, turns=4)
    return path.read_bytes()


def test_a_file_cut_anywhere_is_listed_by_what_is_whole_of_it(
    tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the length of the piece that is read from behind."""
    path = tmp_path / "g.save"
    marks = scan(whole).marks
    for chunk in (7, 300, 64 * 1024):
        monkeypatch.setattr(recent, "_CHUNK", chunk)
        for mark in marks[:: 1 if chunk > 7 else 9]:
            stop = mark.stop + 2
            for more in (0, 20, 60):
                path.write_bytes(whole[:stop] + whole[stop : stop + more].partition(b"\n")[0])
                game = glance(path)
                assert game is not None
                assert (game.turn, game.over) == (max(1, mark.turn), mark.kind == "end")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_lies_there_the_list_comes(tmp_path: Path, whole: bytes, data: st.DataObject) -> None:
    saves = tmp_path / "saves"
    saves.mkdir(exist_ok=True)
    cut = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=40))
    (saves / "a.save").write_bytes(whole[:cut] + junk)
    (saves / "b.save").write_bytes(whole)
    (saves / "b.save.table.json").write_bytes(junk)
    (tmp_path / "recent.json").write_bytes(data.draw(st.sampled_from([junk, b"[1]", b'{"paths":[1,"","x"]}'])))
    assert "b" in [game.path.stem for game in recent_games({}, tmp_path)]


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    saves = tmp_path / "saves"
    (saves / "folder.save").mkdir(parents=True)
    (saves / "nowhere.save").symlink_to(tmp_path / "gone")
    (saves / "circle.save").symlink_to(saves / "circle.save")
    if hasattr(os, "mkfifo"):
        os.mkfifo(saves / "pipe.save")
    assert recent_games({}, tmp_path) == ()
