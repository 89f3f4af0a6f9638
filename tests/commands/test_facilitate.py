"""The facilitator's acts from the command line: on the record, with a reason, told to whom they name."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Shell


def test_a_value_is_set_kept_and_told_to_whom_the_facilitator_names(shell: Shell, running: Path) -> None:
    act = ("set", "nations", "JP", "capital", "3", "--reason", "the Diet met", "--tell", "JP")
    assert "the Diet met" in shell.good("facilitate", running, *act)
    assert "the Diet met" in shell.good("log", running, "--turn", "2", "--eyes", "JP")
    assert "the Diet met" not in shell.good("log", running, "--turn", "2", "--eyes", "KR")
    shell.good("resume", running, "--json")
    shell.good("verify", running)


def test_a_result_is_taken_back_by_the_name_that_the_log_prints(shell: Shell, running: Path) -> None:
    assert "[1.P2.JP-KR]" in shell.good("log", running, "--eyes", "truth")
    shell.good("facilitate", running, "cancel", "1.P2.JP-KR", "--reason", "misread")
    line = shell.refused(1, "facilitate", running, "cancel", "1.P2.JP-KR", "--reason", "again")
    assert "amended already" in line


def test_a_result_is_replaced_and_a_note_stands_in_the_log(shell: Shell, running: Path) -> None:
    shell.good(
        "facilitate", running, "replace", "1.P2.JP-KR", "pacts", "JP-KR", "sensing", "2", "--reason", "so agreed"
    )
    shell.good("facilitate", running, "note", "lunch", "--reason", "the room is needed")
    assert "lunch: the room is needed" in shell.good("log", running, "--eyes", "truth")


def test_what_cannot_be_done_says_why_and_changes_nothing(shell: Shell, running: Path, played: Path) -> None:
    before = running.read_bytes()
    reason = ("--reason", "why not")
    for act, words in (
        (("set", "nations", "XX", "capital", "3"), "no such row"),
        (("set", "nations", "JP", "colour", "3"), "no field"),
        (("set", "nations", "JP", "capital", "-3"), "below zero"),
        (("set", "counters", "J01", "at", "NOWHERE"), "no place"),
        (("cancel", "1.P9.JP"), "no such result"),
    ):
        assert words in shell.refused(1, "facilitate", running, *act, *reason)
    assert "whole number" in shell.refused(2, "facilitate", running, "set", "nations", "JP", "capital", "x", *reason)
    assert "--reason" in shell.refused(2, "facilitate", running, "note", "x")
    assert "reason" in shell.refused(1, "facilitate", running, "cancel", "1.P2.JP-KR", "--reason", " ")
    assert "is over" in shell.refused(2, "facilitate", played, "note", "x", *reason)
    assert running.read_bytes() == before
