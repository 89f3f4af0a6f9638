"""Law: what a screen draws of the past is made of what its seat was told and knew then, and of nothing else."""

from __future__ import annotations

import pytest

from game.core.events import told
from game.core.turn import Step
from game.core.view import View, view
from game.report.assess import assess
from game.report.brief import brief_at
from game.report.film import PUBLIC, TRUTH, Reader, frames
from game.report.log import PUBLIC as LOG_PUBLIC
from game.report.log import heard
from game.report.opened import opened_for, opened_lines
from game.report.timeline import scene, timeline
from game.table.beats import beat
from game.words import text
from tests.laws.fog import difference, words
from tests.laws.test_fog import rival_names
from tests.report.games import GAMES, Game, game, hidden_from


@pytest.fixture(params=GAMES, ids=lambda g: "-".join(map(str, g)))
def played(request: pytest.FixtureRequest) -> Game:
    return game(*request.param)


def steps_of(played: Game) -> list[Step]:
    return [step for _, steps in played.turns() for step in steps]


def test_a_film_holds_what_was_told_once_and_by_the_logs_names(played: Game) -> None:
    for eyes in (*played.seats, PUBLIC, TRUTH):
        shown = [(f.name, f.told) for f in played.reel.frames(eyes)]
        asked = LOG_PUBLIC if eyes == PUBLIC else eyes
        wanted = [(h.name, h.told) for n in played.saved.turns for h in heard(played.saved, n, asked)]
        assert shown == wanted, eyes
        assert len({name for name, _ in shown}) == len(shown)


def test_a_film_turn_by_turn_is_the_whole_film(played: Game) -> None:
    for eyes in (*played.seats, PUBLIC, TRUTH):
        parts = [f for _, steps in played.turns() for f in frames(steps, eyes)]
        assert parts == list(played.reel.frames(eyes))


def test_quiet_frames_stand_for_the_phases_without_news(played: Game) -> None:
    for eyes in (*played.seats, PUBLIC):
        for _, steps in played.turns():
            found = frames(steps, eyes, quiet=True)
            assert [f for f in found if f.told is not None] == list(frames(steps, eyes))
            silent = [s for s in steps if all(told(e, eyes, s.date) is None for e in s.events)]
            assert [(f.phase, f.date) for f in found if f.told is None] == [(s.phase, s.date) for s in silent]


def test_nothing_that_a_seat_is_not_told_changes_its_film_timeline_brief_or_assessment(played: Game) -> None:
    for seat in (*played.seats, PUBLIC):
        other = hidden_from(seat, played)
        assert not difference(list(other.frames(seat)), list(played.reel.frames(seat))), seat
        assert not difference(timeline(other, seat), timeline(played.reel, seat)), seat
        for moment in played.reel.moments:
            assert not difference(scene(other, moment.k, seat), scene(played.reel, moment.k, seat)), (seat, moment)
        if seat:
            for turn in played.saved.turns:
                assert not difference(brief_at(other, turn, seat), brief_at(played.reel, turn, seat)), (seat, turn)
            one, same = (assess(reel, played.setting, seat, played.rules) for reel in (other, played.reel))
            assert not difference(one, same), seat
        assert list(other.frames(TRUTH)) != list(played.reel.frames(TRUTH))


def test_no_frame_or_brief_names_a_rivals_counter(played: Game) -> None:
    for seat in played.seats:
        rivals = rival_names(played.reel.moments[0].state, seat)
        for frame in played.reel.frames(seat):
            assert frame.event is None and frame.to == ()
            assert not words([frame.places, frame.link or (), frame.name]) & rivals
            assert frame.told is not None
            spoken = [line for _, line in opened_lines(opened_for(frame.told, played.speech), played.speech)]
            assert not words(spoken) & rivals, (seat, frame.name)
        for turn in played.saved.turns:
            lines = [text(x.message, "en", played.speech.names) for x in brief_at(played.reel, turn, seat).lines]
            assert not words(lines) & rivals, (seat, turn)


def test_a_seats_scene_is_a_view_of_its_own(played: Game) -> None:
    for seat in played.seats:
        for moment in played.reel.moments:
            found = scene(played.reel, moment.k, seat)
            assert isinstance(found, View) and found.seat == seat


def test_a_film_of_a_tables_beats_is_the_film_of_its_steps(played: Game) -> None:
    """What the hot seat hands over, `told` and Views alone, makes the same frames."""
    for eyes in (*played.seats, PUBLIC):
        for _, steps in played.turns():
            reader = Reader(eyes)
            beats = [(beat(s, eyes, view(s.after, eyes)), view(s.before, eyes)) for s in steps]
            assert [f for b, before in beats for f in reader.hear(b, before)] == list(frames(steps, eyes))
