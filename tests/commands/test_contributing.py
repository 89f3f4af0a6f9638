"""The steps of CONTRIBUTING.md, gone: a chapter from another package with a rule and an order, and a scenario."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.io.library import MAPS
from tests.commands.conftest import Shell

CHAPTER = '''"""Drill: a chapter of another package.

DR1   A wing that musters raises its nation's support by one.
DR2   Only a wing of one's own musters.
"""

from pathlib import Path

import attrs

from game.core.events import Add, Event, Input
from game.core.orders import Order, Refusal, Template
from game.core.rulebook import Proposal
from game.core.words import say

WORDS = Path(__file__).parent / "words"


@attrs.frozen(slots=True)
class Muster(Order):
    VERB = "muster"
    COST = 0
    loud: bool = False


ORDERS = (Muster,)
PARTS = {}
ASKS = {}


def wings(view):
    return [id for id, c in view.mine.items() if view.board.formation(c).domain == "air"]


def options(view):
    for id in wings(view):
        yield Template(Muster, view.seat, id, (("loud", (False, True)),))


def fault(view, plan, order):
    if order.subject in wings(view):
        return None
    reason, remedy = say("drill.no_wing", unit=order.subject), say("drill.no_wing.do")
    return Refusal("DR2", reason, remedy, order.id)


def doubt(view, plan):
    return ()


def propose(view, temper):
    for template in options(view):
        yield Proposal(template.fill(), 99, say("drill.why"))


def muster(before, book, luck):
    # Two wings of a nation may muster in one phase: adds to one cell sum up.
    for order in book.of(Muster):
        effects = (Add("nations", order.seat, "support", 1),)
        text = say("drill.mustered", unit=order.subject)
        inputs = (Input("loud", order.loud, order.id),)
        yield Event("DR1", order.seat, order.subject, text, inputs, (), effects, ("",), order=order.id)


PHASES = {"muster": muster}
'''
WORDS = """\
"mustered" = "[u:{unit}]: mustered on the apron."
"why" = "Drill is never wrong."
"no_wing" = "[u:{unit}] is no wing of yours"
"no_wing.do" = "Name one of your own wings"
"""
SCENARIO = """\
format = 1
base = "first_watch.toml"
id = "parade"
title = "Parade"
chapters = ["intelligence", "movement", "missile_defense", "assessment", "drill"]

[kinds.watch]
hours = 24
pulses = 1
opening = ["drill.muster"]
pulse = ["missile_defense.launch", "missile_defense.alarm", "missile_defense.engage"]
closing = ["assessment.score"]
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package as pip would have put it on the path."""
    site = tmp_path / "site"
    (site / "words" / "en").mkdir(parents=True)
    (site / "drill.py").write_text(CHAPTER, encoding="utf-8")
    (site / "words" / "en" / "drill.toml").write_text(WORDS, encoding="utf-8")
    info = site / "drill-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: drill\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[twofronts.chapters]\ndrill = drill\n", encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    return site


@pytest.fixture
def parade(tmp_path: Path) -> Path:
    """A map folder of one's own with a scenario that begins from another."""
    for pack in ("first_watch", "northeast_asia"):
        shutil.copytree(MAPS / pack, tmp_path / "maps" / pack)
    path = tmp_path / "maps" / "first_watch" / "parade.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


@pytest.mark.usefixtures("installed")
def test_a_chapter_of_another_package_plays_is_logged_verified_and_printed(
    shell: Shell, parade: Path, tmp_path: Path
) -> None:
    assert "DR1   A wing that musters" in shell.good("rules", "drill")
    assert "nothing wrong" in shell.good("check", parade)
    save = tmp_path / "parade.save"
    assert "mustered on the apron" in shell.good("watch", parade, "--seed", "1", "--save", save)
    out = " ".join(shell.good("log", save, "--scenario", parade, "--turn", "1").split())
    assert "(J09): mustered on the apron. [1.DR1.J09]" in out
    assert "Drill is never wrong." in out
    opened = shell.good("log", save, "--scenario", parade, "--why", "1.DR1.J09")
    assert "support +1" in opened and "A wing that musters raises" in opened
    assert "every step as recorded" in shell.good("verify", save, "--scenario", parade)
    assert "name its file by --scenario" in shell.refused(2, "log", save)


def test_without_the_package_the_scenario_says_what_it_lacks(shell: Shell, parade: Path) -> None:
    code, out, _ = shell("check", parade)
    assert code == 1 and "drill" in out


def test_a_broken_package_is_named_in_one_line(shell: Shell, installed: Path) -> None:
    (installed / "drill-1.0.dist-info" / "entry_points.txt").write_text("[twofronts.chapters]\ndrill = not_there\n")
    assert "installed chapter drill" in shell.refused(2, "rules")


def test_a_map_of_ones_own_is_checked_and_played_by_its_path(shell: Shell, tmp_path: Path) -> None:
    shutil.copytree(MAPS / "first_watch", tmp_path / "maps" / "mine")
    shutil.copytree(MAPS / "northeast_asia", tmp_path / "maps" / "northeast_asia")
    path = tmp_path / "maps" / "mine" / "first_watch.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "first_watch"', 'id = "mine"'), encoding="utf-8")
    assert "nothing wrong" in shell.good("check", path.parent)
    assert '"scenario": "mine"' in shell.good("watch", path, "--seed", "1", "--json")
