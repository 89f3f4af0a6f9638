"""What a frame shows: where to look, which arrow, how much it matters. Small cases, and words for everything."""

from __future__ import annotations

import attrs
import pytest

from game.core.events import Event, Input
from game.core.turn import Step
from game.core.words import Message, say
from game.report.film import PUBLIC, TRUTH, Frame, frames
from game.report.shots import KINDS, MOST_WEIGHT, SHOTS, caption, shot, weight
from game.words import text
from game.words.load import sentence
from rules import SEQUENCE
from tests.report.games import GAMES, Game, game
from tests.worlds import opening

STATE = opening("one_sky")


@pytest.fixture(params=GAMES, ids=lambda g: "-".join(map(str, g)))
def played(request: pytest.FixtureRequest) -> Game:
    return game(*request.param)


def told_jp(*messages: Message, subjects: tuple[str, ...] = (), inputs: tuple[Input, ...] = ()) -> tuple[Frame, ...]:
    """The film of Japan when it is told `messages` in one phase, by one rule."""
    named = subjects or tuple(f"s{n}" for n in range(len(messages)))
    events = [Event("MD7", "JP", s, m, inputs, all_to=("JP",)) for s, m in zip(named, messages, strict=True)]
    return frames([Step("x.y", 2, 1, 12, tuple(events), STATE, STATE)], "JP")


def test_a_move_is_an_arrow_from_where_to_where() -> None:
    (frame,) = told_jp(say("movement.moved", unit="J09", start="JIWA", place="JSAS", km=257))
    assert (frame.kind, frame.link, frame.places[:2]) == ("move", ("JIWA", "JSAS"), ("JIWA", "JSAS"))


def test_a_raid_on_which_a_warning_named_the_origin_keeps_its_arrow_to_the_end() -> None:
    warning = say("missile_defense.warning1", origin="POPS", place="", missiles=-1, source="KR", route="liaison")
    engaged = say("missile_defense.engaged", place="JIWA", missiles=4, leakers=1, spent=8)
    hit = say("missile_defense.hit_runway", place="JIWA", n=1, leakers=1, who="")
    found = told_jp(warning, engaged, hit, subjects=("JP.ABCDEF", "JIWA.ABCDEF", "JIWA.ABCDEF'"))
    assert [f.link for f in found[:2]] == [None, ("POPS", "JIWA")]
    (other,) = told_jp(engaged, subjects=("JIWA.GHJKLM",))
    assert other.link is None and other.places == ("JIWA",)


def test_a_counter_of_which_the_seat_does_not_know_the_place_shows_none() -> None:
    own = say("missile_defense.stationed", unit="J11", place="all", doctrine="single")
    rival = say("missile_defense.stationed", unit="P03", place="all", doctrine="single")
    mine, theirs = told_jp(own, rival)
    assert mine.places == (STATE.counters["J11"].at,) and theirs.places == ()
    events = (Event("MD4", "KP", "P03", rival),)
    (seen,) = frames([Step("x.y", 2, 1, 12, events, STATE, STATE)], TRUTH)
    assert seen.places == (STATE.counters["P03"].at,)


def test_more_through_weighs_more_and_nothing_weighs_more_than_all() -> None:
    heavy = [weight(say("missile_defense.engaged", place="JIWA", leakers=n)) for n in (0, 1, 3, 50)]
    assert heavy == sorted(heavy) and len(set(heavy)) == 4 and heavy[-1] == MOST_WEIGHT


def public_words(event: Event) -> Message | None:
    """What everybody hears of an event, told whole or by a hint."""
    return event.message if "" in event.all_to else dict(event.hints).get("")


def test_the_wire_writes_a_headline_and_hears_no_more_than_everybody(played: Game) -> None:
    public = played.reel.frames(PUBLIC)
    events = [e for m in played.reel.moments for s in m.steps for e in s.events]
    open_to_all = [said for e in events if (said := public_words(e)) is not None]
    assert [frame.told.message for frame in public if frame.told is not None] == open_to_all
    for frame in public:
        assert frame.message.id.startswith("ui_film.wire_") or frame.message.id == "missile_defense.press"


def test_every_frame_is_of_a_known_kind_looks_at_the_map_and_has_words(played: Game) -> None:
    sites = played.setting.board.theatre.sites
    for eyes in (*played.seats, PUBLIC, TRUTH):
        for _, steps in played.turns():
            for frame in frames(steps, eyes, quiet=True):
                assert frame.kind in KINDS and 0 <= frame.weight <= MOST_WEIGHT
                assert set(frame.places) <= sites.keys() and set(frame.link or ()) <= set(frame.places)
                assert not text(frame.message, "en", played.speech.names).startswith(frame.message.id)


def test_the_table_speaks_of_messages_that_are_said_and_values_that_they_have() -> None:
    for id, found in SHOTS.items():
        words = sentence(id, "en")
        assert words is not None and found.kind in KINDS, id
        assert not found.by or f"{{{found.by}" in words, id


def test_a_message_of_a_chapter_to_come_is_filmed_too() -> None:
    (frame,) = told_jp(say("blockade.stopped", place="JIWA"))
    assert frame.kind in KINDS and frame.weight > 0 and shot(say("politics.new")).kind == "politics"


def test_every_phase_of_every_game_has_a_caption(played: Game) -> None:
    phases = {step.phase for _, steps in played.turns() for step in steps}
    phases |= {f"{c.__name__.rpartition('.')[2]}.{name}" for c in SEQUENCE for name in c.PHASES}
    for phase in ("", *phases):
        assert caption(phase).id != "ui_film.phase_other", phase
    assert text(caption("blockade.stop_ships")) == "stop ships"


def test_a_film_does_not_tell_whom_else_an_event_was_told() -> None:
    events = (
        Event("P5", "JP", "JP-KR", say("politics.announced", one="JP", other="KR", level=2), all_to=("JP", "KR")),
    )
    step = Step("x.y", 1, 0, 0, events, STATE, STATE)
    alone = attrs.evolve(step, events=(attrs.evolve(events[0], all_to=("JP",)),))
    assert frames([step], "JP") == frames([alone], "JP") and frames([step], TRUTH) != frames([alone], TRUTH)
