"""Names for ids, as a table of people would say them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from game.core.model import Counter
from game.core.setting import Board
from game.words.load import term

TOKEN = re.compile(r"\[([upscokx]):([^\]\[]*)\]")
_WORD = re.compile(
    r"(?P<order>[A-Z]{2}\.[a-z_]+\.[A-Za-z0-9_>-]+'*)|[A-Za-z][A-Za-z0-9_]*(?:[>][A-Z0-9]+\.[0-9a-z]+|-[A-Z]{2}\b)*'*"
)


@attrs.frozen(slots=True)
class Names:
    """What ids are called: counters, places and munitions by their names in the pack, seats by the language."""

    units: Mapping[str, str] = attrs.field(factory=dict)
    places: Mapping[str, str] = attrs.field(factory=dict)
    munitions: Mapping[str, str] = attrs.field(factory=dict)
    seats: tuple[str, ...] = ()
    #: What contacts are called where people choose among them; elsewhere each goes by its label.
    contacts: Mapping[str, str] = attrs.field(factory=dict)

    @staticmethod
    def of(board: Board, counters: Mapping[str, Counter] | None = None) -> Names:
        """Names on a board; `counters` tells which formation a counter with an id of its own is part of."""
        units = {id: f.name for id, f in board.formations.items()}
        units.update((id, board.formation(c).name) for id, c in (counters or {}).items())
        places = {id: site.name for id, site in board.theatre.sites.items()}
        munitions = {id: m.name for id, m in board.munitions.items()}
        return Names(units, places, munitions, tuple(board.seats))

    def unit(self, id: str, short: bool = False) -> str:
        """ "Aegis Group Sasebo (J01)"; a detachment is part of what it came from."""
        stem = id.partition(">")[0].rstrip("'")
        name = self._formation(stem)
        if short or name is None:
            return id
        return f"{name} ({id})" if id == stem else f"{name}, detached ({id})"

    def _formation(self, stem: str) -> str | None:
        """The name of a counter's formation: of "U09b", which is lost by now, that of "U09"."""
        return self.units.get(stem) or self.units.get(stem.rstrip("abcdefgh"))

    def place(self, id: str, language: str = "en", short: bool = False) -> str:
        return id if short and id in self.places else self.places.get(id) or term("place", id, language)

    def seat(self, id: str, language: str = "en", short: bool = False) -> str:
        return id if short else term("seat", id, language)

    def pact(self, id: str, language: str = "en", short: bool = False) -> str:
        return "-".join(self.seat(s, language, short) for s in id.split("-"))

    def contact(self, id: str, language: str = "en", short: bool = False) -> str:
        if id in self.contacts and not short:
            return self.contacts[id]
        label = id.rpartition(".")[2]
        return label if short else f"{term('noun', 'contact', language)} {label}"

    def order(self, id: str, language: str = "en", short: bool = False) -> str:
        """ "raid: Hwasong-9 brigade (N03)" for "KP.raid.N03"."""
        _, verb, subject = (*id.split(".", 2), "", "")[:3]
        if not subject:
            return id
        word, name = term("verb", verb, language), self.any(subject, language, short)
        return word if name == subject.lower() else f"{word}: {name}"  # "alarm" and the like say nothing of whose

    def any(self, id: str, language: str = "en", short: bool = False) -> str:
        """The name of an id of any kind; the id where nothing goes by it."""
        if id in self.contacts:
            return self.contact(id, language, short)
        launcher, arrow, target = id.partition(">")
        if arrow and launcher in self.units and target in self.places:
            return f"{self.unit(launcher, short)} > {self.place(target, language, short)}"
        if self._formation(launcher.rstrip("'")) is not None:
            return self.unit(id, short)
        if id in self.places:
            return self.place(id, language, short)
        if id in self.seats:
            return self.seat(id, language, short)
        if id in self.munitions:
            return self.munitions[id]
        lane, colon, _ = id.partition(":")
        one, dash, other = lane.partition("-")
        if colon and one in self.places and other in self.places:
            return f"{self.place(one, language, short)}\N{EN DASH}{self.place(other, language, short)}"
        if dash and all(seat in self.seats or term("seat", seat, language) != seat for seat in (one, other)):
            return self.pact(id, language, short)
        seat, dot, rest = id.partition(".")
        if dot and "-" in seat and self.any(seat, language, short) != seat:  # a track of a pact: "JP-KR.sensing"
            return f"{self.any(seat, language, short)}: {term('track', rest, language)}"
        place, _, goods = rest.partition(".")
        if dot and seat in self.seats and place in self.places:  # a stock: "JP.JYOK.sm3"
            name = self.place(place, language, short)
            return f"{name}, {self.munitions[goods]}" if goods in self.munitions else name
        if dot and seat in self.seats:
            return self.order(id, language, short) if "." in rest else self.any(rest, language, short)
        return id

    def counted(self, subject: str, language: str = "en") -> str:
        """What a line of a score looks at: a place, a munition, a track, a domain of units, or a count."""
        found = self.any(subject, language)
        found = found if found != subject else term("arm", subject, language)
        return found if found != subject else term("counted", subject, language)

    def token(self, kind: str, id: str, language: str = "en", short: bool = False) -> str:
        if kind == "u":
            return self.unit(id, short)
        named = {
            "p": self.place,
            "s": self.seat,
            "k": self.pact,
            "c": self.contact,
            "o": self.order,
            "x": self.any,
        }[kind]
        return named(id, language, short)

    def spell(self, marked: str, language: str = "en", *, short: bool = False) -> str:
        """A text with names in place of its tokens."""
        words = TOKEN.sub(lambda found: self.token(found[1], found[2], language, short), marked)
        return words[:1].upper() + words[1:] if marked.startswith("[s:") else words

    def known(self, plain: str, language: str = "en") -> str:
        """A note of a source ("J01:8 J02:16", "facts C1.7 L3") with names for the ids in it, seats apart."""

        def name(found: re.Match[str]) -> str:
            if found["order"]:
                return f"{self.seat(found[0][:2], language)}, {self.order(found[0], language)}"
            if found[0] in self.seats:
                return found[0]
            name = self.any(found[0], language)
            for kind in ("route", "route_name"):
                name = term(kind, name, language) if name == found[0] else name
            return name

        return _WORD.sub(name, plain)


#: Names for when no board is at hand: ids stand for themselves.
BARE = Names(seats=("US", "JP", "KR", "CN", "KP", "TW"))
