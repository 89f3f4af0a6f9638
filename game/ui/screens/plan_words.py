"""Words for orders: verbs, fields, values and phrases by message id, readable where none is written."""

from __future__ import annotations

from collections import Counter

import attrs

from game.core.model import TRACK_LETTERS
from game.core.orders import Order, Trigger
from game.core.view import View
from game.core.words import Message, say
from game.words import Names, marked, text
from game.words.load import sentence, term


@attrs.frozen(slots=True)
class Words:
    """How a seat's plan is spoken of: names from its own View, and a language."""

    names: Names
    language: str = "en"
    #: The same, with contacts by what is known of them and not by their labels: for orders and what is said of them.
    spoken: Names = attrs.field(default=attrs.Factory(lambda self: self.names, takes_self=True))

    @staticmethod
    def of(names: Names, view: View, language: str) -> Words:
        """Words for a seat's own View; contacts of one kind at one place are told apart by their labels."""
        plain, called = Words(names, language), dict[str, str]()
        for id, row in view.contacts.items():
            what = row.what or "unknown"
            called[id] = plain.tell("contact_named", what=what, nation=row.nation, place=row.at)
        often = Counter(called.values())
        twins = {id: f"{name} ({names.contact(id, short=True)})" for id, name in called.items() if often[name] > 1}
        whole = called | twins
        labels = {names.contact(id, short=True): name for id, name in whole.items()}  # as reasons have them
        return Words(names, language, attrs.evolve(names, contacts=labels | whole))

    def tell(self, id: str, /, **values: int | str | bool) -> str:
        return text(say(f"ui_plan.{id}", **values), self.language, self.spoken)

    def text(self, message: Message) -> str:
        return text(message, self.language, self.spoken)

    def marked(self, message: Message) -> str:
        return marked(message, self.language)

    def _written(self, *ids: str) -> str | None:
        return next((found for id in ids if (found := sentence(f"ui_plan.{id}", self.language))), None)

    def verb(self, verb: str) -> str:
        """ "Move"; the chapter's own verb where the screen has no word for it."""
        found = self._written(f"order.{verb}") or term("verb", verb, self.language).replace("_", " ")
        return found[:1].upper() + found[1:]

    def about(self, verb: str) -> str:
        """What an order of this kind does, in one line; "" where nothing is written."""
        return self._written(f"about.{verb}") or ""

    def field(self, verb: str, name: str) -> str:
        found = self._written(f"field.{verb}.{name}", f"field.{name}") or name.replace("_", " ")
        return found[:1].upper() + found[1:]

    def value(self, name: str, value: int | str | bool) -> str:
        """A choice as people say it: a level with its letter, a code by its word, an id by its name."""
        if isinstance(value, bool):
            return term("flag", "yes" if value else "no", self.language)
        if value == "":
            return self.tell("nothing")
        found = self._written(f"value.{name}.{value}")
        if found:
            return found
        if isinstance(value, int):
            return str(value)
        word = term(name, value, self.language)
        word = term("place", value, self.language) if word == value else word
        word = word if word != value else self.spoken.any(value, self.language)
        return word[:1].upper() + word[1:]

    def subject(self, order: type[Order], subject: str) -> str:
        """What an order is about: a name, or what its kind says of an order about everything."""
        found = self._written(f"subject.{order.VERB}")
        name = found if found else self.spoken.any(subject, self.language)
        name = self.pact(subject) if not found and name == self.names.pact(subject, self.language) else name
        return name[:1].upper() + name[1:]

    def phrase(self, order: Order) -> str:
        """An order without its subject, for a card: "Move to Busan, 2 steps"."""
        id = f"ui_plan.card.{order.VERB}"
        values = {field.name: getattr(order, field.name) for field in attrs.fields(type(order))[2:]}
        if sentence(id, self.language):
            return text(say(id, **values), self.language, self.spoken)
        rest = (f"{self.field(order.VERB, n)} {self.value(n, v)}" for n, v in values.items() if v != "")
        return ", ".join((self.verb(order.VERB), *rest))

    def whole(self, order: Order) -> str:
        return f"{self.subject(type(order), order.subject)}: {self.phrase(order)}"

    def seat(self, seat: str) -> str:
        """A nation's name as a title has it, without an article."""
        found = self._written(f"seat.{seat}") or self.names.seat(seat, self.language)
        return found[:1].upper() + found[1:]

    def pact(self, key: str) -> str:
        return " – ".join(self.seat(seat) for seat in key.split("-"))

    def domain(self, domain: str) -> str:
        found = self._written(f"domain.{domain}") or term("domain", domain, self.language)
        return found[:1].upper() + found[1:]

    def chapter(self, name: str) -> str:
        found = self._written(f"chapter.{name}") or name.replace("_", " ")
        return found[:1].upper() + found[1:]

    def watched(self, subject: str) -> str:
        """What a trigger watches: a place by its name, a count of one's own by what it counts."""
        kind, dot, rest = subject.partition(".")
        name = self.names.any(rest if dot else subject, self.language)
        if not dot:
            return name[:1].upper() + name[1:]
        name = self.domain(rest).lower() if name == rest else name
        return f"{self._written(f'tally.{kind}') or kind.replace('_', ' ').capitalize()}: {name}"

    def trigger(self, trigger: Trigger) -> str:
        """When a contingency is given: "damage at Sasebo reaches 2"."""
        where = self.watched(trigger.subject)
        if trigger.measure == "tally":
            return self.tell("reserve_count", where=where[:1].lower() + where[1:], least=trigger.least)
        measure = self.value("measure", trigger.measure)
        measure = measure[:1].lower() + measure[1:]
        return self.tell("reserve_if", measure=measure, where=where, least=trigger.least)

    def track(self, track: str, level: int) -> str:
        return f"{term('track', track, self.language)} {TRACK_LETTERS[track]}{level}"

    def counts(self, ppm_thousandths: int) -> str:
        """Thousandths with one decimal: 17776 is 17.8."""
        tenths = (ppm_thousandths + 50) // 100
        return f"{tenths // 10}.{tenths % 10}"
