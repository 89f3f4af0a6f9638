"""Law: the log of a seat, and of the public, tells no more than the seat was told. Saved games, read as people do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from game.core.model import State
from game.core.view import view
from game.io.header import Edition
from game.io.recorder import create
from game.io.save import Saved, open_save
from game.report.explain import Speech
from game.report.log import PUBLIC, LogFault, log, why
from game.report.rulebook import rules as rules_of
from game.table.match import Match
from game.table.players import players
from game.words import Names
from tests.laws.fog import words
from tests.laws.test_fog import rival_names
from tests.worlds import opening, rulebook

SEED = 730_551_948_206_113  # long enough to be found by chance nowhere
GAMES = (("one_sky", "random"), ("one_sky", "doctrine"), ("first_watch", "random"))


@attrs.frozen
class Kept:
    saved: Saved
    state: State
    speech: Speech


@pytest.fixture(scope="module", params=GAMES, ids="-".join)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    name, player = request.param
    state, rules = opening(name), rulebook(name)
    path: Path = tmp_path_factory.mktemp("log") / "game.save"
    recorder = create(path, state, rules, SEED, Edition("test", "0" * 32), durable=False)
    match = Match(state, rules, SEED, {s: players({}, s)[player] for s in state.setting.board.seats}, recorder)
    match.play()
    match.close()
    speech = Speech(Names.of(state.setting.board, state.counters), rules_of(rules.chapters))
    yield Kept(open_save(path, rules), state, speech)


def text_of(kept: Kept, eyes: str) -> str:
    return "\n".join(log(kept.saved, kept.state.setting, kept.speech, eyes))


def test_no_log_but_the_truths_tells_the_seed(kept: Kept) -> None:
    for eyes in (*kept.state.setting.board.seats, PUBLIC):
        assert str(SEED) not in text_of(kept, eyes)
    assert str(SEED) in text_of(kept, "truth")


def test_no_seats_log_names_a_rivals_counter(kept: Kept) -> None:
    for seat in kept.state.setting.board.seats:
        named = words(text_of(kept, seat)) & rival_names(kept.state, seat)
        assert not named, seat
    board = kept.state.setting.board
    everyone = {k.partition(">")[0] for k in kept.state.counters if k.partition(">")[0] not in board.theatre.sites}
    assert not words(text_of(kept, PUBLIC)) & everyone


def test_no_log_names_a_contact_of_another_seat(kept: Kept) -> None:
    last = kept.saved.state(kept.saved.turns[-1], kept.state.setting)
    for seat in (*kept.state.setting.board.seats, PUBLIC):
        shown = words(text_of(kept, seat))
        for key, row in last.contacts.items():
            if row.owner != seat and row.owner:
                assert key.partition(".")[2] not in shown, (seat, key)


def test_a_seat_reads_its_own_plans_and_contacts_and_nobody_elses(kept: Kept) -> None:
    last = kept.saved.state(kept.saved.turns[-1], kept.state.setting)
    for seat in kept.state.setting.board.seats:
        text = text_of(kept, seat)
        for key in view(last, seat).contacts:
            assert key.partition(".")[2] in text, (seat, key)
        intents = {p.intent for s, p in kept.saved.plans(1).items() if s != seat and p.intent} - {
            p.intent for t in kept.saved.turns for s, p in kept.saved.plans(t).items() if s == seat
        }
        assert not [line for line in intents if line in text], seat


NAME = re.compile(r"\[(\d\w*\.[^\]\s]+)\]")


def test_an_event_opens_for_those_alone_who_were_told_it_whole(kept: Kept) -> None:
    """A seat tries its own names and the truth's. What opens names no rival's counter; a name that does not open is
    refused in the same words as one that was made up."""
    truth = NAME.findall(text_of(kept, "truth"))
    assert len(truth) > 20
    for seat in kept.state.setting.board.seats:
        rivals = rival_names(kept.state, seat)
        own = NAME.findall(text_of(kept, seat))
        assert own
        for name in own:
            assert not words(list(why(kept.saved, kept.speech, seat, name))) & rivals, (seat, name)
        for name in set(truth) - set(own):
            with pytest.raises(LogFault) as told:
                list(why(kept.saved, kept.speech, seat, name))
            with pytest.raises(LogFault) as made_up:
                list(why(kept.saved, kept.speech, seat, "9z.XX9.NOBODY"))
            assert str(told.value).replace(name, "") == str(made_up.value).replace("9z.XX9.NOBODY", "")
