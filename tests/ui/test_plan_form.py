"""The form of an order and the list beside it: no word of theirs is cut away, whoever plans."""

from __future__ import annotations

import pytest

from game.core.ids import Seat
from game.ui import kit
from game.ui.parts import pill_width
from game.ui.screens.plan import PlanScreen
from game.ui.theme import STYLES
from game.ui.widgets import Act, Choice, Label, Tabs
from tests.ui.driver import Driver
from tests.ui.planning import opened, planning


def order_forms(hand: Driver, plan: PlanScreen, subject: str) -> list[str]:
    """Open each form of a subject; what is cut on the way."""
    room, odd = hand.app.front.room, []
    body, small = STYLES["body"], STYLES["small"]
    for form in plan.p.forms[subject]:
        plan.act(Act("pick", (form.kind.VERB, subject)), hand.app)
        for w in hand.widgets():
            if w.id == "form.verb" and isinstance(w, Tabs) and w.rect.w:
                wide = sum(pill_width(label, room) for _, label in w.items)
                odd += [f"{form.kind.VERB}: the verbs"] if wide > w.rect.w else []
            elif isinstance(w, Choice) and w.id.startswith("form.") and w.id != "form.text.ready":
                label = dict(w.items)[w.value]
                named = w.value in plan.p.view.places or w.value in plan.p.view.board.theatre.sites
                space = w.rect.w - room.u(34)
                wide = kit.width(label, body.face, room.u(body.size))
                odd += [f"{w.id} says {label!r}"] if wide > space and not named else []
            elif isinstance(w, Label) and w.id in ("points", *(f"form.{n}.caption" for n, _ in form.domains)):
                wide = kit.width(w.text, small.face, room.u(small.size))
                odd += [f"{w.id} says {w.text!r}"] if wide > w.rect.w else []
    return odd


@pytest.mark.parametrize(("seat", "subject"), [("CN", "KP"), ("KP", "CN"), ("US", "U11"), ("JP", "KR")])
def test_no_word_of_a_form_is_cut_away(seat: Seat, subject: str) -> None:
    hand, plan = opened(planning("week_one", seat, 2))
    assert len(plan.p.forms[subject]) > 1
    assert order_forms(hand, plan, subject) == []


def test_a_hint_to_drag_stands_where_there_is_something_to_drag() -> None:
    hand, plan = opened(planning("week_one", "JP", 1))
    plan.act(Act("pick", ("supply", "JP")), hand.app)
    assert "drag" not in " ".join(hand.texts())
