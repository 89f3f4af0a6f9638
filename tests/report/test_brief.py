"""A brief: short, whole in its count, and right in its figures."""

from __future__ import annotations

import pytest

from game.report.brief import MOST_LINES, SECTIONS, brief_at
from game.report.timeline import scene
from game.words import Token, marked, text, tokens
from tests.report.games import GAMES, Game, game


@pytest.fixture(params=GAMES, ids=lambda g: "-".join(map(str, g)))
def played(request: pytest.FixtureRequest) -> Game:
    return game(*request.param)


def test_a_brief_is_short_and_counts_the_rest(played: Game) -> None:
    for seat in played.seats:
        for turn in played.saved.turns:
            found, whole = (brief_at(played.reel, turn, seat, most=n) for n in (MOST_LINES, 1000))
            assert len(found.lines) <= MOST_LINES
            assert len(found.lines) + found.more == len(whole.lines) and whole.more == 0
            assert found.more == sum(section.more for section in found.sections)
            assert [s.id for s in whole.sections] == [id for id in SECTIONS if id in {s.id for s in whole.sections}]
            assert all(line in whole.lines for line in found.lines)


def test_the_first_turn_has_nothing_to_tell(played: Game) -> None:
    assert all(not brief_at(played.reel, 1, seat).sections for seat in played.seats)


def test_no_line_left_out_weighs_more_than_one_kept(played: Game) -> None:
    for seat in played.seats:
        for turn in played.saved.turns:
            found, whole = brief_at(played.reel, turn, seat), brief_at(played.reel, turn, seat, most=1000)
            kept = [line for s in found.sections if s.id != "standing" for line in s.lines]
            out = [line for s in whole.sections if s.id != "standing" for line in s.lines if line not in kept]
            assert max((x.weight for x in out), default=0) <= min((x.weight for x in kept), default=100)


def test_a_line_leads_to_a_place_on_the_map_and_to_an_event_that_opens(played: Game) -> None:
    sites = played.setting.board.theatre.sites
    for seat in played.seats:
        opens = {f.name: f for f in played.reel.frames(seat) if f.opens}
        for turn in played.saved.turns:
            for line in brief_at(played.reel, turn, seat, most=1000).lines:
                assert line.place in ("", *sites)
                assert not line.name or opens[line.name].turn == turn - 1
                assert not line.name or opens[line.name].told.rule == line.rule  # type: ignore[union-attr]
                words = text(line.message, "en", played.speech.names)
                assert not words.startswith(line.message.id), "no words for it"


def test_rounds_fired_in_a_brief_are_those_that_the_raids_cost(played: Game) -> None:
    """Own rows on one side, running counts on the other; nothing else takes rounds."""
    for seat in played.seats:
        for turn in played.saved.turns[1:]:
            whole = brief_at(played.reel, turn, seat, most=1000)
            shown = {
                str(line.message.as_dict()["what"]): line.message.as_dict()["n"]
                for line in whole.lines
                if line.message.id == "ui_film.spent_rounds"
            }
            before, now = (played.reel.start(n).state.tallies for n in (turn - 1, turn))
            prefix = f"{seat}.spent."
            spent = {
                key.removeprefix(prefix): row.n - (before[key].n if key in before else 0)
                for key, row in now.items()
                if key.startswith(prefix)
            }
            assert shown == {what: n for what, n in spent.items() if n}, (seat, turn)


def test_every_change_of_the_picture_has_its_line(played: Game) -> None:
    for seat in played.seats:
        for turn in played.saved.turns[1:]:
            before, now = (scene(played.reel, played.reel.start(n).k, seat) for n in (turn - 1, turn))
            whole = brief_at(played.reel, turn, seat, most=1000)
            said = {
                token.id
                for section in whole.sections
                if section.id == "saw"
                for line in section.lines
                for token in tokens(marked(line.message))
                if isinstance(token, Token) and token.kind == "c"
            }
            changed = before.contacts.keys() ^ now.contacts.keys()  # type: ignore[union-attr]
            assert changed <= said <= before.contacts.keys() | now.contacts.keys()  # type: ignore[union-attr]
