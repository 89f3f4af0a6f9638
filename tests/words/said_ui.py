"""What the window says, read from the source of `game/ui`: ids, and patterns of ids with * for what is put in.

Screens say through small functions of their own (`self._say("seal")` for "ui_plan.seal"), which hand an id on, some
with a prefix before it; they call their parameter `id`. Those are found first, wherever they stand; then each call of
one is read. What stands in a gap is taken from constants nearby; what cannot be is a *. A whole id that stands in a
table as a text counts too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import attrs

from tests.words.said import ROOT, Said

UI = ROOT / "game" / "ui"
#: A gap's width: more texts than that in one name are not spelled out.
MOST = 40
WHOLE = re.compile(r"[a-z][a-z_]*\.[a-z0-9_.]+")
Scope = ast.FunctionDef | ast.Module | ast.Lambda


@attrs.frozen
class Sayer:
    """A function that says `pattern` with its parameter `param` in place of {}; `index` counts without self."""

    name: str
    file: Path
    param: str
    index: int
    pattern: str
    values: frozenset[str]
    open: bool
    own: frozenset[str]


@attrs.frozen
class Call:
    """One call, and what it may say: of several functions with one name it is not known which is meant."""

    where: str
    may: tuple[Said, ...]
    #: Texts of its file, which may fill a gap.
    texts: frozenset[str]
    #: Whether it must say something: a text that merely looks like an id need not.
    sure: bool = True

    def hits(self, english: Mapping[str, str]) -> dict[str, Said]:
        """The sentences that it can mean."""
        out = {}
        for said in self.may:
            chapter, _, key = said.id.partition(".")
            if key == "*":
                out.update({f"{chapter}.{t}": said for t in self.texts if f"{chapter}.{t}" in english})
            elif "*" in key:
                shape = re.compile(re.escape(said.id).replace(r"\*", r"[a-z0-9_.]*"), re.IGNORECASE)
                out.update({id: said for id in english if shape.fullmatch(id)})
            elif said.id in english:
                out[said.id] = said
        return out


BASE = "say"


def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(UI.rglob("*.py"))}


def called(call: ast.Call) -> str:
    f = call.func
    return f.id if isinstance(f, ast.Name) else f.attr if isinstance(f, ast.Attribute) else ""


def _params(scope: Scope) -> list[str]:
    if isinstance(scope, ast.Module):
        return []
    names = [a.arg for a in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)]
    return names[1:] if names[:1] == ["self"] else names


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _local(scopes: list[Scope], name: str) -> list[ast.expr]:
    """What a name is set to in the nearest scope that sets it: by =, or as a loop over texts written out there."""
    for scope in scopes:
        out: list[ast.expr] = []
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign):
                out += [node.value for t in node.targets if isinstance(t, ast.Name) and t.id == name]
            elif isinstance(node, ast.NamedExpr) and node.target.id == name:
                out.append(node.value)
            elif isinstance(node, ast.For | ast.comprehension):
                out += list(_looped(node.target, node.iter, name))
        if out:
            return out
    return []


def _looped(target: ast.expr, over: ast.expr, name: str) -> Iterator[ast.expr]:
    items = over.elts if isinstance(over, ast.Tuple | ast.List) else []
    if isinstance(target, ast.Name) and target.id == name:
        yield from items or [ast.Constant(None)]
    elif isinstance(target, ast.Tuple):
        for n, part in enumerate(target.elts):
            if isinstance(part, ast.Name) and part.id == name:
                got = [item.elts[n] for item in items if isinstance(item, ast.Tuple) and len(item.elts) > n]
                yield from got or [ast.Constant(None)]


def patterns(node: ast.expr, scopes: list[Scope], depth: int = 4) -> list[str]:
    """The texts that an expression may be, * for any part that cannot be read."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int) and not isinstance(node.value, bool):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*patterns(node.body, scopes, depth), *patterns(node.orelse, scopes, depth)]
    if isinstance(node, ast.BoolOp):
        return [text for part in node.values for text in patterns(part, scopes, depth)]
    if isinstance(node, ast.JoinedStr):
        parts = [patterns(part, scopes, depth) for part in node.values]
        return ["".join(one) for one in product(*(p if len(p) <= MOST else ["*"] for p in parts))]
    if isinstance(node, ast.FormattedValue):
        return patterns(node.value, scopes, depth)
    if isinstance(node, ast.Name) and depth:
        given = _local(scopes, node.id)
        return list(dict.fromkeys(t for value in given for t in patterns(value, scopes, depth - 1))) or ["*"]
    return ["*"]


def _within(tree: ast.Module) -> Iterator[tuple[ast.Call, list[Scope]]]:
    """Every call with the scopes around it, nearest first."""

    def walk(node: ast.AST, scopes: list[Scope]) -> Iterator[tuple[ast.Call, list[Scope]]]:
        if isinstance(node, ast.Call):
            yield node, scopes
        inner: list[Scope] = [node, *scopes] if isinstance(node, ast.FunctionDef | ast.Lambda) else scopes
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inner)

    yield from walk(tree, [tree])


def _keywords(call: ast.Call) -> tuple[frozenset[str], bool]:
    names = frozenset(k.arg for k in call.keywords if k.arg is not None)
    return names, any(k.arg is None for k in call.keywords)


def _handed(arg: ast.expr, params: list[str], pattern: str) -> tuple[str, str] | None:
    """(parameter, pattern with {} for it) where an argument is a parameter, or a text with one in it."""
    if isinstance(arg, ast.Name) and arg.id in params:
        return arg.id, pattern
    if isinstance(arg, ast.JoinedStr):
        text, name = "", ""
        for part in arg.values:
            if isinstance(part, ast.Constant):
                text += str(part.value)
            elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name):
                if name or part.value.id not in params:
                    return None
                name, text = part.value.id, text + "{}"
            else:
                return None
        # A chapter stands at the head of an id once.
        if name and (pattern != "{}") != bool(WHOLE.match(text.replace("{}", "x"))):
            return name, pattern.replace("{}", text)
    return None


def sayers(found: dict[Path, ast.Module]) -> dict[str, list[Sayer]]:
    """Functions that hand an id on, by name, until no more are found."""
    nowhere = Path()
    base = Sayer(BASE, nowhere, "id", 0, "{}", frozenset(), True, frozenset())
    out: dict[str, list[Sayer]] = {BASE: [base]}
    for _ in range(4):
        for path, tree in found.items():
            for function in _functions(tree):
                params = _params(function)
                for call in ast.walk(function):
                    if not isinstance(call, ast.Call) or called(call) not in out:
                        continue
                    for sayer in of_call(call, path, out):
                        arg = _argument(call, sayer)
                        hands = _handed(arg, params, sayer.pattern) if arg is not None else None
                        if hands is None or hands[0] != "id":
                            continue
                        values, more = _keywords(call)
                        param, pattern = hands
                        made = Sayer(
                            function.name,
                            path,
                            param,
                            params.index(param),
                            pattern,
                            values | sayer.values,
                            more or function.args.kwarg is not None,
                            frozenset(params),
                        )
                        known = out.setdefault(function.name, [])
                        if all((s.file, s.pattern) != (made.file, made.pattern) for s in known):
                            known.append(made)
    return out


def of_call(call: ast.Call, path: Path, known: dict[str, list[Sayer]]) -> list[Sayer]:
    """Which function a call may mean: one of its own file, else any of that name."""
    named = known.get(called(call), [])
    own = [s for s in named if s.file == path]
    plain = isinstance(call.func, ast.Name) or (
        isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "self"
    )
    return own if own and plain else named


def _argument(call: ast.Call, sayer: Sayer) -> ast.expr | None:
    given = {k.arg: k.value for k in call.keywords}
    return given.get(sayer.param) or (call.args[sayer.index] if len(call.args) > sayer.index else None)


def read(chapters: frozenset[str], source: dict[Path, ast.Module] | None = None) -> list[Call]:
    """All that the window says; `chapters` are the word files that there are."""
    found = trees() if source is None else source
    known = sayers(found)
    out: list[Call] = []
    for path, tree in found.items():
        inside = frozenset(
            n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value
        )
        where = str(path.relative_to(ROOT))
        window = {c for c in chapters if c.startswith("ui_")}
        heads = {s.pattern.partition(".")[0] for named in known.values() for s in named if s.file == path} & window
        ids = {t for t in inside if WHOLE.fullmatch(t) and t.partition(".")[0] in window and t[-1] not in "._"}
        out += [Call(where, (Said(id, where, frozenset(), True),), inside) for id in sorted(ids)]
        built = {i for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for i in _built(node, window, heads)}
        out += [Call(where, (Said(id, where, frozenset(), True),), inside, sure=False) for id in sorted(built)]
        for call, scopes in _within(tree):
            if called(call) in known:
                out += _calls(call, scopes, path, known, chapters, inside)
    return out


def _built(node: ast.JoinedStr, window: set[str], heads: set[str]) -> Iterator[str]:
    """Patterns that a text put together stands for: whole, or after the chapter that its file speaks for."""
    built = "".join(str(x.value) if isinstance(x, ast.Constant) else "*" for x in node.values)
    if re.fullmatch(r"[a-z_]+([._][a-z_*]+)+", built):
        chapter, _, key = built.partition(".")
        if chapter in window and key != "*":
            yield built
        elif chapter not in window:
            yield from (f"{head}.{built}" for head in sorted(heads))


def _calls(
    call: ast.Call,
    scopes: list[Scope],
    path: Path,
    known: dict[str, list[Sayer]],
    chapters: frozenset[str],
    inside: frozenset[str],
) -> Iterator[Call]:
    """A Call for each text that the call may hand on."""
    where = f"{path.relative_to(ROOT)}:{call.lineno}"
    values, more = _keywords(call)
    around = [p for scope in scopes for p in _params(scope) if p == "id"]
    may: dict[str, list[Said]] = {}
    for sayer in of_call(call, path, known):
        arg = _argument(call, sayer)
        if arg is None or _handed(arg, around, sayer.pattern) is not None:
            continue
        for text in patterns(arg, scopes):
            id = sayer.pattern.replace("{}", text)
            chapter, _, key = id.partition(".")
            if chapter in chapters and key.partition(".")[0] not in chapters and key[-1:] not in ("", "_", "."):
                may.setdefault(text, []).append(Said(id, where, (values - {"id"}) | sayer.values, more))
    for said in may.values():
        yield Call(where, tuple(said), inside)
