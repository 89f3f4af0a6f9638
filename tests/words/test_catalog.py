"""The word files and the program agree: nothing is said without words, no words lie about unsaid."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from game.words.load import term, words
from tests.words import said_ui
from tests.words.said import ROOT, Said, read, sources
from tests.worlds import SCENARIOS, opening

ENGLISH = ROOT / "game" / "words" / "en"
#: Words looked up by code, not said: held to their own laws below.
LOOKED_UP = ("terms", "inputs")
READING = read()


def chapters() -> list[str]:
    return sorted(path.stem for path in ENGLISH.glob("*.toml"))


WINDOW = said_ui.read(frozenset(chapters()))


def english() -> dict[str, str]:
    return {f"{c}.{key}": text for c in chapters() if c not in LOOKED_UP for key, text in words(c, "en").items()}


def placeholders(sentence: str) -> set[str]:
    """Names in braces, those inside the conditional texts too."""
    out = set()
    for _, name, spec, _ in Formatter().parse(sentence):
        if name is not None:
            out |= {name, *placeholders(spec or "")}
    return out


def test_every_say_can_be_read_from_the_source() -> None:
    assert READING.unread == []
    assert len(READING.said) > 100


def test_whatever_is_said_has_english_words() -> None:
    have = english()
    missing = sorted({f"{s.id} ({s.where})" for s in READING.said if s.id not in have})
    assert missing == []


def test_no_words_lie_about_unsaid() -> None:
    have = english()
    said = {s.id for s in READING.said} | {id for call in WINDOW for id in call.hits(have)}
    assert sorted(set(have) - said) == []


def test_whatever_the_window_says_has_english_words() -> None:
    have = english()
    assert len(WINDOW) > 300
    missing = [
        f"{call.where}: {' or '.join(s.id for s in call.may)}"
        for call in WINDOW
        if call.sure and not call.hits(have) and not all(s.id.endswith(".*") for s in call.may)
    ]
    assert missing == []


def test_the_windows_sentences_ask_only_for_values_that_are_given() -> None:
    have = english()
    wrong = []
    for call in WINDOW:
        hits = call.hits(have)
        if len(hits) == 1 and all("*" not in s.id for s in call.may):
            (id, said), *_ = hits.items()
            lack = placeholders(have[id]) - said.values
            wrong += [f"{id} ({call.where}) lacks {sorted(lack)}"] if lack and not said.open else []
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "wanted"),
    (
        ('self._say("seal")', {"ui_x.seal"}),
        ('self._say("a" if n else "b")', {"ui_x.a", "ui_x.b"}),
        ('table.say("ui_x.why.tip", n=1)', {"ui_x.why.tip"}),
        ('text(say(f"ui_x.{n}_tip"))', {"ui_x.*_tip"}),
        ('[self._say(f"w_{k}") for k in ("up", "down")]', {"ui_x.w_up", "ui_x.w_down"}),
    ),
)
def test_the_reader_of_the_window_reads(source: str, wanted: set[str]) -> None:
    head = (
        'class S:\n    def _say(self, id, **v):\n        return text(say(f"ui_x.{id}", **v))\n    def w(self, n):\n'
    )
    tree = ast.parse(f"{head}        return {source}\n")
    calls = said_ui.read(frozenset({"ui_x"}), {said_ui.UI / "x.py": tree})
    assert {s.id for call in calls if call.sure for s in call.may} == wanted


def test_sentences_ask_only_for_values_that_are_given() -> None:
    have = english()

    def short(s: Said) -> set[str]:
        return set() if s.open else placeholders(have.get(s.id, "")) - s.values

    wrong = sorted(f"{s.id} ({s.where}) lacks {sorted(lack)}" for s in READING.said if (lack := short(s)))
    assert wrong == []


def test_every_kind_of_code_that_a_sentence_names_is_in_the_terms() -> None:
    kinds = {key.partition(".")[0] for key in words("terms", "en")}
    asked = set()
    for text in [*english().values(), *words("inputs", "en").values()]:
        asked |= {spec[1:] for _, _, spec, _ in Formatter().parse(text) if spec and spec.startswith("=")}
    assert asked <= kinds


def test_words_of_inputs_are_names_of_inputs() -> None:
    """Each key is the last part of some input's name, or the first before a code."""
    named = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Input":
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        named |= {piece for piece in part.value.split(".") if piece}
    assert sorted(set(words("inputs", "en")) - named) == []


@pytest.mark.parametrize("path", sorted(ENGLISH.glob("*.toml")), ids=lambda p: p.stem)
def test_keys_are_flat_and_sentences_whole(path: Path) -> None:
    import tomllib

    for key, text in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert isinstance(text, str), f"{key}: quote the whole key"
        spaced = path.stem.startswith("ui_")  # a shortcut stands apart from its words
        assert text == (text.strip() if spaced else " ".join(text.split())) or text.startswith(" "), key
        assert text.count("[") == text.count("]"), key


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_trade_routes_of_the_scenarios_have_names(name: str) -> None:
    routes = opening(name).setting.board.design("patrols", "routes", ())
    assert [route["id"] for route in routes if term("route_name", route["id"]) == route["id"]] == []
