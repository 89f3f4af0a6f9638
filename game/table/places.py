"""Where a hot-seat table stands, and what may be done there: the one table of transitions.

``covered``        the screen is handed over; nothing of anybody's may be shown, but who is next
``brief``          a seat is revealed and reads what happened
``planning``       a seat is revealed and plans
``resolving``      all have sealed; the turn is played phase by phase
``alarm_covered``  a phase asks a person's seat; the screen is handed to it
``alarm``          that seat is revealed and answers
``between``        the turn is over; public knowledge, and who is next
``facilitator``    the white cell looks: everything may be shown
``over``           the game is over; the truth is open
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Place(StrEnum):
    COVERED = "covered"
    BRIEF = "brief"
    PLANNING = "planning"
    RESOLVING = "resolving"
    ALARM_COVERED = "alarm_covered"
    ALARM = "alarm"
    BETWEEN = "between"
    FACILITATOR = "facilitator"
    OVER = "over"


class Act(StrEnum):
    REVEAL = "reveal"
    CALL = "call"
    BEGIN = "begin"
    DRAFT = "draft"
    SEAL = "seal"
    TALK = "talk"
    REOPEN = "reopen"
    STEP = "step"
    ANSWER = "answer"
    NEXT_TURN = "next_turn"
    COVER = "cover"
    FACILITATE = "facilitate"
    LEAVE = "leave"
    TAKE = "take"
    PAUSE = "pause"
    UNPAUSE = "unpause"
    EXTEND = "extend"


#: Places where no seat is revealed, unless one person plays alone.
_HIDDEN = (Place.COVERED, Place.RESOLVING, Place.ALARM_COVERED, Place.BETWEEN)
#: Where the screen is covered to from each place: what its seat held is gone from it.
_COVERS: Mapping[Place, tuple[Place, ...]] = {
    Place.COVERED: (Place.COVERED,),
    Place.BRIEF: (Place.COVERED,),
    Place.PLANNING: (Place.COVERED,),
    Place.RESOLVING: (Place.RESOLVING,),
    Place.ALARM_COVERED: (Place.ALARM_COVERED,),
    Place.ALARM: (Place.ALARM_COVERED,),
    Place.BETWEEN: (Place.BETWEEN,),
    Place.FACILITATOR: (*_HIDDEN, Place.OVER),
    Place.OVER: (Place.OVER,),
}
#: Who is next, once a seat has sealed: another, nobody, or the same person who alone plays and has no code.
_HANDED = (Place.COVERED, Place.RESOLVING)
_UP = (Place.BRIEF, Place.PLANNING)

#: (place, act) -> the places that it may lead to. What is not in it cannot be done.
TABLE: Mapping[tuple[Place, Act], tuple[Place, ...]] = {
    (Place.COVERED, Act.REVEAL): _UP,
    (Place.COVERED, Act.CALL): (Place.COVERED,),
    (Place.COVERED, Act.REOPEN): (Place.PLANNING,),
    (Place.BRIEF, Act.BEGIN): (Place.PLANNING,),
    (Place.BRIEF, Act.TALK): (Place.BRIEF,),
    (Place.PLANNING, Act.TALK): (Place.PLANNING,),
    (Place.PLANNING, Act.DRAFT): (Place.PLANNING,),
    (Place.PLANNING, Act.SEAL): _HANDED,
    (Place.RESOLVING, Act.REVEAL): (Place.RESOLVING,),
    (Place.RESOLVING, Act.STEP): (Place.RESOLVING, Place.ALARM_COVERED, Place.ALARM, Place.BETWEEN, Place.OVER),
    (Place.ALARM_COVERED, Act.REVEAL): (Place.ALARM,),
    (Place.ALARM_COVERED, Act.ANSWER): (Place.RESOLVING,),
    (Place.ALARM, Act.ANSWER): (Place.RESOLVING,),
    (Place.BETWEEN, Act.NEXT_TURN): (*_UP, *_HANDED),
    (Place.FACILITATOR, Act.LEAVE): (*_HIDDEN, Place.OVER),
    **{(place, Act.COVER): to for place, to in _COVERS.items()},
    **{(place, Act.PAUSE): to for place, to in _COVERS.items() if place not in (Place.FACILITATOR, Place.OVER)},
    (Place.FACILITATOR, Act.PAUSE): (Place.FACILITATOR,),
    **{(place, Act.UNPAUSE): (place,) for place in (*_HIDDEN, Place.FACILITATOR)},
    **{(place, Act.EXTEND): (place,) for place in Place if place is not Place.OVER},
    **{(place, Act.FACILITATE): (Place.FACILITATOR,) for place in _COVERS if place is not Place.FACILITATOR},
    # A person's seat may be handed to a computer, or taken back, while nothing of it is on the screen.
    (Place.COVERED, Act.TAKE): _HANDED,
    (Place.RESOLVING, Act.TAKE): _HANDED,
    (Place.ALARM_COVERED, Act.TAKE): (Place.ALARM_COVERED, Place.RESOLVING),
    (Place.BETWEEN, Act.TAKE): (Place.BETWEEN,),
    (Place.FACILITATOR, Act.TAKE): (Place.FACILITATOR,),
}
#: What may be done while the table is paused.
PAUSED = frozenset({Act.UNPAUSE, Act.COVER, Act.EXTEND, Act.FACILITATE, Act.LEAVE, Act.TAKE, Act.CALL})
