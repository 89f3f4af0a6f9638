"""Law: imports point inwards (architecture §2), and headless ways stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.core.rulebook import Rulebook
from rules import SEQUENCE

ROOT = Path(__file__).parents[2]
FILES = sorted(p for top in ("game", "rules") for p in (ROOT / top).rglob("*.py"))

#: Which rooms of `game` each room may open. Files at its top (cli, commands and the like) may open all of them.
ROOMS = {
    "core": {"core"},
    "io": {"core", "io"},
    "table": {"core", "io", "table"},
    "words": {"core", "words"},
    "study": {"core", "io", "table", "words", "study"},
    "report": {"core", "io", "table", "words", "report"},
    # Two files stand at the top of `game`: which edition this is, and how a call is spelled.
    "ui": {"core", "io", "table", "words", "report", "study", "ui", "edition"},
    "commands": {"core", "io", "table", "words", "report", "study", "ui", "commands", "edition", "grammar", "cli"},
}
#: Who may open the window's room. A command imports late all of it but the part that looks for a display.
WINDOW = ("ui", "commands")
#: Packages from outside, and the rooms that may use them. None: wherever else nothing is said.
OUTSIDE = {
    "attrs": {"core", "io", "table", "words", "study", "report", "ui", "commands", "rules"},
    "attr": set(),
    "cattrs": {"io"},
    "networkx": {"core"},
    "platformdirs": {"commands", "io", "ui", ""},
    "rich": {"report", "commands", ""},
    "pygame": {"ui"},
    "numpy": {"ui", "study"},
    "cryptography": {"io"},
}


#: Functions of `math` that give the same whole number on every machine.
WHOLE = {"comb", "gcd", "isqrt", "lcm", "prod"}
#: Where chances are worked out; what leaves these files is whole (architecture §3.9).
ODDS = {
    ROOT / "game" / "core" / name
    for name in ("odds.py", "raid.py", "chain.py", "joint.py", "odds_search.py", "salvo.py")
}


def room(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return "rules" if parts[0] == "rules" else parts[1] if len(parts) > 2 else ""


def imports(tree: ast.AST, package: str) -> Iterator[tuple[str, bool]]:
    """Every module imported, and whether at load time: not in a function and not for the type checker alone."""

    def walk(node: ast.AST, late: bool) -> Iterator[tuple[str, bool]]:
        if isinstance(node, ast.Import):
            yield from ((alias.name, not late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package if node.level else ""
            head = ".".join(x for x in (base, node.module or "") if x)
            yield from (
                (f"{head}.{alias.name}" if head in ("game", "rules", "game.io", "game.ui") else head, not late)
                for alias in node.names
            )
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            typed = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
            for child in ast.iter_child_nodes(node):
                yield from walk(child, late or inside or typed)

    yield from walk(tree, False)


def found(path: Path) -> list[tuple[str, bool]]:
    package = ".".join(path.relative_to(ROOT).parent.parts)
    return list(imports(ast.parse(path.read_text(encoding="utf-8")), package))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_inwards(path: Path) -> None:
    here = room(path)
    name = str(path.relative_to(ROOT))
    for module, early in found(path):
        top, _, rest = module.partition(".")
        if top == "rules":
            own = "rules." + path.relative_to(ROOT / "rules").parts[0].removesuffix(".py") if here == "rules" else ""
            whole = name == str(Path("rules/__init__.py"))
            assert whole or name == str(Path("game/__main__.py")) or (own and f"{module}.".startswith(f"{own}.")), (
                module
            )
        elif top == "game":
            there = rest.partition(".")[0]
            if here == "rules":
                assert there == "core", module
            elif here in ROOMS:
                assert there in ROOMS[here], module
        elif top in OUTSIDE:
            assert here in OUTSIDE[top], module
            if top == "networkx":
                assert name == str(Path("game/core/theatre.py")) and not early, (
                    "networkx comes late, in theatre alone"
                )
        else:
            assert top in sys.stdlib_module_names, f"{module}: not a package that the house uses"


@pytest.mark.parametrize("path", [p for p in FILES if room(p) == "rules"], ids=lambda p: str(p.relative_to(ROOT)))
def test_a_chapter_names_no_other_chapters_table(path: Path) -> None:
    """What two chapters share stands in core with its row class (decision 29), not in a text that nobody checks."""
    own = path.relative_to(ROOT / "rules").parts[0].removesuffix(".py")
    texts = {n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant)}
    assert not [name for name in Rulebook(SEQUENCE).parts if name in texts and not name.startswith(f"{own}.")]


def test_only_commands_open_the_window_and_late() -> None:
    opened = set()
    for path in FILES:
        for module, early in found(path):
            if f"{module}.".startswith("game.ui."):
                here = room(path)
                assert here in WINDOW, path
                light = here == "ui" or module == "game.ui.start"
                assert light or not early, f"{path}: import the window inside the function that opens it"
                opened.add(here)
    assert opened == set(WINDOW)


def test_nothing_needs_numpy() -> None:
    """The window runs on pygame alone; its array modules would pull numpy in unseen."""
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert not {"surfarray", "sndarray"} & {
            n.attr for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Attribute)
        }
        assert all(m.partition(".")[0] != "numpy" or room(path) == "study" for m, _ in found(path)), path


def test_core_draws_no_luck_reads_no_clock_and_opens_no_file() -> None:
    banned = {"random", "secrets", "time", "datetime", "uuid", "os", "pathlib", "io", "tempfile", "cmath"}
    for path in FILES:
        if room(path) in ("core", "rules"):
            assert not banned & {m.partition(".")[0] for m, _ in found(path)}, path
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                assert not (isinstance(node, ast.Import) and node.names[0].name == "math"), path
                if isinstance(node, ast.ImportFrom) and node.module == "math":
                    assert {alias.name for alias in node.names} <= WHOLE, f"{path}: whole numbers only"
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id not in ("hash", "open", "print", "input"), (path, node.lineno)


def test_floats_live_in_the_odds_alone() -> None:
    for path in FILES:
        if room(path) not in ("core", "rules") or path in ODDS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), where
            assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)), where
            assert not (isinstance(node, ast.Name) and node.id == "float"), where


LIGHT = """
import sys
{do}
print(*sorted({{m.partition(".")[0] for m in sys.modules}}))
"""


def loaded(do: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT.format(do=do)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_needs_neither_attrs_nor_rich() -> None:
    do = "import contextlib\nfrom game.__main__ import main\nwith contextlib.suppress(SystemExit): main(['--help'])"
    assert not loaded(do) & {"attrs", "attr", "rich", "cattrs", "networkx", "pygame", "numpy"}


def test_a_game_without_a_screen_needs_no_heavy_package() -> None:
    do = "from tests.laws.digests import played\nfor line in played('first_watch', 'doctrine', 1): pass"
    assert not loaded(do) & {"networkx", "pygame", "numpy", "rich", "hypothesis", "pytest"}


HEADLESS = (
    "['list']",
    "['check', 'one_sky']",
    "['rules', 'MD7']",
    "['watch', 'first_watch', '--seed', '1', '--turns', '1', '--save', path]",
    "['log', path]",
    "['verify', path]",
)


def test_commands_without_a_window_load_none(tmp_path: Path) -> None:
    calls = "".join(f"main({call})\n" for call in HEADLESS)
    do = (
        f"import game.commands.window\nfrom game.__main__ import main\npath = {str(tmp_path / 'one.save')!r}\n{calls}"
    )
    found = loaded(do)
    assert "attrs" in found, "the commands did run"
    assert not found & {"pygame", "numpy"}
