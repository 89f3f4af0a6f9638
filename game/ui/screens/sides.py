"""Two seats' maps at one second, side by side: what the one saw that the other did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.ids import Seat, date
from game.core.model import Contact
from game.core.view import View
from game.core.words import say
from game.report.film import TRUTH, Frame
from game.report.sides import Apart, Sides, side_by_side
from game.ui.layout import Rect
from game.ui.screens.replay_reading import ICONS, TONES, Reading
from game.ui.screens.replay_strip import captions, strip_height, ticks
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Choice, Item, Label, Panel, Rows, Touch, Track, Widget

if TYPE_CHECKING:
    from game.ui.app import App, Screen

HEADER_POINTS, LEAD_POINTS = 48, 44
#: Lighter things than this, such as a search that found nothing, are listed, but are not what one "saw".
SEEN_WEIGHT = 30


class SidesScreen:
    """`we` is the left seat, from whose side the lead line speaks. Both maps have one camera and one clock."""

    def __init__(self, reading: Reading, k: int, eyes: str, back: Screen) -> None:
        if not reading.open:
            raise ValueError("two seats side by side are for those who may see both")
        self.reading = reading
        self.table = reading.table
        self.back = back
        self.k = k
        self.we: Seat = eyes if eyes in reading.seats else reading.friends
        self.they: Seat = self._ally(self.we)
        self.maps = (self.table.map_view("map.we"), self.table.map_view("map.they"))
        self._fitted = False
        self._sides: dict[tuple[int, Seat, Seat], Sides] = {}
        self._differs: dict[tuple[Seat, Seat], tuple[int, ...]] = {}

    def _ally(self, seat: Seat) -> Seat:
        board = self.reading.setting.board
        others = [other for other in self.reading.seats if other != seat]
        return next((other for other in others if board.same_side(seat, other)), others[0])

    @property
    def sides(self) -> Sides:
        key = (self.k, self.we, self.they)
        if key not in self._sides:
            self._sides[key] = side_by_side(self.reading.reel, *key)
        return self._sides[key]

    def told(self) -> tuple[Apart, ...]:
        """What one was told and the other was not, the heaviest first."""
        return tuple(sorted(self.sides.told, key=lambda one: -_weight(one)))

    def lead(self) -> str:
        """The one line that matters: who saw what the other did not, at this second."""
        say = self.table.say
        they = self.reading.label(self.they)
        apart = [one for one in self.sides.told if _weight(one) >= SEEN_WEIGHT] or self.sides.held
        if any(one.left is None for one in apart):
            return say("ui_replay.lead_they", they=they)
        if any(one.right is None for one in apart):
            return say("ui_replay.lead_we", they=they)
        return say("ui_replay.lead_both" if apart else "ui_replay.lead_same", they=they)

    # What it shows

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        header, rest = whole.top(u(HEADER_POINTS))
        foot, rest = rest.inset(u(10), u(10)).foot(strip_height(room))
        table, rest = Rect(rest.x, rest.y, rest.w, rest.h - u(10)).foot(u(214))
        rest = Rect(0, header.bottom, room.width, table.y - u(10) - header.bottom)
        left, right = rest.columns(2, u(4))
        out: list[Widget] = [Panel(id="ground", rect=whole, kind="ink", radius=0)]
        self._together(left, right)
        for seat, rect, map in ((self.we, left, self.maps[0]), (self.they, right, self.maps[1])):
            out.append(map.pane(rect, self._view(seat), room))
        if not self._fitted:
            self._fitted = True
            self.maps[0].jump_to({marker.at for map in self.maps for marker in map.scene.markers})
            return self.widgets(room)
        for seat, rect in ((self.we, left), (self.they, right)):
            out += self._plate(seat, rect, room)
        out += self._header(header, room)
        out += self._differences(table, room)
        return [*out, *self._strip(foot, room)]

    def _view(self, seat: Seat) -> View:
        return self.reading.view(self.k, seat)

    def _together(self, left: Rect, right: Rect) -> None:
        """The right map looks where the left one does, with the same layers, as soon as both have a camera."""
        one, other = self.maps
        if one.camera is not None and other.camera is not None and (left.w, left.h) == (right.w, right.h):
            other.camera = one.camera
        other.layers = one.layers

    def _plate(self, seat: Seat, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        words = self.table.say("ui_replay.believed", who=self.reading.label(seat))
        plate = Rect(rect.x + u(12), rect.y + u(12), u(318), u(34))
        return [
            Panel(id=f"plate.{seat}", rect=plate, kind="glass", radius=6),
            Label(id=f"plate.text.{seat}", rect=plate.inset(u(12), 0), text=words, style="panel", icon="eye"),
        ]

    def _header(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        inner = rect.inset(u(14), u(8))
        leave, inner = inner.end(u(112), u(10))
        title, inner = inner.left(u(150), u(10))
        items = tuple((seat, self.reading.label(seat)) for seat in self.reading.seats)
        we, inner = inner.left(u(60), u(8))
        first, inner = inner.left(u(170), u(10))
        swap, inner = inner.left(u(104), u(10))
        they, inner = inner.left(u(70), u(8))
        second, inner = inner.left(u(170))
        return [
            Panel(id="header", rect=rect, kind="ink", radius=0),
            Label(id="title", rect=title, text=say("ui_replay.sides_title"), style="heading"),
            Label(id="we.caption", rect=we, text=say("ui_replay.sides_we"), style="small", align="right"),
            Choice(id="we", rect=first, items=items, value=self.we, icon="eye"),
            Button(
                id="swap", rect=swap, text=say("ui_replay.sides_swap"), key="X", tip=say("ui_replay.sides_swap.tip")
            ),
            Label(id="they.caption", rect=they, text=say("ui_replay.sides_they"), style="small", align="right"),
            Choice(id="they", rect=second, items=items, value=self.they, icon="eye"),
            Button(id="leave", rect=leave, text=say("ui_replay.leave"), icon="log-out", kind="quiet", key="Esc"),
        ]

    def _differences(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        word = self.table.say
        inner = rect.inset(u(18), u(10))
        lead, lists = inner.top(u(LEAD_POINTS - 8), u(6))
        words, button = lead.left(lead.w - u(230), u(10))
        parted = bool(self.sides.told or self.sides.held)
        told, held = lists.columns(2, u(20))
        out: list[Widget] = [
            Panel(id="differences", rect=rect, shadow=True),
            Label(
                id="lead",
                rect=words,
                text=self.lead(),
                style="heading",
                icon="eye-off" if parted else "check",
                color="#E3A93B" if parted else "#5FC9A6",
            ),
            Button(
                id="difference",
                rect=button,
                text=word("ui_replay.difference_next"),
                icon="fast-forward",
                key="D",
                on=self._next_difference() != self.k,
                tip=word("ui_replay.difference_next.tip"),
            ),
        ]
        for id, part, apart in (("told", told, self.told()), ("held", held, self.sides.held)):
            caption, rows = part.top(u(18), u(4))
            out.append(Label(id=f"{id}.caption", rect=caption, text=word(f"ui_replay.sides_{id}"), style="caption"))
            items = tuple(self._item(one, n) for n, one in enumerate(apart))
            empty = word("ui_replay.sides_nothing")
            out.append(Rows(id=id, rect=rows, items=items, height=42, cards=False, empty=empty))
        return out

    def _item(self, one: Apart, n: int) -> Item:
        """Who holds it, and in its own words what."""
        lead = self.table.text(one.message, self._view(self.we))
        some = one.left or one.right
        seat = self.we if one.left is not None else self.they
        if isinstance(some, Frame):
            words = self.reading.sentence(some, self.k, seat)
            return Item(n, words, lead, icon=ICONS.get(some.kind, "info"), tone=TONES.get(some.kind, ""), tip=words)
        row = some[1] if some is not None else Contact("")
        what = say("ui_replay.held_what", what=row.what, place=row.at)
        words = self.table.text(what, self._view(seat))
        return Item(n, words[:1].upper() + words[1:], self._held(one), icon="radar", tone=TONES["contact"], tip=lead)

    def _held(self, one: Apart) -> str:
        """ "Japan: nothing · South Korea: as of 2a, own sensors, kind known"."""
        out = []
        for seat, some in ((self.we, one.left), (self.they, one.right)):
            row = some[1] if isinstance(some, tuple) else None
            values = (
                {} if row is None else {"date": date(row.turn, row.pulse), "route": row.route, "quality": row.quality}
            )
            id = "ui_replay.held_not" if row is None else "ui_replay.held_by"
            out.append(self.table.say(id, seat=self.reading.label(seat), **values))
        return " · ".join(out)

    def _strip(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        inner = rect.inset(u(12), u(11))
        line = self.reading.timeline(TRUTH)
        moment = self.reading.reel.moments[self.k]
        back, inner = inner.left(u(40), u(4))
        on, inner = inner.left(u(40), u(12))
        now, inner = inner.end(u(190), u(10))
        high = max(1, len(self.reading.reel.moments) - 1)
        marks = tuple(
            (line.at(at).k, tone, tip)
            for at, tone, tip in ticks(self.reading, line, round(inner.w / room.scale), (), frozenset(TONES))
        )
        heads = tuple((line.at(at).k, words) for at, words in captions(line))
        track = Rect(inner.x, rect.y + u(9), inner.w, rect.h - u(16))
        day = say("ui_replay.clock", day=moment.hour // 24 + 1, hour=f"{moment.hour % 24:02}", date=moment.date)
        title = self.reading.turn_title(moment.turn, moment.pulse, short=True)
        return [
            Panel(id="strip", rect=rect, shadow=True),
            Button(id="back", rect=back, icon="chevron-left", tip=say("ui_replay.moment_back.tip", key=",")),
            Button(id="forward", rect=on, icon="chevron-right", tip=say("ui_replay.moment_forward.tip", key=".")),
            Track(id="track", rect=track, low=0, high=high, value=self.k, marks=marks, captions=heads),
            Label(id="date", rect=now.top(u(20))[0], text=title, style="panel", align="right"),
            Label(id="hour", rect=now.foot(u(18))[0], text=day, style="figure_muted", align="right"),
        ]

    # What it does

    def act(self, act: Act, app: App) -> None:
        room = app.front.room
        if isinstance(act.value, Touch):
            for one, other in (self.maps, self.maps[::-1]):
                if act.id == one.id:
                    one.act(act.value, room)
                    self._follow(one, other)
        elif act.id == "key":
            self._key(str(act.value), app)
        elif act.id == "leave":
            self._leave(app)
        elif act.id == "quit":
            app.quit()
        elif act.id == "track":
            self.k = act.value
        elif act.id in ("back", "forward"):
            self.step(1 if act.id == "forward" else -1)
        elif act.id == "difference":
            self.k = self._next_difference()
        elif act.id == "swap":
            self.we, self.they = self.they, self.we
        elif act.id in ("we", "they"):
            self._choose(act.id, str(act.value))
        elif act.id in ("told", "held"):
            self._show((self.told() if act.id == "told" else self.sides.held)[act.value])

    def _follow(self, one: object, other: object) -> None:
        first, second = self.maps
        moved = first if one is first else second
        still = second if moved is first else first
        still.camera, still.layers = moved.camera, moved.layers

    def _choose(self, id: str, seat: Seat) -> None:
        """A seat is never compared with itself: choosing the other's swaps them."""
        if id == "we":
            self.we, self.they = seat, self.we if seat == self.they else self.they
        else:
            self.they, self.we = seat, self.they if seat == self.we else self.we

    def _leave(self, app: App) -> None:
        stand = getattr(self.back, "stand_at", None)
        if stand is not None:
            stand(self.k)
        app.go(self.back)

    def _key(self, name: str, app: App) -> None:
        moments = self.reading.reel.moments
        if name in (",", "."):
            self.step(1 if name == "." else -1)
        elif name in ("Shift+,", "Shift+."):
            turn = moments[self.k].turn
            to = turn + 1 if name == "Shift+." else turn if self.k > self.reading.reel.start(turn).k else turn - 1
            self.k = self.reading.reel.start(to).k
        elif name in ("PgUp", "PgDn"):
            by = 1 if name == "PgDn" else -1
            here = moments[self.k].date
            while 0 <= self.k + by < len(moments) and moments[self.k].date == here:
                self.k += by
        elif name == "Esc":
            self._leave(app)
        elif self.maps[0].key(name):
            self._follow(self.maps[0], self.maps[1])

    def step(self, by: int) -> None:
        self.k = max(0, min(len(self.reading.reel.moments) - 1, self.k + by))

    def _next_difference(self) -> int:
        """The next moment at which one was told what the other was not; this one where none comes."""
        key = (self.we, self.they)
        if key not in self._differs:
            reel = self.reading.reel
            parted = (m.k for m in reel.moments if side_by_side(reel, m.k, *key).told)
            self._differs[key] = tuple(parted)
        return next((k for k in self._differs[key] if k > self.k), self.k)

    def _show(self, one: Apart) -> None:
        some = one.left or one.right
        places = some.places if isinstance(some, Frame) else (some[1].at,) if some is not None else ()
        if places:
            self.maps[0].fly_to(places)

    def tick(self, now: int) -> int | None:
        waits = [wait for map in self.maps if (wait := map.tick(now)) is not None]
        return min(waits, default=None)


def _weight(one: Apart) -> int:
    return max(some.weight if isinstance(some, Frame) else 0 for some in (one.left, one.right))
