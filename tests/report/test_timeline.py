"""Walking a game in time: every way forth has its way back, and every scene is the one that was."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import attrs
import pytest

from game.core.events import Event, Put
from game.core.turn import FACILITATOR, Step
from game.core.view import view
from game.core.words import say
from game.io.header import Edition
from game.io.recorder import create
from game.io.replay import steps
from game.io.save import open_save
from game.report.film import PUBLIC, TRUTH
from game.report.sides import side_by_side
from game.report.timeline import Reel, Truth, scene, timeline
from game.table.match import Match
from game.table.players import players
from tests.playthroughs.test_log_eyes import game as at_level
from tests.report.games import GAMES, Game, game
from tests.worlds import pack, rulebook


@pytest.fixture(params=GAMES, ids=lambda g: "-".join(map(str, g)))
def played(request: pytest.FixtureRequest) -> Game:
    return game(*request.param)


def test_stepping_forth_and_back_is_where_one_was(played: Game) -> None:
    for eyes in (*played.seats, PUBLIC, TRUTH):
        line = timeline(played.reel, eyes)
        last = len(line) - 1
        assert [line.at(n).at for n in range(len(line))] == list(range(len(line)))
        for n in range(last):
            assert line.prev(line.next(n)) == n
        assert (line.prev(0), line.next(last), line.at(-5).at, line.at(last + 5).at) == (0, last, 0, last)


def test_walking_by_events_meets_each_once_both_ways(played: Game) -> None:
    for eyes in (*played.seats, TRUTH):
        line = timeline(played.reel, eyes)
        frames = list(played.reel.frames(eyes))
        n, forth = 0, []
        while line.next_event(n) != n:
            n = line.next_event(n)
            forth.append(line.at(n).frame)
        assert forth == frames
        back = [line.at(n).frame]
        while line.prev_event(n) != n:
            n = line.prev_event(n)
            back.append(line.at(n).frame)
        assert back[::-1] == frames


def test_walking_by_turns_and_pulses_meets_their_beginnings(played: Game) -> None:
    line = timeline(played.reel, played.seats[0])
    n, turns = 0, [line.at(0).turn]
    while line.next_turn(n) != n:
        n = line.next_turn(n)
        turns.append(line.at(n).turn)
        assert (line.at(n).phase, line.at(n).pulse) == ("", 0) and line.jump(line.at(n).turn) == n
    assert turns == list(played.saved.turns)
    while n:
        back = line.prev_turn(n)
        assert line.next_turn(back) == n
        n = back
    dates = [line.at(0).date]
    while line.next_pulse(n) != n:
        before, n = n, line.next_pulse(n)
        dates.append(line.at(n).date)
        assert line.prev_pulse(n) == before or line.next_pulse(line.prev_pulse(n)) == n
        spot = line.at(n)
        assert not spot.pulse or line.jump(spot.turn, spot.pulse) == n
    assert dates == [date for date, _ in groupby(m.date for m in played.reel.moments)]


def test_a_moment_is_found_again_under_other_eyes(played: Game) -> None:
    lines = [timeline(played.reel, eyes) for eyes in (*played.seats, PUBLIC, TRUTH)]
    for moment in played.reel.moments:
        for line in lines:
            first, last = line.at(line.of_moment(moment.k)), line.at(line.end_of(moment.k))
            assert first.k == last.k == moment.k and (first.date, first.phase) == (moment.date, moment.phase)
            assert first.at == 0 or line.at(first.at - 1).k == moment.k - 1


def test_a_scene_is_what_the_seat_held_when_the_phase_was_done(played: Game) -> None:
    """Folded anew from the effects alone."""
    moments = iter(played.reel.moments)
    for turn in played.saved.turns:
        k = next(moments).k
        opening = played.saved.state(turn, played.setting)
        for seat in played.seats:
            assert scene(played.reel, k, seat) == view(opening, seat)
        for step in steps(played.saved, turn, played.setting, effects_only=True):
            k = next(moments).k
            for seat in (*played.seats, PUBLIC):
                assert scene(played.reel, k, seat) == view(step.after, seat)
            truth = scene(played.reel, k, TRUTH)
            assert isinstance(truth, Truth) and truth.state == step.after
    assert next(moments, None) is None


def test_a_game_under_way_is_read_as_far_as_it_got(tmp_path: Path) -> None:
    setting, state = pack("one_sky")
    rules, path = rulebook("one_sky"), tmp_path / "game.save"
    seated = {s: players({}, s)["doctrine"] for s in setting.board.seats}
    match = Match(state, rules, 1, seated, create(path, state, rules, 1, Edition("test", "0" * 32), durable=False))
    match.play_turn()
    run = match.run_turn()
    done = [next(run) for _ in range(3)]
    reel = Reel.of(open_save(path, rules), setting)
    match.close()
    assert [m.phase for m in reel.moments if m.turn == 2] == ["", *(s.phase for s in done if isinstance(s, Step))]
    assert reel.last == match.state


def test_a_scene_once_made_is_kept(played: Game) -> None:
    for moment in played.reel.moments:
        assert scene(played.reel, moment.k, "JP") is scene(played.reel, moment.k, "JP")


def test_an_act_of_the_facilitator_moves_no_moment() -> None:
    """What a seat is not told of must not show in the count of its moments."""
    played = game(*GAMES[0])
    opening, done = played.turns()[0]
    effect = Put("nations", "KP", "support", 1)
    act = Event("F1", "", "KP", say("facilitator.note", reason="x"), effects=(effect,))
    nations = {**done[0].after.nations, "KP": attrs.evolve(done[0].after.nations["KP"], support=1)}
    after = attrs.evolve(done[0].after, nations=nations)
    acted = Step(FACILITATOR, 1, 0, opening.hour, (act,), done[0].after, after)
    plain, other = Reel.joined([(opening, done)]), Reel.joined([(opening, (done[0], acted, *done[1:]))])
    assert timeline(other, "JP") == timeline(plain, "JP")
    assert [f.name for f in other.film(TRUTH)[1]][-1] == "1.F1.KP"
    found = scene(other, 1, TRUTH)
    assert isinstance(found, Truth) and found.state.nations["KP"].support == 1


# Two seats at one second ----------------------------------------------------------------------------------------


def reel_at(level: int) -> Reel:
    turns = at_level(level)[1]
    return Reel.joined([(each[0].before, each) for each in turns])


def launch(reel: Reel) -> int:
    return next(m.k for m in reel.moments if m.phase == "missile_defense.launch")


def test_without_sharing_korea_sees_the_launch_and_japan_does_not() -> None:
    reel = reel_at(0)
    sides = side_by_side(reel, launch(reel), "KR", "JP")
    (apart,) = sides.told
    assert apart.message == say("ui_film.told_alone", one="KR", other="JP")
    assert apart.left is not None and apart.right is None
    assert [(a.left is not None, a.right is not None) for a in sides.held] == [(True, False)]
    mirrored = side_by_side(reel, launch(reel), "JP", "KR")
    assert [(a.right, a.left, a.message) for a in mirrored.told] == [(apart.left, None, apart.message)]


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_with_sharing_both_are_told_each_in_its_own_way(level: int) -> None:
    reel = reel_at(level)
    (apart,) = side_by_side(reel, launch(reel), "KR", "JP").told
    assert apart.left is not None and apart.right is not None
    assert apart.message == say("ui_film.told_otherwise", one="KR", other="JP")


def test_a_seat_beside_itself_is_nowhere_apart(played: Game) -> None:
    for moment in played.reel.moments:
        for seat in played.seats:
            sides = side_by_side(played.reel, moment.k, seat, seat)
            assert not sides.told and not sides.held and sides.left == sides.right
