"""Law: an answer kept is the answer (core/kept)."""

from __future__ import annotations

from game.core.kept import kept


def test_a_kept_answer_is_that_of_all_it_was_asked_by_place_or_by_name() -> None:
    asked = []

    @kept(8)
    def of(table: dict[str, int], key: str, more: int = 0) -> int:
        asked.append(key)
        return table[key] + more

    table = {"a": 1, "b": 2}
    assert [of(table, "a"), of(table, "b"), of(table, "a", 1), of(table, "a", more=2)] == [1, 2, 2, 3]
    assert [of(table, "a"), of(table, key="b", more=3), of(table, "a", more=2)] == [1, 5, 3]
    assert len(asked) == 5


def test_a_table_made_anew_is_asked_about_anew_and_no_more_is_kept_than_said() -> None:
    asked = []

    @kept(2)
    def size(table: list[int]) -> int:
        asked.append(table)
        return len(table)

    for n in range(50):
        assert size([0] * n) == n
    last = [0] * 3
    assert [size(last), size(last)] == [3, 3]
    assert len(asked) == 51
