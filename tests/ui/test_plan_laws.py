"""Laws of the plan screen: words for every order, nothing of another seat, nothing over anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import attrs
import pytest
from hypothesis import given

from game.core.orders import Order
from game.ui.screens.plan import PlanScreen
from game.ui.screens.plan_estimates import staffwork
from game.ui.screens.plan_form import merged
from game.ui.screens.plan_words import Words
from game.ui.theme import Room
from game.ui.widgets import Button, Pane, Panel, Widget, texts_of
from game.words import Names
from game.words.load import words as words_of
from rules import SEQUENCE
from tests.laws.fog import scrambled
from tests.ui.driver import window
from tests.ui.planning import at, planning
from tests.worlds import World, examples, seats, states

ORDERS = tuple(order for chapter in SEQUENCE for order in chapter.ORDERS)
SIZES = ((1280, 720, 1.0), (1920, 1080, 1.5), (1920, 1080, 2.0), (1280, 720, 2.0), (1024, 576, 1.0))
ROOMS = tuple(Room(*size) for size in SIZES)
GAMES = [("one_sky", "JP", 2), ("one_sky", "KP", 2), ("first_watch", "JP", 1)]


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: o.VERB)
def test_every_shipped_order_has_words(order: type[Order]) -> None:
    have = words_of("ui_plan", "en")
    verb = order.VERB
    assert {f"order.{verb}", f"about.{verb}", f"card.{verb}"} <= set(have)
    for name in (field.name for field in attrs.fields(order)[2:]):
        assert f"field.{verb}.{name}" in have or f"field.{name}" in have, f"no words for {verb} {name}"


@attrs.frozen(slots=True)
class Lay(Order):
    """Lay mines: an order that no words are written for."""

    VERB = "lay_mines"

    field_size: int
    at: str = ""


def test_an_order_without_words_can_be_read_all_the_same() -> None:
    words = Words(Names(places={"TSU": "Korea Strait"}))
    assert words.verb("lay_mines") == "Lay mines"
    assert words.field("lay_mines", "field_size") == "Field size"
    assert words.phrase(Lay("JP", "J01", 3, "TSU")) == "Lay mines, Field size 3, At Korea Strait"


SCREENS = Path(__file__).parents[2] / "game" / "ui" / "screens"
#: Ids put together from values.
BUILT = ("tab.", "rung.", "talk.", "talk_tip.", "quality.", "key.", "order.", "about.", "card.", "subject.", "field.")
CODES = ("value.", "seat.", "domain.", "chapter.", "tally.", "undo", "redo", "clear")


def test_the_words_and_the_screen_agree() -> None:
    """Every id that the screen says has words, and no words lie about unsaid."""
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(SCREENS.glob("plan*.py")))
    said = set(re.findall(r"""\btell\(\s*"([a-z0-9_.]+)\"""", source))
    have = set(words_of("ui_plan", "en"))
    assert sorted(said - have) == []
    spoken = set(re.findall(r"""\"([a-z0-9_.]+)\"""", source))
    assert sorted(key for key in have if key not in spoken and not key.startswith((*BUILT, *CODES))) == []


def states_of(screen: PlanScreen) -> Iterator[str]:
    """Bring the screen into everything that it can show, one after another."""
    p = screen.p
    yield "entry"
    for tab in ("forces", "picture", "estimates", "boards", "log"):
        p.tab = tab
        yield tab
    p.tab = "orders"
    for mode in ("list", "pick", "roe", "intent"):
        p.mode = mode
        yield mode
    for subject, forms in list(p.forms.items())[:12]:
        for form in forms:
            p.open(form)
            p.card = subject
            yield f"form {form.order.id}"
    for form in p.answers:
        p.open(form)
        yield "standing"
    for forms in list(p.forms.values())[:2]:
        p.open_reserve(forms[0])
        yield "reserve"
    for dialog in ("seal", "help", "find"):
        p.dialog, p.typed = dialog, "a" if dialog == "find" else ""
        yield dialog


def told(screen: PlanScreen, room: Room) -> dict[str, list[str]]:
    window((room.width, room.height))
    plan = screen.p.desk.plan
    screen.estimates.done(plan, staffwork(screen.p.desk.rulebook, screen.p.view, plan))
    out = {}
    for state in states_of(screen):
        out[state] = [f"{w.id}: {words}" for w in screen.widgets(room) for words in texts_of(w)]
    return out


@examples(6)
@given(states(midway=False))
def test_no_text_tells_what_the_seat_may_not_know(world: World) -> None:
    for seat in seats(world.state):
        here, there = (
            told(PlanScreen(at(state, world.rules, seat)), ROOMS[0])
            for state in (world.state, scrambled(world.state, seat))
        )
        assert here == there, seat


@pytest.mark.parametrize("room", ROOMS, ids=str)
@pytest.mark.parametrize(("name", "seat", "turn"), GAMES)
def test_nothing_lies_over_anything_else(room: Room, name: str, seat: str, turn: int) -> None:
    window((room.width, room.height))
    screen = PlanScreen(planning(name, seat, turn))
    plan = screen.p.desk.plan
    screen.estimates.done(plan, staffwork(screen.p.desk.rulebook, screen.p.view, plan))
    for state in states_of(screen):
        widgets = list(screen.widgets(room))
        top = max(w.layer for w in widgets)
        live = [w for w in widgets if w.layer == top and not isinstance(w, Panel | Pane)]
        for widget in live:
            x, y, w, h = widget.rect
            inside = x >= 0 and y >= 0 and x + w <= room.width and y + h <= room.height
            assert inside and w > 0 and h > 0, f"{state}: {widget.id} at {widget.rect}"
        for one, other in combinations(live, 2):
            assert not one.rect.meets(other.rect), f"{state}: {one.id} {one.rect} over {other.id} {other.rect}"
        assert len({w.id for w in widgets}) == len(widgets), state
        assert all(_named(w) for w in widgets if isinstance(w, Button)), state


def _named(widget: Widget) -> bool:
    """A button without words says in its tip what it does."""
    return any(texts_of(widget))


def test_forms_of_one_kind_are_one() -> None:
    table = planning("one_sky", "JP", 2)
    templates = list(table.rulebook.options(table.sitting.view()))
    for subject, forms in merged(templates).items():
        assert len({form.kind for form in forms}) == len(forms)
        for form in forms:
            for template in templates:
                if (template.subject, template.order) == (subject, form.kind):
                    assert all(set(domain) <= set(form.domain(name)) for name, domain in template.domains)
