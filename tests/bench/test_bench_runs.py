"""The benchmark's own code, run at its smallest, so that it does not rot. Nothing here is held to a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.core.apply import apply
from game.io.save import open_save
from tests.bench import __main__ as command
from tests.bench import bench_raid, campaigns, copies, floor, shipped, world
from tests.bench.field import field
from tests.bench.forget import forget
from tests.bench.timing import Row, ratio, rounds

TURNS = 2


def test_a_field_is_connected_and_has_its_links() -> None:
    spread = field(120)
    reached, edge = {0}, [0]
    links = spread.neighbors()
    while edge:
        new = [n for n in links[edge.pop()] if n not in reached]
        reached.update(new)
        edge += new
    assert len(reached) == 120
    assert sum(map(len, links)) == 350


def test_the_floor_does_the_same_again() -> None:
    one = floor.Campaign()
    played = one.play(7)
    assert (played.orders, len(played.digests)) == (1200, 24)
    assert played.fights and played.options > 4 * played.orders
    assert floor.Campaign().play(7) == played != one.play(8)


def test_a_campaign_does_the_same_again_with_nothing_kept() -> None:
    game = campaigns.game()
    played = game.play(3, TURNS)
    assert played.orders > 90 * TURNS
    assert forget() > 10
    assert campaigns.game().play(3, TURNS) == played
    assert game.play(4, TURNS).digests != played.digests


def test_a_campaign_moves_fires_and_watches() -> None:
    game = campaigns.game()
    match = world.match(game.first, game.rulebook, campaigns.SEED)
    rules = {event.rule for _ in range(4) for step in match.play_turn() for event in step.events}
    assert {"M3", "I1", "I2", "I6", "MD1", "MD4", "MD7", "MD11", "A1"} <= rules


def test_replaying_a_save_equals_playing_it() -> None:
    game = campaigns.game()
    with campaigns.saved_campaign(game, TURNS) as (path, played):
        assert campaigns.replayed(path, game) == played.digests
        assert campaigns.opened(path, game, TURNS).turn == TURNS
        saved = open_save(path, game.rulebook)
        assert all(row.figure for row in campaigns.bytes_an_order(saved, played.orders))


def test_the_order_that_is_timed_changes_one_counter() -> None:
    first = campaigns.game().first
    after = apply(first, (copies.move(first),))
    changed = [key for key, row in after.counters.items() if row is not first.counters[key]]
    assert len(changed) == 1
    assert after.places is first.places


def test_one_sky_is_the_same_cold_and_warm() -> None:
    game = shipped.ready()
    warm = [game.play(seed).digest() for seed in (1, 2)]
    forget()
    assert [shipped.ready().play(seed).digest() for seed in (1, 2)] == warm


@pytest.mark.parametrize("name", ["copy", "start"])
def test_the_command_measures_and_writes(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[str] = []
    found = command.measured([name], 1, shown.append)
    assert len(shown) == 1 + len(found["rows"])
    assert all(row["figure"] is None or row["figure"] > 0 for row in found["rows"])
    json.dumps(found)
    with pytest.raises(SystemExit):
        command.main(["--only", "nothing"])
    assert "there is no group 'nothing'" in capsys.readouterr().err


def test_a_row_says_what_was_reached() -> None:
    assert Row("x", "", 2.0, 3, 1).verdict == "must"
    assert Row("x", "", 1.0, 3, 1).verdict == "stretch"
    assert Row("x", "", 4.0, 3, 1).verdict == "MISSED"
    assert Row("x", "", 4.0, 3, 5, more=True).verdict == "must"
    assert Row("x", "", 2.0, 3, 5, more=True).verdict == "MISSED"
    assert Row("x", "", None, 3, 1).verdict == Row("x", "", 4.0).verdict == ""


def test_rounds_rotate_and_ratios_are_taken_in_pairs() -> None:
    asked: list[str] = []

    def case(name: str, value: float) -> float:
        asked.append(name)
        return value * len(asked)

    times = rounds({"a": lambda: case("a", 1.0), "b": lambda: case("b", 2.0)}, 2)
    assert asked == ["a", "b", "b", "a"]
    assert times == {"a": [1.0, 4.0], "b": [4.0, 6.0]}
    assert ratio(times, "a", "b") == (1 / 4 + 4 / 6) / 2


def test_the_raids_agree_with_enumeration() -> None:
    assert bench_raid.total_variation() <= 1e-12
