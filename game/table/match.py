"""A game in progress: who has sealed, what is asked, what comes next. No clock, no screen, no luck of its own.

A turn goes through its stages: *planning* until every seat has sealed, then *resolving* phase by phase, with *asking*
where a phase asks, then planning of the next turn, until *over*. A window makes the transitions one by one (`seal`,
`step`, `answer`); a batch runs them out (`play`). With a recorder, each thing is in the save before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from hashlib import blake2b

from game.core.apply import apply
from game.core.digest import digest
from game.core.events import Event
from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import State
from game.core.orders import Order, Plan, Refusal
from game.core.rulebook import Question, Rulebook
from game.core.turn import FACILITATOR, Answers, Reply, Step, legal_answer, resolve
from game.core.view import View, view
from game.core.words import say
from game.io.recorder import Recorder
from game.io.save import Note
from game.table.players import Player


class Stage(StrEnum):
    PLANNING = "planning"
    RESOLVING = "resolving"
    ASKING = "asking"
    OVER = "over"


class MatchFault(Exception):  # noqa: N818 - the house calls what is wrong a fault
    """Something that cannot be done now: one line with what and what to do."""


class Refused(MatchFault):
    """A plan that may not be sealed, or an answer that was not offered. Nothing of it was taken."""

    def __init__(self, seat: Seat, refusals: tuple[Refusal, ...]) -> None:
        self.seat = seat
        self.refusals = refusals
        first = refusals[0]
        values = " ".join(f"{k}={v}" for k, v in first.reason.values)
        more = f" and {len(refusals) - 1} more" if len(refusals) > 1 else ""
        super().__init__(f"{seat}: refused by {first.rule}: {first.reason.id} {values}".rstrip() + more)


def players_luck(seed: int, seat: Seat, turn: int, pulse: int = 0) -> Luck:
    """Luck for a computer player: of a seed of its own, so that no player can foretell the game's draws."""
    own = blake2b(f"{seed}|player|{seat}".encode(), digest_size=8).digest()
    return Luck(int.from_bytes(own, "big"), turn, pulse)


class Match:
    """A game over its State. `players` hold computer seats; every other seat is a person's.

    `state` is the latest; `steps` are those of the turn that resolves, or of the last one while seats plan; `past`
    those of the turn before.
    """

    def __init__(
        self,
        state: State,
        rulebook: Rulebook,
        seed: int,
        players: Mapping[Seat, Player] | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.state = state
        self.rulebook = rulebook
        self.seed = seed
        self.players: dict[Seat, Player] = dict(players or {})
        self.recorder = recorder
        self.plans: dict[Seat, Plan] = {}
        self.steps: list[Step] = []
        self.past: tuple[Step, ...] = ()
        self.pending: Question | None = None
        #: Ids of the facilitator's events so far: each may be used once.
        self.acts: set[str] = set()
        self._turn: Answers | None = None
        self._reply: Reply = None
        self._answered = False
        self._broken = False
        self._views: dict[Seat, View] = {}

    @property
    def seats(self) -> tuple[Seat, ...]:
        return self.state.setting.board.seats

    @property
    def stage(self) -> Stage:
        if self.pending is not None:
            return Stage.ASKING
        if self._turn is not None:
            return Stage.RESOLVING
        if self.state.over:
            return Stage.OVER
        return Stage.PLANNING if self.unsealed else Stage.RESOLVING

    @property
    def unsealed(self) -> tuple[Seat, ...]:
        return tuple(s for s in self.seats if s not in self.plans)

    def view(self, seat: Seat) -> View:
        """What `seat` knows now; the same object until the State changes."""
        found = self._views.get(seat)
        if found is None:
            found = self._views[seat] = view(self.state, seat)
        return found

    def refusals(self, plan: Plan) -> tuple[Refusal, ...]:
        return self.rulebook.faults(self.view(plan.seat), plan)

    def seal(self, plan: Plan) -> None:
        """Take a seat's plan for this turn. Refused if a rule forbids any of it; MatchFault if it is not the time."""
        self._want(Stage.PLANNING, "sealed")
        if plan.seat not in self.seats:
            raise MatchFault(f"{plan.seat}: this game has no such seat; it has {', '.join(self.seats)}")
        if plan.seat in self.plans:
            raise MatchFault(f"{plan.seat}: its plan is sealed already; open it first")
        refusals = self.refusals(plan)
        if refusals:
            raise Refused(plan.seat, refusals)
        if self.recorder:
            self.recorder.plan(self.state.turn, plan)
        self.plans[plan.seat] = plan

    def draft(self, plan: Plan) -> None:
        """Keep a plan that is still being written, in case of a crash. It need not be legal."""
        self._want(Stage.PLANNING, "planned")
        if self.recorder:
            self.recorder.draft(self.state.turn, plan)

    def reopen(self, seat: Seat) -> Plan:
        """Take back a sealed plan while another seat has still to seal. The record keeps both."""
        self._want(Stage.PLANNING, "opened again")
        if seat not in self.plans:
            raise MatchFault(f"{seat}: no sealed plan to open")
        if self.recorder:
            self.recorder.reopened(self.state.turn, seat)
        return self.plans.pop(seat)

    def step(self) -> Step | Question | None:
        """Go on to the next phase done or question asked; None: the turn has ended and the next one begins."""
        self._want(Stage.RESOLVING, "resolved")
        if self._turn is None:
            self.past, self.steps = tuple(self.steps), []
            self._turn = resolve(self.state, self.plans, Luck(self.seed), self.rulebook)
        reply, self._reply, self._answered = self._reply, None, False
        self._broken = True  # until this item is taken whole
        try:
            item = self._turn.send(reply)
        except StopIteration as end:
            self._end_turn(end.value)
            return None
        self._broken = isinstance(item, Step)
        if isinstance(item, Question):
            self.pending = item
        else:
            self._take(item)
        return item

    def answer(self, reply: Order | None) -> None:
        """Answer the pending question; None leaves it to the standing answer. Refused if it was not offered."""
        question = self.pending
        if question is None:
            raise MatchFault("nobody is asked anything now; go on with the turn")
        if reply is not None and not legal_answer(question, reply):
            odd = Refusal("K7", say("kernel.not_offered", order=reply.id), say("kernel.not_offered.do"), reply.id)
            raise Refused(question.seat, (odd,))
        if self.recorder:
            self.recorder.answer(self.state.turn, self.state.pulse, question, reply)
        self.pending, self._reply, self._answered = None, reply, True

    def act(self, event: Event) -> Step:
        """Apply a facilitator's event as a step of its own, between phases or between turns."""
        if self.pending is not None or self._answered or self._broken:
            raise MatchFault("a phase is asking; act before it or after it")
        if self.state.over:
            raise MatchFault("the game is over; branch it to change anything")
        before = self.state
        after = apply(before, (event,))
        step = Step(FACILITATOR, before.turn, before.pulse, before.hour, (event,), before, after)
        if step.id(event) in self.acts:
            raise MatchFault(f"{step.id(event)}: done already; choose another subject")
        if self.recorder:
            self.recorder.act(step)
        self.acts.add(step.id(event))
        if self._turn is not None:
            given = self._turn.send((event,))
            if not isinstance(given, Step):
                raise MatchFault("the turn did not take the act; open the save again")
            step = given
        self.steps.append(step)
        self._now(step.after)
        return step

    def note(self, note: Note) -> None:
        """Put words into the record: a telegram, a forecast. They change nothing."""
        if self.recorder:
            self.recorder.note(self.state.turn, note)

    def take_seat(self, seat: Seat, player: Player | None, name: str) -> None:
        """Another player, by `name` in the record, takes a seat; None: a person."""
        if self.recorder:
            self.recorder.player(self.state.turn, seat, name)
        if player is None:
            self.players.pop(seat, None)
        else:
            self.players[seat] = player

    def play_turn(self) -> tuple[Step, ...]:
        """Run one turn out: computer seats plan and answer. MatchFault where a person's plan is missing."""
        for _ in self.run_turn():
            pass
        return tuple(self.steps)

    def run_turn(self) -> Iterator[Step | Question]:
        """The same, giving each step and question as it comes; a person's question waits for `answer`, and gets
        the standing answer if there is none when the next item is asked for."""
        for seat in self.unsealed:
            if seat not in self.players:
                raise MatchFault(f"{seat}: a person's seat with no sealed plan; seal it first")
            luck = players_luck(self.seed, seat, self.state.turn)
            self.seal(self.players[seat].plan(self.view(seat), self.rulebook, luck))
        if self.pending is not None:
            self._have_answered(self.pending)
        while (item := self.step()) is not None:
            if isinstance(item, Question):
                yield item
                if self.pending is not None:
                    self._have_answered(item)
            else:
                yield item

    def _have_answered(self, question: Question) -> None:
        player = self.players.get(question.seat)
        if player is None:
            self.answer(None)
            return
        luck = players_luck(self.seed, question.seat, self.state.turn, self.state.pulse)
        self.answer(player.answer(self.view(question.seat), question, self.rulebook, luck))

    def play(self, turns: int = 1_000_000) -> State:
        """Run the game out, or `turns` turns of it; returns the last State."""
        while turns > 0 and self.stage is not Stage.OVER:
            self.play_turn()
            turns -= 1
        return self.state

    def digest(self) -> str:
        return digest(self.state)

    def close(self) -> None:
        if self.recorder:
            self.recorder.close()

    def _want(self, stage: Stage, what: str) -> None:
        if self._broken:
            raise MatchFault("this turn stopped on an error; open the save again to go on")
        if self.stage is not stage:
            raise MatchFault(f"nothing can be {what} now: this turn is {self.stage}")

    def _take(self, step: Step) -> None:
        """The State may not run ahead of the save: a step that cannot be written stops the match."""
        if self.recorder:
            self.recorder.step(step)
        self.steps.append(step)
        self._now(step.after)
        self._broken = False

    def _end_turn(self, state: State) -> None:
        if self.recorder:
            self.recorder.state(state)
            if state.over:
                self.recorder.end(state)
        self._turn = None
        self.plans = {}
        self._now(state)
        self._broken = False

    def _now(self, state: State) -> None:
        self.state = state
        self._views = {}
