"""The dialog that begins a new game from a turn of the one that is looked at, and goes on at the table with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from game.core.ids import Seat
from game.edition import edition
from game.io.record import SaveFault
from game.io.seating import bare_seating, keep_seating
from game.table.branch import branch
from game.table.hotseat import PERSON, Sitting, player_of
from game.table.match import MatchFault
from game.table.players import PLAYERS
from game.table.sit import recorded_players
from game.ui.layout import Column, Rect, centered
from game.ui.screens.replay_reading import Reading, fault_words
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Act, Busy, Button, Choice, Field, Label, Panel, Para, Prose, Slider, Toggle, Widget

if TYPE_CHECKING:
    from game.ui.app import App, Screen

LAYER = 1
MOST_LETTERS = 80


@attrs.frozen(slots=True)
class Wish:
    """What is chosen: the turn, who plays by seat ("" a person), which seats keep what they ordered, the file."""

    turn: int
    who: tuple[tuple[Seat, str], ...]
    keep: frozenset[Seat]
    name: str


def wish(reading: Reading, turn: int, eyes: str) -> Wish:
    """To begin with: a person plays the seat of `eyes`, all others do again what they did."""
    players = recorded_players(reading.saved)
    turn = min(turn, len(reading.setting.calendar))
    mine = eyes if eyes in reading.seats else reading.friends
    who = tuple((seat, "" if seat == mine else players.get(seat, "")) for seat in reading.seats)
    folder = reading.saved.path.parent
    stem = f"{reading.saved.path.stem}-turn-{turn}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}.save" for n in range(1, 1000))
    return Wish(
        turn, who, frozenset(reading.seats) - {mine}, next(name for name in names if not (folder / name).exists())
    )


def begin_branch(reading: Reading, what: Wish) -> Table:
    """The new game at its table. Computers that keep their orders repeat them while they are legal; persons find
    theirs as drafts. SaveFault, MatchFault or OSError where it cannot be."""
    saved, setting, rules = reading.saved, reading.setting, reading.table.rulebook
    path = saved.path.parent / what.name
    made = edition(rules.chapters)
    players = {seat: player for seat, name in what.who if (player := player_of(setting, seat, name)) is not None}
    names = {seat: name or PERSON for seat, name in what.who}
    keep = tuple(seat for seat in players if seat in what.keep)
    found = branch(saved, what.turn, path, setting, rules, made, players, keep=keep, names=names)
    plans = saved.plans(what.turn)
    drafts = {seat: plans[seat] for seat, name in what.who if not name and seat in what.keep and seat in plans}
    recorder = found.match.recorder
    assert recorder is not None
    seating = bare_seating(what.who, recorder.seal)
    keep_seating(path, recorder.tie, seating)
    sitting = Sitting(found.match, seating, kept=True, drafts=drafts)
    found.match.players.update(found.kept)
    return Table(
        sitting,
        rules,
        setting,
        reading.table.scenario,
        save=path,
        language=reading.table.language,
        house=reading.table.house,
    )


class BranchScreen:
    """Over the replay, which stays as it is."""

    def __init__(self, reading: Reading, turn: int, eyes: str, under: Screen) -> None:
        self.reading = reading
        self.under = under
        self.wish = wish(reading, turn, eyes)
        self.fault = ""
        self.busy = False

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        say = self.reading.table.say
        whole = Rect(0, 0, room.width, room.height)
        seats = self.reading.seats
        rect = centered(u(680), min(room.height - u(16), u(322 + 40 * len(seats))), whole)
        column = Column(rect.inset(u(26), u(16)), u(6))
        out: list[Widget] = [
            *self.under.widgets(room),
            Panel(id="branch.scrim", rect=whole, kind="scrim", radius=0, layer=LAYER),
            Panel(id="branch.panel", rect=rect, shadow=True, layer=LAYER),
            Label(
                id="branch.title",
                rect=column.take(u(28)),
                text=say("ui_replay.branch_title"),
                style="heading",
                icon="undo-2",
                layer=LAYER,
            ),
            Prose(
                id="branch.words",
                rect=column.take(u(58)),
                paras=(Para(say("ui_replay.branch_words"), "muted"),),
                layer=LAYER,
            ),
        ]
        turns = [turn for turn in self.reading.saved.turns if turn <= len(self.reading.setting.calendar)]
        out.append(
            Slider(
                id="branch.turn",
                rect=column.take(u(44)),
                low=turns[0],
                high=max(turns[-1], turns[0] + 1) if len(turns) == 1 else turns[-1],
                value=self.wish.turn,
                text=say("ui_replay.branch_turn"),
                shown=say("ui_replay.branch_turn_of", turn=self.wish.turn),
                layer=LAYER,
            )
        )
        for seat, name in self.wish.who:
            out += self._seat(seat, name, column.take(u(34)), room)
        out.append(
            Label(
                id="branch.caption",
                rect=column.take(u(16)),
                text=say("ui_replay.branch_file"),
                style="caption",
                layer=LAYER,
            )
        )
        out.append(
            Field(id="branch.file", rect=column.take(u(34)), text=self.wish.name, most=MOST_LETTERS, layer=LAYER)
        )
        return [*out, *self._foot(column.rest, room)]

    def _seat(self, seat: Seat, name: str, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.reading.table.say
        label, rest = rect.left(u(170))
        choice, rest = rest.left(u(206), u(16))
        people = ("", say("ui_replay.person"))
        items = (people, *((player, say("ui_replay.player", name=player)) for player in PLAYERS))
        tip = say(f"ui_replay.branch_keep_{'computer' if name else 'person'}.tip")
        return [
            Label(id=f"branch.seat.{seat}", rect=label, text=self.reading.label(seat), style="strong", layer=LAYER),
            Choice(
                id=f"branch.who.{seat}",
                rect=choice,
                items=items,
                value=name,
                icon="settings-2" if name else "users",
                layer=LAYER,
            ),
            Toggle(
                id=f"branch.keep.{seat}",
                rect=rest,
                text=say("ui_replay.branch_keep"),
                value=seat in self.wish.keep,
                tip=tip,
                layer=LAYER,
            ),
        ]

    def _foot(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.reading.table.say
        row = rect.foot(u(38))[0]
        begin, row = row.end(u(220), u(8))
        cancel = Rect(begin.x - u(150), begin.y, u(140), begin.h)
        if self.busy:
            return [Busy(id="branch.busy", rect=begin, text=say("ui_replay.branch_begin"), layer=LAYER)]
        out: list[Widget] = []
        if self.fault:
            above = Rect(rect.x, rect.y, rect.w, max(0, row.y - rect.y - u(4)))
            paras = (Para(self.fault, "warn", mark="triangle-alert", tone="#F0B84A"),)
            out.append(Prose(id="branch.fault", rect=above, paras=paras, layer=LAYER))
        return [
            *out,
            Button(
                id="branch.cancel", rect=cancel, text=say("ui_replay.cancel"), kind="quiet", key="Esc", layer=LAYER
            ),
            Button(
                id="branch.begin",
                rect=begin,
                text=say("ui_replay.branch_begin"),
                kind="primary",
                key="Enter",
                layer=LAYER,
            ),
        ]

    def act(self, act: Act, app: App) -> None:
        head, _, seat = act.id.rpartition(".")
        if self.busy:
            return
        if act.id in ("branch.cancel", "quit") or (act.id == "key" and act.value == "Esc"):
            app.go(self.under)
        elif act.id == "branch.turn":
            turns = self.reading.saved.turns
            self.wish = attrs.evolve(self.wish, turn=min(act.value, turns[-1]))
        elif head == "branch.who":
            who = tuple((s, act.value if s == seat else name) for s, name in self.wish.who)
            self.wish = attrs.evolve(self.wish, who=who)
        elif head == "branch.keep":
            self.wish = attrs.evolve(self.wish, keep=self.wish.keep ^ {seat})
        elif act.id == "branch.file":
            self.wish = attrs.evolve(self.wish, name=str(act.value))
            self.fault = ""
        elif act.id in ("branch.begin", "branch.file.enter"):
            self._begin(app)

    def _begin(self, app: App) -> None:
        say = self.reading.table.say
        name = self.wish.name.strip()
        if not name or Path(name).name != name or "\\" in name or name.startswith("."):
            self.fault = say("ui_replay.branch_no_name")
            return
        if (self.reading.saved.path.parent / name).exists():
            self.fault = say("ui_replay.branch_exists", name=name)
            return
        self.wish, self.busy = attrs.evolve(self.wish, name=name), True

        def job() -> Table | str:
            try:
                return begin_branch(self.reading, self.wish)
            except (SaveFault, MatchFault, OSError) as fault:
                return fault_words(self.reading.table, fault)

        def done(made: Table | str) -> None:
            self.busy = False
            if isinstance(made, str):
                self.fault = made
            else:
                app.at_end.append(made.sitting.close)
                made.next(app)

        app.work(job, done)

    def tick(self, now: int) -> int | None:
        return 60 if self.busy else None
