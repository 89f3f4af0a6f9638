"""Notes of sources as people read them: no id of an order, no code of a route, no letters of a pact."""

import pytest

from game.words.names import Names

NAMES = Names(units={"N03": "Hwasong-9 brigade"}, seats=("JP", "KP"))


@pytest.mark.parametrize(
    ("note", "read"),
    [
        ("JP.alert.alarm", "Japan, answer to the Alarm"),
        ("KP.raid.N03", "North Korea, raid: Hwasong-9 brigade (N03)"),
        ("JP-KR", "Japan-South Korea"),
        ("I4, fire_control", "I4, fire-control link"),
        ("N03:8, facts C1.7 L4", "Hwasong-9 brigade (N03):8, facts C1.7 L4"),
    ],
)
def test_a_source_is_read_out_in_words(note: str, read: str) -> None:
    assert NAMES.known(note) == read
