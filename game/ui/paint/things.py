"""What stands on the map, as plain values: a screen makes a Scene, the painter draws it and says what was hit.

Positions are degrees (lon, lat). An affinity is the viewer's: "f" friend, "h" hostile, "n" neutral, "u" unknown.
"""

from __future__ import annotations

import attrs

Affinity = str
Position = tuple[float, float]
Outline = tuple[tuple[Position, ...], ...]


@attrs.frozen
class PlaceDot:
    """A place on land. `rank` 1 is named first and from afar, 3 only near; `damage` 0 whole to 5 closed."""

    id: str
    name: str
    at: Position
    kind: str
    affinity: Affinity = "n"
    rank: int = 2
    damage: int = 0
    inset: bool = False


@attrs.frozen
class Zone:
    """A sea zone: its anchor, where its plate and its counters stand, and its outer rings."""

    id: str
    name: str
    at: Position
    outlines: Outline = attrs.field(default=(), eq=False, repr=False)


@attrs.frozen
class LaneLine:
    """A lane between two ids of places or zones; `kind` is sea, port, road, ferry or airlift."""

    id: str
    kind: str
    a: str
    b: str
    closed: bool = False


@attrs.frozen
class Ring:
    """A reach of `km` round a position. `layer`: "threat" (drawn as one union), "detection", "defense", "range"."""

    id: str
    at: Position
    km: int
    layer: str
    affinity: Affinity = "f"
    label: str = ""


@attrs.frozen
class Marker:
    """A counter, or a contact of one, at the id of a place or zone.

    `figures` stands on the strip. `lost`: steps gone. `rounds` of `rounds_most` (-1: not known or none) is the bar.
    `quality` 0 is a counter that is known for certain; 1 to 3 a contact; `age` its hours since it was seen, and
    `as_of` the date as people say it. `ally`: a friend's, not the viewer's own.
    """

    id: str
    at: str
    affinity: Affinity
    symbol: str
    name: str = ""
    seat: str = ""
    figures: str = ""
    steps: int = 0
    lost: int = 0
    rounds: int = -1
    rounds_most: int = 0
    damaged: bool = False
    flushed: bool = False
    moving: bool = False
    quality: int = 0
    age: int = 0
    as_of: str = ""
    ally: bool = False


@attrs.frozen
class Move:
    """An order drawn as an arrow from one id to another; with a symbol, a pale counter stands at its end.

    `kind`: "move", "strike", "watch" or "station" (amber if `own`, else the affinity's color), or "voyage": what is
    under way from an earlier turn, with its date of arrival as `label`."""

    id: str
    start: str
    end: str
    kind: str = "move"
    affinity: Affinity = "f"
    symbol: str = ""
    figures: str = ""
    own: bool = True
    label: str = ""


@attrs.frozen
class Load:
    """What goes over a lane, from the end `start`: `amount` of `cap` (-1: no cap). `cut`: the lane binds. `name` is
    written beside one that is cut or full, `label` tells it whole."""

    lane: str
    start: str
    amount: int
    cap: int = -1
    cut: bool = False
    name: str = ""
    label: str = ""

    @property
    def full(self) -> bool:
        return 0 <= self.cap <= self.amount


@attrs.frozen
class Tint:
    """What holds for a whole zone or place. `layer`: "control" or "patrol"; `tone` is one of TONES of the staff's
    values; `ppm` how much of it; `short` the letters on its plate, `label` all of it."""

    at: str
    layer: str
    tone: str
    ppm: int = 1_000_000
    short: str = ""
    label: str = ""


@attrs.frozen
class Scene:
    """Everything that the map shows at one moment, but for what changes from frame to frame (Effects)."""

    places: tuple[PlaceDot, ...] = ()
    zones: tuple[Zone, ...] = ()
    lanes: tuple[LaneLine, ...] = ()
    rings: tuple[Ring, ...] = ()
    markers: tuple[Marker, ...] = ()
    moves: tuple[Move, ...] = ()
    voyages: tuple[Move, ...] = ()
    loads: tuple[Load, ...] = ()
    tints: tuple[Tint, ...] = ()


@attrs.frozen
class Effect:
    """A passing sight of the film. `t` runs from 0 to 1. `kind`: "raid" (arcs of `n` missiles from `start` to `end`),
    "burst" (at `end`), "intercept" (at `end`), "loss" (a cross fading at `end`), "pulse" (rings round `end`),
    "travel" (a counter on its way: `symbol`)."""

    kind: str
    end: Position
    t: float
    start: Position = (0.0, 0.0)
    n: int = 1
    affinity: Affinity = "h"
    symbol: str = ""
    label: str = ""


#: Layers that can be switched off; "names" are place, zone and sea names.
LAYERS = (
    *("threat", "detection", "defense", "lanes", "zones", "names", "graticule", "markers", "moves"),
    *("supply", "control", "patrol"),
)


@attrs.frozen
class Options:
    """How a scene is shown. All rectangles in pixels of the painter's rectangle, (x, y, w, h).

    `legal` (None: no choice is open): ids that light up while the rest dims. `covered`: what panels cover; no label
    or counter is put there. `opened`: the place whose stack is spread. `measure`: positions of a measuring line.
    `moving`: the camera is being dragged or flown just now.
    """

    scale: float = 1.0
    layers: frozenset[str] = frozenset(LAYERS)
    selected: str = ""
    hover: str = ""
    opened: str = ""
    legal: frozenset[str] | None = None
    covered: tuple[tuple[int, int, int, int], ...] = ()
    effects: tuple[Effect, ...] = ()
    measure: tuple[Position, ...] = ()
    rings: tuple[Ring, ...] = ()
    moving: bool = False


@attrs.frozen
class Hit:
    """What lies under the pointer: `kind` is "marker", "stack", "place", "zone" or "lane". `members`: the marker ids
    of the stack it belongs to, top first."""

    kind: str
    id: str
    members: tuple[str, ...] = ()
