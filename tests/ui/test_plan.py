"""The plan screen by mouse and by keys: orders given, changed, refused, taken back and sealed."""

from __future__ import annotations

import pytest

from game.core.orders import Plan, Trigger
from game.io.seating import Chair, Seating
from game.table.places import Place
from game.ui.screens.brief import BriefScreen
from game.ui.screens.plan import PlanScreen
from game.ui.table import Table
from game.ui.widgets import Bars, Button, Choice, Prose, Rows, Slider, texts_of
from tests.ui.driver import Driver
from tests.ui.planning import house, opened, planning


def planned(screen: PlanScreen) -> dict[str, str]:
    return {o.id: repr(o) for o in screen.p.desk.plan.orders}


def free(hand: Driver) -> None:
    """From the courses to a blank sheet."""
    hand.click("courses.own")


def pixel(screen: PlanScreen, id: str) -> tuple[int, int]:
    """A pixel of the window under which the map finds `id`."""
    found = (((x, y), screen.map._hit((x, y))) for y in range(60, 720, 4) for x in range(200, 880, 4))
    hits = [at for at, hit in found if hit is not None and hit.id == id]
    assert hits, f"{id} is not to be seen on the map"
    return hits[len(hits) // 2]


def test_a_plan_lies_on_the_desk_and_three_courses_beside_it() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    first = screen.p.desk.plan
    assert first.orders
    rows = hand.widget("courses")
    assert isinstance(rows, Rows) and len(rows.items) == 4 and rows.value == "staff"
    key = next(c.key for c in screen.p.courses if set(c.plan.orders) != set(first.orders))
    hand.click("courses", key)
    course = next(c for c in screen.p.courses if c.key == key)
    assert screen.p.desk.plan.orders == course.plan.orders
    assert screen.table.sitting.drafted() == screen.p.desk.plan, "the draft is not kept"
    hand.key("Z")
    assert screen.p.desk.plan == first
    hand.key("Shift+Z")
    assert screen.p.desk.plan.orders == course.plan.orders


def test_an_order_by_form() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    free(hand)
    hand.click("new")
    hand.click("pick", ("deploy", "J01"))
    choice, slider = hand.widget("form.to"), hand.widget("form.steps")
    assert isinstance(choice, Choice) and isinstance(slider, Slider)
    assert {value for value, _ in choice.items} <= screen.p.forms["J01"][0].places(screen.p.view)
    assert screen.map.legal == frozenset(str(value) for value, _ in choice.items), "what is legal does not light up"
    wanted = choice.items[2][0]
    hand.choose("form.to", wanted)
    hand.click("form.add")
    (order,) = screen.p.desk.plan.orders
    assert (order.id, getattr(order, "to", "")) == ("JP.deploy.J01", wanted)
    assert [(m.start, m.end) for m in screen.p.moves()] == [("JSAS", wanted)]
    assert screen.p.desk.cost == 1 and "1 of 5 staff points" in hand.texts()


def test_a_card_of_the_queue_changes_and_removes_its_order() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    hand.click("courses.keep")
    hand.click("queue", ("order", "JP.defend.J01"))
    slider = hand.widget("form.reserve")
    assert isinstance(slider, Slider) and slider.value == 0
    hand.focus("form.reserve")
    hand.key("Right")
    hand.key("A")
    assert "reserve=6" in planned(screen)["JP.defend.J01"]
    hand.row_act("queue", ("order", "JP.defend.J01"), "drop")
    assert "JP.defend.J01" not in planned(screen)
    hand.key("Z")
    assert "reserve=6" in planned(screen)["JP.defend.J01"]


def test_an_order_by_dragging_a_counter() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    free(hand)
    screen.map.jump_to(("JSAS", "JIWA", "JKAN", "TSU"))
    hand.wait(300, 50)
    start, end = pixel(screen, "J07"), pixel(screen, "JHAK")
    hand.drag(start, end)
    rows = hand.widget("menu.rows")
    assert isinstance(rows, Rows) and {item.text.split()[0] for item in rows.items} == {"Move", "Watch"}
    hand.click("menu.rows", next(item.value for item in rows.items if item.text.startswith("Watch")))
    hand.key("A")
    assert planned(screen) == {"JP.watch.J07": "Watch(seat='JP', subject='J07', at='JHAK')"}


def test_a_lit_place_on_the_map_fills_the_form() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    screen.p.select("J07")
    screen._other("watch")
    screen.map.jump_to(("JSAS", "JIWA", "JKAN", "TSU"))
    hand.wait(300, 50)
    hand.press(pixel(screen, "JHAK"))
    assert screen.p.form is not None and screen.p.form.values["at"] == "JHAK"


def test_a_whole_turn_by_keys_alone() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    hand.key("X")
    assert screen.p.desk.plan == Plan("JP")
    hand.key("A")
    hand.focus("pick")
    for _ in range(30):
        if (rows := hand.widget("pick")) and isinstance(rows, Rows):
            lit = hand.app.front.hands.lit["pick"]
            if rows.items[lit].value == ("rank", "JP"):
                break
        hand.key("Down")
    hand.key("Enter")
    hand.focus("form.first")
    hand.key("Enter")
    hand.type("Sase")
    hand.key("Enter")
    hand.key("A")
    assert planned(screen) == {"JP.rank.JP": "Rank(seat='JP', subject='JP', first='JSAS', second='', third='')"}
    hand.key("C")
    assert "seal.now" in hand.ids(), "it asks once before it seals"
    hand.key("Enter")
    assert "JP" in screen.table.sitting.sealed
    assert screen.table.sitting.place is not Place.PLANNING
    assert hand.screen is not screen


def test_every_unit_is_found_by_key_and_by_name() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    found = set()
    for _ in screen.p.view.mine:
        hand.key("N")
        found.add(screen.p.subject)
    assert found == set(screen.p.view.mine)
    hand.key("/")
    hand.type("/")  # the letter of the shortcut comes too, and is not typed
    hand.type("Aegis Group Sasebo")
    hand.key("Enter")
    assert screen.p.subject == "J01" and screen.p.dialog == ""


def test_a_refusal_is_told_before_the_order_is_given() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    free(hand)
    for n, subject in enumerate(("J01", "J11", "J11b", "J07", "J09")):
        assert screen.p.select(subject)
        hand.wait(20)
        hand.key("A")
        assert screen.p.desk.cost == n + 1
    screen.p.select("J01")
    other = next(f.kind.VERB for f in screen.p.forms["J01"] if screen.p.ordered(f) is None)
    hand.click("form.verb", other)
    add, says = hand.widget("form.add"), hand.widget("form.says")
    assert isinstance(add, Button) and not add.on and add.tip.startswith("K1: ")
    assert isinstance(says, Prose) and says.paras[0].text == add.tip, "reason and remedy stand beside the button"
    before = screen.p.desk.plan
    hand.click("form.add")
    hand.key("A")
    assert screen.p.desk.plan == before


def test_a_refused_plan_is_not_sealed_and_leads_to_the_order() -> None:
    hand, screen = opened(planning("one_sky", "KP", 2))
    hand.click("courses.keep")
    raid = next(o for o in screen.p.desk.plan.orders if o.VERB == "raid")
    hand.click("queue", ("roe", ""))
    hand.focus("roe")
    hand.key("Home")
    assert screen.p.desk.plan.roe == 0
    hand.key("Esc")
    hand.key("C")
    seal, says = hand.widget("seal.now"), hand.widget("seal.says")
    assert isinstance(seal, Button) and not seal.on and isinstance(says, Prose)
    assert any(para.text.startswith("K3: ") and para.link == ("order", raid.id) for para in says.paras)
    hand.key("Enter")
    assert screen.table.sitting.sealed == ()
    hand.focus("seal.says")
    hand.key("Enter")
    assert screen.p.dialog == "" and screen.p.form is not None and screen.p.form.order.VERB == "raid"


def test_letters_and_notches_are_one_edit_each() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    before = screen.p.desk.plan
    hand.click("courses.keep")
    hand.click("queue", ("intent", ""))
    hand.type("海峡を守る keep it open")
    assert screen.p.desk.plan.intent == "海峡を守る keep it open"
    assert len(screen.p.desk.done) == 1
    hand.key("Enter")
    hand.key("Z")
    assert screen.p.desk.plan == before


def test_a_standing_answer_and_a_contingency() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    free(hand)
    answer = screen.p.answers[0]
    hand.click("queue", ("standing", answer.order.id))
    hand.click("form.flush")
    hand.click("form.add")
    (given,) = screen.p.desk.plan.standing
    assert getattr(given, "flush", False) is True
    hand.click("queue", ("reserve", -1))
    hand.click("pick", ("watch", "J07"))
    hand.choose("trigger.measure", "contacts")
    hand.choose("trigger.subject", "TSU")
    hand.focus("trigger.least")
    hand.key("Right")
    hand.click("form.add")
    (contingency,) = screen.p.desk.plan.contingencies
    assert contingency.trigger == Trigger("contacts", "TSU", 2) and contingency.order.VERB == "watch"
    hand.click("queue", ("reserve", 0))
    hand.click("form.drop")
    assert screen.p.desk.plan.contingencies == ()


def test_the_odds_follow_the_plan() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    hand.key("G")
    before = hand.widget("estimates.through")
    assert isinstance(before, Bars) and 999_000 <= sum(ppm for _, ppm in before.bars) <= 1_000_000
    hand.key("X")
    assert screen.estimates.plan != screen.p.desk.plan, "stale, and said to be"
    stale = hand.widget("estimates.through")
    assert isinstance(stale, Bars) and stale.tone != before.tone
    hand.wait(500, 50)
    hand.work()
    after = hand.widget("estimates.through")
    assert screen.estimates.plan == screen.p.desk.plan
    assert isinstance(after, Bars) and after.tone == before.tone and after.bars != before.bars


def test_a_form_tells_what_its_order_would_change() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    free(hand)
    hand.wait(400, 50)
    hand.work()
    screen.p.select("J01")
    screen._other("defend")
    screen.p.set("doctrine", "all")
    hand.wait(600, 50)
    hand.work()
    means = {f.title: screen.p.words.counts(f.mean_millis) for f in screen.estimates.found}
    trial = {f.title: screen.p.words.counts(f.mean_millis) for f in screen.trial.found}
    moved = [title for title in means if trial.get(title) != means[title]]
    says = hand.widget("form.says")
    assert isinstance(says, Prose) and moved
    for title in moved:
        assert any(screen.p.words.text(title) in para.text and "→" in para.text for para in says.paras)


def test_covering_keeps_the_draft_and_takes_all_away() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2))
    free(hand)
    screen.p.select("J01")
    hand.wait(20)
    hand.key("A")
    plan, secret = screen.p.desk.plan, screen.p.words.whole(screen.p.desk.plan.orders[0])
    hand.key("F2")
    sitting = screen.table.sitting
    assert sitting.up == "" and hand.screen is not screen
    assert not any(secret in told for told in hand.texts())
    sitting.reveal("JP", "", 0)
    again = PlanScreen(screen.table)
    assert again.p.desk.plan == plan and again.p.desk.done, "the desk, its edits with it"


def test_the_clock_warns_and_seals_nothing() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2, minutes=1))
    assert any(told.startswith("0:") for w in hand.widgets() if w.id == "clock" for told in texts_of(w))
    hand.wait(30_500, 500)
    assert "clock" in hand.ids() and screen.p.words.tell("time_warns") in hand.texts()
    hand.wait(30_000, 500)
    assert any(told.startswith("+0:") for w in hand.widgets() if w.id == "clock" for told in texts_of(w))
    assert screen.table.sitting.place is Place.PLANNING


def test_a_group_seals_with_its_approver() -> None:
    hand, screen = opened(planning("one_sky", "JP", 2, approver="Minister"))
    hand.key("C")
    assert any("Minister" in told for told in hand.texts())
    hand.click("seal.now")
    assert "JP" in screen.table.sitting.sealed


@pytest.mark.parametrize(("name", "seat"), [("one_sky", "CN"), ("one_sky", "JP"), ("first_watch", "KP")])
def test_any_seat_may_seal_what_lies_on_its_desk(name: str, seat: str) -> None:
    hand, screen = opened(planning(name, seat))
    hand.key("C")
    hand.key("Enter")
    assert seat in screen.table.sitting.sealed


# Who may talk ---------------------------------------------------------------------------------------------------


def test_a_partner_is_called_to_the_table_and_the_clock_runs_in_the_head() -> None:
    hand, screen = opened(people())
    head = hand.widget("talk")
    assert isinstance(head, Button) and "South Korea: 60 s talk" in head.text
    hand.click("talk")
    assert "talk.call.KR" in hand.ids() and "talk.call.US" not in hand.ids()
    words = " ".join(hand.texts())
    assert "Sixty seconds, aloud" in words and "that something was there, a turn ago (L1)" in words
    hand.click("talk.call.KR")
    assert "talk.call.KR" not in hand.ids()
    hand.key("Esc")
    assert screen.p.dialog == ""
    hand.wait(10_000, 250)
    head = hand.widget("talk")
    assert isinstance(head, Button) and head.text.startswith("South Korea at the table: 0:4")
    hand.wait(60_000, 500)
    head = hand.widget("talk")
    assert isinstance(head, Button) and "at the table" not in head.text


def people(name: str = "one_sky") -> Table:
    """Japan plans, with a person at Korea's chair."""
    found = house()
    seats = found.read(name)[0].board.seats
    chairs = tuple(Chair(s, "" if s in ("JP", "KR") else "doctrine") for s in seats)
    at = found.begin(name, Seating(chairs), 7, None)
    at.sitting.reveal("JP", "", 0)
    at.sitting.begin(0)
    return at


def test_a_telegram_is_typed_in_any_letters_and_read_by_the_other_side_next_turn() -> None:
    words = "요격탄이 부족하다. 今夜 対馬で会おう"
    at = people("week_one")
    hand, screen = opened(at)
    free(hand)
    hand.key("A")
    hand.click("pick.find")
    hand.type("telegram")
    hand.click("pick", ("telegram", "KR"))
    hand.click("form.text")
    hand.type(words.replace(" 対", "\u3000対"))
    hand.click("form.add")
    (order,) = screen.p.desk.plan.orders
    assert getattr(order, "text", "") == words
    at.sitting.seal(screen.p.desk.plan, 0)
    at.sitting.reveal("KR", "", 0)
    assert not any(words in str(one.message) for one in at.sitting.told())
    at.sitting.begin(0)
    at.sitting.seal(Plan("KR"), 0)
    while at.sitting.place is not Place.BETWEEN:
        if at.sitting.place is Place.ALARM_COVERED:
            at.sitting.leave_unanswered(0)
        else:
            at.sitting.step(0)
    assert not any(words in str(one.message) for beat in at.sitting.wire() for one in beat.told)
    at.sitting.next_turn(0)
    for seat in ("JP", "KR"):
        at.sitting.reveal(seat, "", 0)
        brief = Driver(BriefScreen(at))
        brief.wait(200, 50)
        assert any(words in text for text in brief.texts()), seat
        at.sitting.begin(0)
        at.sitting.seal(Plan(seat), 0)


def test_a_line_of_ones_own_takes_the_place_of_a_ready_one() -> None:
    """Nothing has to be rubbed out first, and it has room to be read."""
    hand, screen = opened(planning("week_one", "JP"))
    hand.key("A")
    hand.click("pick.find")
    hand.type("telegram")
    hand.key("Enter")
    hand.click("form.text")
    hand.type("Fuel by Busan, please")
    assert screen.p.form is not None and screen.p.form.values["text"] == "Fuel by Busan, please"
    assert hand.widget("form.text").rect.w > 300
    hand.click("form.add")
    assert any(getattr(order, "text", "") == "Fuel by Busan, please" for order in screen.p.desk.plan.orders)
