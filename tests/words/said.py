"""Every message id that the program says, read from its source: what the word files are held to.

An id stands in `say("chapter.what", value=...)` as a text, as one of two texts of an `x if y else z`, or as an
f-string over a name that is set there, or over a parameter of a small function around it (`refuse("MD1", "too_many",
...)`), whose calls then give it.
What is put together from values otherwise is listed in `BUILT`, by pattern.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from rules.missile_defense.tables import AIMS

ROOT = Path(__file__).resolve().parents[2]

#: Ids put together from values: the pattern, and what may stand in its gap.
BUILT: Mapping[str, tuple[str, ...]] = {
    "missile_defense.alarm{}": ("1", "2", "3"),
    "missile_defense.warning{}": ("1", "2", "3"),
    "missile_defense.hit_{}": tuple(AIMS),
    # The chapter's doubts, from `doubts_of_plan`.
    "missile_defense.{}": ("doubt_no_look", "doubt_no_fire_control", "doubt_no_aircraft"),
}


@attrs.frozen
class Said:
    """An id, where it is said, and the names of its values; `open` where more values may come by `**`."""

    id: str
    where: str
    values: frozenset[str]
    open: bool


@attrs.frozen
class Wrapper:
    """A function that says an f-string over one of its parameters."""

    name: str
    param: str
    index: int
    pattern: str
    params: frozenset[str]
    values: frozenset[str]


def sources() -> list[Path]:
    """All source but the window's, which `said_ui` reads."""
    found = [*(ROOT / "game").rglob("*.py"), *(ROOT / "rules").rglob("*.py")]
    return sorted(path for path in found if not path.is_relative_to(ROOT / "game" / "ui"))


def chapter_of(path: Path) -> str:
    """What may call each other: one chapter's files, or one file of the engine."""
    parts = path.relative_to(ROOT).parts
    return parts[1].removesuffix(".py") if parts[0] == "rules" else "/".join(parts)


def _called(call: ast.Call) -> str:
    f = call.func
    return f.id if isinstance(f, ast.Name) else f.attr if isinstance(f, ast.Attribute) else ""


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def _pattern(node: ast.JoinedStr) -> tuple[str, str]:
    """The pattern of an f-string with {} for its gap, and the name in the gap ("" if it is no plain name)."""
    text, name = "", ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        elif isinstance(part, ast.FormattedValue):
            text += "{}"
            name = part.value.id if isinstance(part.value, ast.Name) else ""
    return text, name


def _texts(node: ast.expr, scope: ast.AST) -> list[str]:
    """The texts that an expression may be: a constant, both arms of a choice, what a name is set to here."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, scope), *_texts(node.orelse, scope)]
    if isinstance(node, ast.Name):
        return [
            text
            for a in ast.walk(scope)
            if isinstance(a, ast.Assign) and any(isinstance(t, ast.Name) and t.id == node.id for t in a.targets)
            for text in _texts(a.value, a.value)
        ]
    return []


def _keywords(call: ast.Call) -> tuple[frozenset[str], bool]:
    names = frozenset(k.arg for k in call.keywords if k.arg is not None)
    return names, any(k.arg is None for k in call.keywords)


@attrs.define
class Reading:
    """What one pass over all sources found; `unread` are calls that none of the forms above explains."""

    said: list[Said] = attrs.field(factory=list)
    wrappers: dict[str, list[Wrapper]] = attrs.field(factory=dict)
    unread: list[str] = attrs.field(factory=list)


def read() -> Reading:
    out = Reading()
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sources()}
    for path, tree in trees.items():
        scopes = [*_functions(tree), tree]
        seen: set[int] = set()
        for scope in scopes:
            for call in ast.walk(scope):
                if isinstance(call, ast.Call) and _called(call) == "say" and call.args and id(call) not in seen:
                    seen.add(id(call))
                    _say(out, path, scope, call)
    for path, tree in trees.items():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call):
                for wrapper in out.wrappers.get(chapter_of(path), ()):
                    if wrapper.name == _called(call):
                        _wrapped(out, path, call, wrapper)
    return out


def _say(out: Reading, path: Path, scope: ast.AST, call: ast.Call) -> None:
    where = f"{path.relative_to(ROOT)}:{call.lineno}"
    values, more = _keywords(call)
    first = call.args[0]
    params = _params(scope)
    if isinstance(first, ast.JoinedStr):
        pattern, name = _pattern(first)
        if name in params:
            chapter = chapter_of(path)
            assert isinstance(scope, ast.FunctionDef)
            wrapper = Wrapper(scope.name, name, params.index(name), pattern, frozenset(params), values)
            out.wrappers.setdefault(chapter, []).append(wrapper)
        elif pattern.startswith("inputs."):
            return  # looked up by the input's own name
        elif set_here := _texts(ast.Name(name), scope):
            out.said += [Said(pattern.replace("{}", v), where, values, more) for v in set_here]
        elif pattern in BUILT:
            out.said += [Said(pattern.replace("{}", v), where, values, more) for v in BUILT[pattern]]
        else:
            out.unread.append(f"{where}: f-string {pattern}")
    elif isinstance(first, ast.Name) and first.id in params:
        return  # hands an id on
    else:
        texts = _texts(first, scope)
        out.said += [Said(text, where, values, more) for text in texts]
        if not texts:
            out.unread.append(f"{where}: {ast.unparse(first)}")


def _params(scope: ast.AST) -> list[str]:
    if not isinstance(scope, ast.FunctionDef):
        return []
    return [a.arg for a in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)]


def _wrapped(out: Reading, path: Path, call: ast.Call, wrapper: Wrapper) -> None:
    where = f"{path.relative_to(ROOT)}:{call.lineno}"
    given = {k.arg: k.value for k in call.keywords if k.arg is not None}
    node = given.get(wrapper.param) or (call.args[wrapper.index] if len(call.args) > wrapper.index else None)
    texts = [] if node is None else _texts(node, call)
    values, more = _keywords(call)
    if not texts:
        out.unread.append(f"{where}: {wrapper.name}(...)")
    known = (values - wrapper.params) | wrapper.values
    out.said += [Said(wrapper.pattern.replace("{}", text), where, known, more) for text in texts]
