"""list, check, rules, raids, help; and that help is quick."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from game.grammar import COMMANDS
from game.io.library import MAPS
from game.study.usage import usage, watch
from tests.commands.conftest import Shell
from tests.worlds import opening, rulebook

ROOT = Path(__file__).resolve().parents[2]


def python(*args: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, cwd=ROOT, input=text, timeout=120)


def test_list_names_every_scenario_and_each_can_be_begun(shell: Shell) -> None:
    ids = [line.split()[0] for line in shell.good("list").splitlines()]
    assert "one_sky" in ids
    for id in ids:
        shell.good("watch", id, "--turns", "0", "--seed", "1")


def test_check_finds_the_shipped_maps_good(shell: Shell) -> None:
    assert "nothing wrong" in shell.good("check", MAPS)


def test_check_prints_every_fault_with_file_place_reason_and_remedy(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('format = 1\nid = "bad one"\ntitle = ""\n', encoding="utf-8")
    code, out, err = shell("check", path)
    assert code == 1 and err == ""
    assert len(out.splitlines()) > 3
    assert all(line.startswith("bad.toml") and ";" in line for line in out.splitlines())


def test_rules_prints_each_chapter_in_play_and_the_kernel(shell: Shell) -> None:
    out = shell.good("rules")
    for number in ("K1", "P1", "MD7", "A1", "F1"):
        assert re.search(rf"^{number}\s", out, re.MULTILINE)
    one = shell.good("rules", "missile_defense")
    assert "MD7" in one and "\nP1" not in one
    assert "did you mean politics" in shell.refused(2, "rules", "politic")


def test_raids_puts_closed_form_and_exact_odds_side_by_side(shell: Shell) -> None:
    out = shell.good("raids")
    table = [line for line in out.splitlines() if re.match(r"R\d +\d", line)]
    rows = {line.split()[0]: re.findall(r"[\d.]+ / [\d.]+", line) for line in table}
    for raid in ("R1", "R2", "R3", "R4", "R5"):
        for cell in rows[raid]:
            closed, exact = map(float, cell.split(" / "))
            assert abs(closed - exact) < 0.2
    facts = {"R1": "6.749 6.515 6.059 5.188 3.678"}  # facts C1.7, closed form
    for raid, wanted in facts.items():
        assert [cell.split(" / ")[0] for cell in rows[raid][:5]] == wanted.split()


def test_version(shell: Shell) -> None:
    assert re.fullmatch(r"twofronts \S+\n", shell.good("--version"))


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"demo", "title", "version"}))
def test_every_command_has_a_manual_page(shell: Shell, command: str) -> None:
    page = shell.good(command, "--help")
    assert "exit codes: 0" in page
    assert command == "raids" or "examples:" in page
    assert all(len(line) <= 110 for line in page.splitlines())
    assert command in shell.good("--help")


def test_help_brings_no_heavy_library_in() -> None:
    code = (
        "import sys\n"
        "from game.__main__ import main\n"
        "main(['--help'])\n"
        "heavy = {'attrs', 'attr', 'cattrs', 'rich', 'networkx', 'numpy', 'pygame', 'platformdirs', 'rules'}\n"
        "sys.exit(str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)\n"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr


def test_no_command_of_a_finished_game_needs_rich_where_nobody_looks(played: Path) -> None:
    code = (
        "import sys\n"
        "from game.__main__ import main\n"
        "main(['watch', 'one_sky', '--seed', '1'])\n"
        "sys.exit('rich' in sys.modules or 'pygame' in sys.modules)\n"
    )
    assert python("-c", code).returncode == 0


def test_check_names_the_idle(shell: Shell) -> None:
    text = shell.good("check", MAPS / "first_watch" / "first_watch.toml", "--play", "1")
    found = usage(opening("first_watch"), rulebook("first_watch"))
    list(watch(opening("first_watch"), rulebook("first_watch"), 1, found))
    for formation in found.idle:
        assert f"({formation}):" in text
    for formation, _ in found.given:
        assert formation not in found.formations or f"\n{formation} " in text
