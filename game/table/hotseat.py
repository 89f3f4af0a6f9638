"""The hot seat: people round one screen, who is revealed, and what may be shown.

A `Sitting` holds a Match and the Seating of its table; `sit` begins and opens one. `place` says where the table
stands. Every act goes through the table of transitions (`places`), or raises one line (`TableFault`, or the Match's
own `Refused` and `MatchFault`) and changes nothing. Time comes from outside: `now`, ms on a clock that runs forward.

A turn:  covered -reveal-> brief -begin-> planning -seal-> covered (next seat) ... -> resolving -step- ... -> between
-next_turn-> covered. Where a phase asks a person: alarm_covered -reveal-> alarm -answer-> resolving.

What a screen may show comes from `view()`, `told()`, `drafted()` and `question()` of the seat that is revealed
(`up`), which raise while the screen is covered; from `public()`; and from the Beats that `step` gives. `whole()`
gives the Match to the facilitator in its place, and to all once the game is over. One person who plays alone without
a code is always up: the hand-off is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from game.core.events import Told
from game.core.ids import Seat
from game.core.orders import Order, Plan, Refusal
from game.core.rulebook import Question, Rulebook
from game.core.setting import Setting
from game.core.staff import ALL_TURN
from game.core.view import View, view
from game.core.words import Message, say
from game.io.seating import Chair, Seating, fits, keep_seating, opens, sealing, seating_faults
from game.table.beats import Beat, Bell, TableFault, beat, heard
from game.table.clock import Clock, Clocks, Phase
from game.table.looks import Looks
from game.table.match import Match, Stage, players_luck
from game.table.places import PAUSED, TABLE, Act, Place
from game.table.players import PLAYERS, Player, players
from game.table.talk import Conversations, Talking

PERSON = "person"


def player_of(setting: Setting, seat: Seat, name: str) -> Player | None:
    """The computer player of that name for `seat`; None for "", a person."""
    if not name:
        return None
    if name not in PLAYERS:
        raise TableFault(say("ui_table.no_player", name=name, players=", ".join(PLAYERS)))
    texts = setting.texts.get("seats", {}).get(seat, {})
    return players({seat: texts["temper"]} if "temper" in texts else {}, seat)[name]


class Sitting:
    """`up` is the seat that is revealed, "" while none is; `paused` whether the table is.

    `kept`: who sits where stands in a file beside the save; a code that is set or taken away seals the save, or
    opens it.
    """

    def __init__(
        self,
        match: Match,
        seating: Seating,
        *,
        kept: bool = False,
        drafts: Mapping[Seat, Plan] | None = None,
        looks: Looks | None = None,
    ) -> None:
        if odd := seating_faults(seating, match.seats):
            raise TableFault(say("ui_table.seating", why=odd))
        self._match = match
        self._kept = kept
        self._looks = looks or Looks()
        self._clocks = Clocks()
        self._talk = Conversations()
        self._drafts: dict[Seat, Plan] = dict(drafts or {})
        self._begun: set[Seat] = set()
        self._called: Seat = ""
        self._between = False
        for chair in seating.chairs:
            player = player_of(match.state.setting, chair.seat, chair.player)
            if player is not None:
                match.players[chair.seat] = player
            else:
                match.players.pop(chair.seat, None)
        self.seating = seating
        self.up: Seat = ""
        self.paused = False
        self.place = self._covered()
        if self.place in (Place.COVERED, Place.RESOLVING) and self._lone:
            self.up = self._lone
            self.place = Place.BRIEF if self.place is Place.COVERED else self.place

    # What is known to all

    @property
    def turn(self) -> int:
        return self._match.state.turn

    @property
    def rulebook(self) -> Rulebook:
        return self._match.rulebook

    @property
    def persons(self) -> tuple[Seat, ...]:
        """The seats of persons, in the order of play."""
        return tuple(c.seat for c in self.seating.chairs if not c.player)

    @property
    def sole(self) -> bool:
        """Whether one person plays alone against computers."""
        return len(self.persons) == 1

    @property
    def sealed(self) -> tuple[Seat, ...]:
        return tuple(s for s in self.seating.order if s in self._match.plans)

    @property
    def next(self) -> Seat:
        """The person's seat that the screen goes to; "" if to none."""
        if self._match.pending is not None:
            return self._match.pending.seat
        if self._match.stage is not Stage.PLANNING:
            return ""
        waiting = [s for s in self.persons if s not in self._match.plans]
        return self._called if self._called in waiting else next(iter(waiting), "")

    @property
    def clock(self) -> Clock | None:
        """The clock that matters now: of the Alarm, or of the seat that is up or next; None before it has begun."""
        return self._clocks.get(self._whose)

    @property
    def _whose(self) -> Seat:
        """Whose clock: "" is the Alarm's."""
        return "" if self._match.pending is not None else self.up or self.next

    def clock_of(self, seat: Seat) -> Clock | None:
        """The clock of one seat this turn; None before it has begun."""
        return self._clocks.get(seat)

    def talking(self, now: int) -> tuple[Talking, ...]:
        """Who talks at the table against a clock; nobody once the turn is played out."""
        played = (Place.RESOLVING, Place.ALARM_COVERED, Place.ALARM)
        return () if self.place in played else self._talk.under_way(now)

    def public(self) -> View:
        """What the projector may show, at any time."""
        return self._match.view("")

    def wire(self) -> tuple[Beat, ...]:
        """What everybody was told this turn and the last, phase by phase: the projector's film, at any time."""
        self._looks.take(self._match)
        steps = [step for turn in sorted(self._looks.steps) for step in self._looks.steps[turn]]
        return tuple(beat(step, "", view(step.after, "")) for step in steps if heard(step, ""))

    def may(self, act: Act) -> bool:
        """Whether the table allows an act of this kind now; the act itself may still be refused."""
        return (self.place, act) in TABLE and (not self.paused or act in PAUSED)

    # What the revealed seat may see

    def view(self) -> View:
        return self._match.view(self._revealed())

    def told(self) -> tuple[Told, ...]:
        """What the seat was told since it sealed its plan of the turn before."""
        seat = self._revealed()
        self._looks.take(self._match)
        steps = self._looks.since(seat, self._match.state.turn)
        return tuple(one for step in steps for one in heard(step, seat))

    def film(self) -> tuple[View, tuple[Beat, ...]]:
        """The same as a film: the seat's View as it sealed, then a beat a phase in its own eyes."""
        seat = self._revealed()
        self._looks.take(self._match)
        steps = tuple(self._looks.since(seat, self._match.state.turn))
        first = view(steps[0].before, seat) if steps else self.view()
        return first, tuple(beat(step, seat, view(step.after, seat)) for step in steps)

    def drafted(self) -> Plan | None:
        """The plan that the seat has begun: kept by `draft`, taken back by `reopen`, or left by a crash."""
        return self._drafts.get(self._revealed())

    def question(self) -> Question:
        """What the seat is asked, in the Alarm only."""
        asked = self._match.pending
        if self.place is not Place.ALARM or asked is None:
            raise TableFault(say("ui_table.not_asked"))
        return asked

    def refusals(self, plan: Plan) -> tuple[Refusal, ...]:
        """Why the seat's plan may not be sealed; empty if it may."""
        self._check_own(plan)
        return self._match.refusals(plan)

    def _revealed(self) -> Seat:
        if not self.up:
            raise TableFault(say("ui_table.is_covered"))
        return self.up

    def whole(self) -> Match:
        """The whole game: to the facilitator in its place, to all when the game is over."""
        if self.place not in (Place.FACILITATOR, Place.OVER):
            raise TableFault(say("ui_table.not_whole"))
        return self._match

    # Handing the screen over

    def reveal(self, seat: Seat, code: str, now: int) -> None:
        """Show the screen to `seat`: its brief, its plan if it had begun, or the Alarm. Its clock runs (again)."""
        self._want(Act.REVEAL)
        due = self.next
        if self.place is Place.RESOLVING and self.sole:
            due = self.persons[0]
        if not seat or seat != due:
            raise TableFault(say("ui_table.not_next", seat=seat, next=due))
        self._check_code(seat, code)
        self.up = seat
        self._shown(Act.REVEAL, now)

    def call(self, seat: Seat, now: int) -> None:
        """Let another person's seat come next; the clock of the one before stands still until it is revealed."""
        self._want(Act.CALL)
        if seat not in self.persons or seat in self._match.plans:
            raise TableFault(say("ui_table.not_waiting", seat=seat))
        self._clocks.stop(now)
        self._called = seat

    def cover(self, now: int) -> None:
        """At once, from anywhere. The clock of a seat runs on: covering buys no time. The facilitator leaves."""
        self._want(Act.COVER)
        self._hide(Act.COVER)

    def next_turn(self, now: int) -> None:
        """From what all may know of the turn that is over to the next hand-off."""
        self._want(Act.NEXT_TURN)
        self._between = False
        self._hand_over(Act.NEXT_TURN, now)

    def _check_code(self, seat: Seat, code: str) -> None:
        if not fits(self.seating.chair(seat), code):
            raise TableFault(say("ui_table.wrong_code", seat=seat))

    def _shown(self, act: Act, now: int) -> None:
        """`up` has the screen: where it goes from a covered place, with its clock running."""
        if self._match.pending is not None:
            self._clocks.begin("", self._match.pending.seconds * 1000)
            self._go(act, Place.ALARM)
        elif self.place is not Place.RESOLVING:
            self._go(act, Place.PLANNING if self.up in self._begun else Place.BRIEF)
        self._clocks.run(self._whose, now)

    # Planning

    def begin(self, now: int) -> None:
        """From the brief to the plan; the seat's clock begins."""
        self._want(Act.BEGIN)
        self._begun.add(self.up)
        self._clocks.begin(self.up, Clock.of_minutes(self.seating.minutes.get(self.up, 0)).length)
        self._go(Act.BEGIN, Place.PLANNING)
        self._clocks.run(self.up, now)

    def no_talk(self, other: Seat) -> Message | None:
        """Why the people of `other` can't be called to the table now, None where they can."""
        seat = self._revealed()
        seconds = self._seconds(other)
        if not seconds:
            return say("ui_table.talk_never", seat=other)
        if seconds >= ALL_TURN:
            return say("ui_table.talk_always", seat=other)
        if other not in self.persons:
            return say("ui_table.talk_computer", seat=other)
        return say("ui_table.talk_had", seat=other) if self._talk.begun(seat, other) else None

    def talk(self, other: Seat, now: int) -> None:
        """Call the people of `other` to the table: the clock of their planning level runs, for all to see."""
        self._want(Act.TALK)
        if (odd := self.no_talk(other)) is not None:
            raise TableFault(odd)
        self._talk.begin(self.up, other, self._seconds(other), now)

    def _seconds(self, other: Seat) -> int:
        return next((t.seconds for t in self.rulebook.talks(self.view()) if t.seat == other), 0)

    def draft(self, plan: Plan) -> None:
        """Keep the plan that is being written, also in case of a crash. It need not be legal."""
        self._want(Act.DRAFT)
        self._check_own(plan)
        self._drafts[plan.seat] = plan
        self._match.draft(plan)

    def seal(self, plan: Plan, now: int, *, consent: str | None = None) -> None:
        """Seal, and hand over. Refused by the rules, nothing changes.

        A group needs its approver: `consent` is the code that it typed, "" if it has none and just agrees, None if it
        was not asked.
        """
        self._want(Act.SEAL)
        self._check_own(plan)
        chair = self.seating.chair(plan.seat)
        if chair.approver and (consent is None or not opens(chair.consent, consent)):
            raise TableFault(say("ui_table.no_consent", name=chair.approver))
        self._match.seal(plan)
        self._looks.take(self._match)
        self._looks.mark(plan.seat, self.turn)
        self._clocks.stop(now)
        self._drafts.pop(plan.seat, None)
        self._called = ""
        self._hand_over(Act.SEAL, now)

    def reopen(self, seat: Seat, code: str, now: int) -> Plan:
        """Take a sealed plan back while another person's seat has still to seal; its clock runs on."""
        self._want(Act.REOPEN)
        if seat not in self.persons or seat not in self._match.plans:
            raise TableFault(say("ui_table.not_sealed", seat=seat))
        self._check_code(seat, code)
        plan = self._match.reopen(seat)
        self._clocks.stop(now)
        self._drafts[seat] = plan
        self._begun.add(seat)
        self.up = self._called = seat
        self._shown(Act.REOPEN, now)
        return plan

    def _check_own(self, plan: Plan) -> None:
        if plan.seat != self.up:
            raise TableFault(say("ui_table.not_own", seat=plan.seat))

    # Resolution

    def prepare(self) -> bool:
        """Have one more computer seat plan, and say whether others have still to: a window draws between them."""
        self._want(Act.STEP)
        waiting = self._match.unsealed if self._match.stage is Stage.PLANNING else ()
        for seat in waiting[:1]:
            luck = players_luck(self._match.seed, seat, self.turn)
            plan = self._match.players[seat].plan(self._match.view(seat), self._match.rulebook, luck)
            self._match.seal(plan)
        return len(waiting) > 1

    def step(self, now: int) -> Beat | None:
        """The next phase, through the eyes of who is up, else the public's. None: look at `place`; a person is asked
        (alarm), or the turn is over (between, over). Computer seats plan first and answer at once."""
        self._want(Act.STEP)
        while self.prepare():
            pass
        while isinstance(item := self._match.step(), Question):
            if item.seat not in self._match.players:
                self._ask(now)
                return None
            self._have_answered()
        if item is None:
            self._end_turn()
            return None
        self._looks.take(self._match)
        return beat(item, self.up, self._match.view(self.up))

    def answer(self, reply: Order | None, now: int) -> Order | None:
        """Answer the Alarm; None leaves it to the standing answer. Gives what was taken: None if time had run out."""
        self._want(Act.ANSWER)
        self._revealed()
        taken = None if self._clocks.over("", now) else reply
        self._match.answer(taken)
        self._answered(Act.ANSWER)
        return taken

    def leave_unanswered(self, now: int, code: str = "") -> None:
        """Whoever is asked does not come: the standing answer counts. The facilitator's to say, if there is one."""
        self._want(Act.ANSWER)
        self._check_facilitator(code)
        self._match.answer(None)
        self._answered(Act.ANSWER)

    def _ask(self, now: int) -> None:
        asked = self.next
        if self.up == asked:
            self._shown(Act.STEP, now)
        else:
            self.up = ""
            self._go(Act.STEP, Place.ALARM_COVERED)

    def _have_answered(self) -> None:
        """The computer player of the seat that is asked answers."""
        match, asked = self._match, self._match.pending
        assert asked is not None
        luck = players_luck(match.seed, asked.seat, self.turn, match.state.pulse)
        reply = match.players[asked.seat].answer(match.view(asked.seat), asked, match.rulebook, luck)
        match.answer(reply)

    def _answered(self, act: Act) -> None:
        self._clocks.drop("")
        if not self.sole:
            self.up = ""
        self._go(act, self._covered())

    def _end_turn(self) -> None:
        self._looks.take(self._match)
        self._begun.clear()
        self._drafts.clear()
        self._clocks = Clocks()
        self._talk = Conversations()
        self._called = ""
        self._between = not self._match.state.over
        if not (self._lone and self._between):
            self.up = ""
        self._go(Act.STEP, self._covered())

    # The clock, and the white cell

    def tick(self, now: int) -> Bell | None:
        """Call it often: says once that the clock warns or has run out. A plan is never sealed by it; the Alarm is
        left to the standing answer."""
        phase = None if self.paused else self._clocks.news(self._whose, now)
        if phase is None:
            return None
        if phase is Phase.WARNS:
            return Bell.WARNS
        if self._match.pending is None:
            return Bell.OVERRUN
        self._match.answer(None)
        self._answered(Act.ANSWER)
        return Bell.EXPIRED

    def pause(self, now: int, code: str = "") -> None:
        """Cover the screen and stop the clock until `unpause`. The facilitator's to do, if there is one (`code`)."""
        self._want(Act.PAUSE)
        self._check_facilitator(code)
        self._clocks.stop(now)
        self._talk.stop(now)
        self.paused = True
        if self.place is not Place.FACILITATOR:
            self._hide(Act.PAUSE)

    def unpause(self, now: int, code: str = "") -> None:
        """Go on; the clock runs again when its seat is revealed."""
        self._want(Act.UNPAUSE)
        self._check_facilitator(code)
        self._talk.run(now)
        self.paused = False

    def extend(self, ms: int, code: str = "") -> None:
        """Give the clock that matters `ms` more. The facilitator's to do, if there is one (`code`)."""
        self._want(Act.EXTEND)
        self._check_facilitator(code)
        if self.clock is None:
            raise TableFault(say("ui_table.no_clock"))
        self._clocks.extend(self._whose, ms)

    def facilitate(self, code: str, now: int) -> None:
        """The facilitator looks: all is shown, and the clock stands still until a seat is revealed again."""
        self._want(Act.FACILITATE)
        if self.seating.facilitator is None:
            raise TableFault(say("ui_table.no_facilitator"))
        self._check_facilitator(code)
        self._clocks.stop(now)
        self.up = ""
        self._go(Act.FACILITATE, Place.FACILITATOR)

    def leave(self, now: int) -> None:
        """The facilitator is done: back to a covered screen, wherever the table stood."""
        self._want(Act.LEAVE)
        self._hide(Act.LEAVE)

    def take(self, chair: Chair, now: int, code: str = "") -> None:
        """Switch a seat between person and computer, or to other people. It is recorded for all to see.

        A computer keeps the people and code of the chair, for when they come back. Whoever takes a chair that has a
        code gives it. With a facilitator at the table, any switch needs the chair's code or the facilitator's.
        """
        self._want(Act.TAKE)
        seat = chair.seat
        if seat not in self.seating.order:
            raise TableFault(say("ui_table.no_seat", seat=seat, seats=", ".join(self.seating.order)))
        old = self.seating.chair(seat)
        if self.seating.facilitator is not None and not (old.code and fits(old, code)):
            self._check_facilitator(code)
        elif not chair.player:
            self._check_code(seat, code)
        new = attrs.evolve(old, player=chair.player) if chair.player else chair
        seating = self.seating.having(new)
        if odd := seating_faults(seating, self._match.seats):
            raise TableFault(say("ui_table.seating", why=odd))
        player = player_of(self._match.state.setting, seat, new.player)
        self._match.take_seat(seat, player, new.player or PERSON)
        self.seating = seating
        self._keep()
        self._after_take(seat, now)

    def _after_take(self, seat: Seat, now: int) -> None:
        pending = self._match.pending
        if pending is not None and pending.seat in self._match.players:
            self._have_answered()
            self._clocks.drop("")
        elif pending is None and self.place is not Place.FACILITATOR:
            self._clocks.stop(now)
        place = Place.FACILITATOR if self.place is Place.FACILITATOR else self._covered()
        coded = seat == self.up and bool(self.seating.chair(seat).code)  # a code that is set counts at once
        if not self.sole or self.up not in self.persons or place is Place.COVERED or coded:
            self.up = ""
        self._go(Act.TAKE, place)

    def close(self) -> None:
        self._match.close()

    # The table of transitions

    @property
    def _lone(self) -> Seat:
        """The seat of one who plays alone without a code: nothing need be hidden from anybody."""
        return self.persons[0] if self.sole and not self.seating.chair(self.persons[0]).code else ""

    def _covered(self) -> Place:
        """Where the table stands with its screen covered."""
        if self._match.pending is not None:
            return Place.ALARM_COVERED
        if self._match.stage is Stage.OVER:
            return Place.OVER
        if self._between:
            return Place.BETWEEN
        return Place.COVERED if self.next else Place.RESOLVING

    def _hide(self, act: Act) -> None:
        self.up = ""
        self._go(act, self._covered())

    def _hand_over(self, act: Act, now: int) -> None:
        """To the next seat's cover, straight to who plays alone, or on with the turn."""
        self.up, place = self._lone, self._covered()
        if place is Place.COVERED and self.up:
            self._shown(act, now)
            return
        if place is Place.COVERED:
            self.up = ""
        self._go(act, place)

    def _want(self, act: Act) -> None:
        if (self.place, act) not in TABLE:
            raise TableFault(say("ui_table.not_here", act=act.value, place=self.place.value))
        if self.paused and act not in PAUSED:
            raise TableFault(say("ui_table.paused"))

    def _go(self, act: Act, place: Place) -> None:
        assert place in TABLE[self.place, act], (self.place, act, place)
        self.place = place

    def _check_facilitator(self, code: str) -> None:
        chair = self.seating.facilitator
        if chair is not None and self.place is not Place.FACILITATOR and not fits(chair, code):
            raise TableFault(say("ui_table.facilitators"))

    def _keep(self) -> None:
        recorder = self._match.recorder
        if self._kept and recorder is not None:
            recorder.lock(sealing(self.seating))
            keep_seating(recorder.path, recorder.tie, self.seating)
