"""Sentences, plurals, tokens and names, as people read them; and that nothing here ever stops a game."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.orders import Doubt, Refusal
from game.core.words import Message, say
from game.words import BARE, Names, Token, advice, finished, marked, refused, text, tokens
from game.words.fill import filled, milli, percent

NAMES = Names(
    units={"J01": "Aegis Group Sasebo", "P01": "Medium-range brigade", "J11": "Wing", "J11b": "Wing"},
    places={"JIWA": "Iwakuni-Kure", "PWON": "Wonsan"},
    munitions={"sm3": "SM-3"},
    seats=("US", "JP", "KR", "CN", "KP", "TW"),
)


def plain(kind: str, code: str) -> str:
    return f"<{kind} {code}>"


@pytest.mark.parametrize(
    ("sentence", "values", "wanted"),
    [
        ("{n} missile{n:s}", {"n": 1}, "1 missile"),
        ("{n} missile{n:s}", {"n": 0}, "0 missiles"),
        ("{n} {n:flies|fly}", {"n": 2}, "2 fly"),
        ("{a:?, ask [s:{a}]}", {"a": "KR"}, ", ask [s:KR]"),
        ("go{a:?, ask [s:{a}]|, alone}", {"a": ""}, "go, alone"),
        ("{n:?{n} steps|strength unknown}", {"n": -1}, "strength unknown"),
        ("{r:=route}", {"r": "hub"}, "<route hub>"),
        ("{r:=damage}", {"r": "runway port"}, "<damage runway>, <damage port>"),
        ("{t:~text}", {"t": "thanks"}, "<text thanks>"),
        ("{t:~text}", {"t": "Fuel by Busan, please"}, "<text Fuel by Busan, please>"),
        ("{p:%}", {"p": 273_400}, "27 %"),
        ("{p:milli}", {"p": 1_249}, "1.2"),
    ],
)
def test_forms(sentence: str, values: dict[str, int | str | bool], wanted: str) -> None:
    assert filled(sentence, values, plain) == wanted


@pytest.mark.parametrize(
    ("ppm", "wanted"),
    [
        (0, "0 %"),
        (7, "less than 0.01 %"),
        (450, "0.05 %"),
        (4_000, "0.4 %"),
        (10_000, "1 %"),
        (985_000, "99 %"),
        (996_600, "99.66 %"),
        (999_990, "more than 99.99 %"),
        (1_000_000, "100 %"),
    ],
)
def test_percent_never_says_sure_of_what_is_not(ppm: int, wanted: str) -> None:
    assert percent(ppm) == wanted


@given(st.integers(0, 1_000_000))
def test_only_what_is_sure_reads_as_sure(ppm: int) -> None:
    assert (percent(ppm) == "100 %") == (ppm == 1_000_000)
    assert (percent(ppm) == "0 %") == (ppm == 0)


@given(st.integers(-(10**9), 10**9))
def test_milli_is_within_half_a_tenth(n: int) -> None:
    assert abs(round(float(milli(n)) * 1000) - n) <= 50


def test_a_launch_reads_like_a_report() -> None:
    message = say("missile_defense.launched", unit="P01", place="JIWA", fired=12, flying=11)
    assert text(message, names=NAMES) == "Medium-range brigade (P01): 12 missiles fired at Iwakuni-Kure, 11 fly true."
    assert text(message, names=NAMES, short=True) == "P01: 12 missiles fired at JIWA, 11 fly true."


def test_a_screen_can_split_tokens_out() -> None:
    message = say("missile_defense.raid_over", place="JIWA")
    assert list(tokens(marked(message))) == [
        "The raid on ",
        Token("p", "JIWA"),
        " has landed. What it did is not known.",
    ]


@given(st.text(alphabet=st.sampled_from("ab[]:upsx{}J01 "), max_size=40))
def test_tokens_lose_no_letter(line: str) -> None:
    again = "".join(t if isinstance(t, str) else f"[{t.kind}:{t.id}]" for t in tokens(line))
    assert again == line


@pytest.mark.parametrize(
    ("id", "wanted"),
    [
        ("J01", "Aegis Group Sasebo (J01)"),
        ("J11b", "Wing (J11b)"),
        ("J01>JIWA.3a", "Aegis Group Sasebo, detached (J01>JIWA.3a)"),
        ("JIWA", "Iwakuni-Kure"),
        ("KR", "South Korea"),
        ("JP-KR", "Japan-South Korea"),
        ("KP.raid.P01", "raid: Medium-range brigade (P01)"),
        ("P01>JIWA", "Medium-range brigade (P01) > Iwakuni-Kure"),
        ("nothing", "nothing"),
    ],
)
def test_names_of_ids(id: str, wanted: str) -> None:
    assert NAMES.any(id) == wanted


def test_a_refusal_is_one_line_with_rule_reason_and_remedy() -> None:
    order = "KP.raid.P01"
    reason = say("missile_defense.too_many", unit="P01", missiles=40, most=12)
    remedy = say("missile_defense.too_many.do", unit="P01", missiles=40, most=12)
    assert refused(Refusal("MD1", reason, remedy, order), NAMES) == (
        "MD1: Medium-range brigade (P01) can't fire 40 missiles in one pulse. "
        "Order 12 or fewer, in fours or all of them."
    )
    doubt = Doubt("MD11", say("missile_defense.doubt_no_aircraft"), order)
    assert advice(doubt, NAMES) == "MD11: The order of battle bases no aircraft there."


def test_what_is_missing_prints_id_and_values() -> None:
    assert text(say("nowhere.nothing", n=3)) == "nowhere.nothing (n=3)"
    assert text(say("missile_defense.launched", unit="J01")) == "missile_defense.launched (unit=J01)"
    assert text(say("missile_defense.raid_over", place="JIWA"), language="xx") == text(
        say("missile_defense.raid_over", place="JIWA")
    )


def test_a_value_is_never_read_as_a_form() -> None:
    message = say("missile_defense.no_aim", aim="{aim.__class__} {0} [")
    assert "{aim.__class__} {0} [" in text(message)


ids = st.sampled_from(["missile_defense.launched", "missile_defense.alerted", "x.y", "", ".", "terms.seat.JP"])
values = st.dictionaries(st.text(max_size=8), st.one_of(st.integers(), st.booleans(), st.text(max_size=20)))


@given(ids, values)
def test_no_message_stops_a_game(id: str, given_values: dict[str, int | bool | str]) -> None:
    message = Message(id, tuple(given_values.items()))
    assert isinstance(text(message, names=NAMES), str)
    assert isinstance(text(message, names=BARE, short=True), str)


@given(st.text(max_size=60))
def test_a_finished_sentence_is_one_line(line: str) -> None:
    done = finished(line)
    assert "\n" not in done
    assert not done or done[-1] in ".!?"
    assert finished(done) == done


def test_a_telegram_in_own_words_stands_as_it_was_written() -> None:
    own = "Send fuel through Busan; we hold the strait"
    for id in ("planning.telegram", "ui_plan.card.telegram"):
        assert own in text(say(id, seat="JP", to="KR", text=own)).replace("[s:JP]", "")
        assert "We hold. Tell us" in text(say(id, seat="JP", to="KR", text="we_hold"))
