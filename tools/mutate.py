"""A mutation run, by hand: ``python tools/mutate.py ROOM [MODULE ...]`` (rooms: scoring, checks, audit).

Each comparison, operator, condition and small number inside a function is changed in turn; the tests that reach
that statement run in a fork of this process, quickest first, until one fails. A mutant that none notices survives
and is printed, unless ``survivors.toml`` says why it may; then the exit code is 1. What stands outside of functions
(tables, defaults, texts) is not changed.
"""

from __future__ import annotations

import ast
import gc
import os
import signal
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

#: room -> its modules, and the narrow tests that should notice a change in them
ROOMS: dict[str, tuple[str, list[str]]] = {
    "scoring": (
        "budget cases choosing desk doubts even_split grading groups indicator kinds matching points project "
        "remarks review rollup settling unit_budget unit_score",
        ["tests/scoring"],
    ),
    "checks": (
        "actuals comparison costs data_quality goals targets unit words years",
        ["tests/checks"],
    ),
    "audit": (
        "row_checks budget_checks sum_checks sheet_checks target_checks formula_checks projects",
        ["tests/audit/test_checks.py", "tests/audit/test_formulas.py"],
    ),
}
SECONDS, TIMES = 20, 5  # a mutant may loop for ever: more than this and so many times what its tests take
_MANY = 255  # the highest exit code: killed by a test further back, or by a crash
KNOWN = Path(__file__).with_name("survivors.toml")
_OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub,
    ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A function or method: where it lies in its module, and the object whose code is exchanged."""

    module: ModuleType
    tree: ast.Module
    node: ast.FunctionDef
    function: FunctionType


def targets(module: ModuleType) -> Iterator[Target]:
    """The functions of a module and the methods of its classes."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for holder, body in [(module, tree.body), *((getattr(module, node.name), node.body) for node in classes)]:
        for node in body:
            if isinstance(node, ast.FunctionDef) and node.name in vars(holder):
                yield Target(module, tree, node, _bare(vars(holder)[node.name]))


def _bare(thing: Any) -> FunctionType:
    """What lies below a property, a static method or a cache."""
    for name in ("fget", "__func__", "__wrapped__", "func"):
        thing = getattr(thing, name, None) or thing
    if not isinstance(thing, FunctionType):
        raise TypeError(f"no function: {thing!r}")
    return thing


def mutants(function: ast.FunctionDef) -> Iterator[tuple[range, str]]:
    """Change the tree in one place after another, each with the lines of its statement and what became of what.

    Each is put back when the next is asked for.
    """
    statements = [node for part in function.body for node in ast.walk(part) if isinstance(node, ast.stmt)]
    for statement in statements:
        nodes = list(_own(statement))
        parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
        for node in nodes:
            for owner, name, at, new in _changes(node):
                holder = getattr(owner, name)
                old = holder if at is None else holder[at]
                before = _text(node, parents)
                _set(owner, name, at, new)
                yield _lines(statement), f"{before} -> {_text(node, parents)}"
                _set(owner, name, at, old)


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """A statement's nodes without those of the statements in it."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            yield from _own(child)


def _lines(statement: ast.stmt) -> range:
    """The lines of a statement; of one that holds others, those of its head."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, max(last, statement.lineno) + 1)


def _text(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> str:
    """The smallest part of the code in which a change of the node can be read."""
    if isinstance(node, ast.If | ast.IfExp):
        return f"if {ast.unparse(node.test)}"
    shown = parents.get(node, node) if isinstance(node, ast.Constant) else node
    return ast.unparse(shown).strip()


def _set(owner: ast.AST, name: str, at: int | None, value: object) -> None:
    if at is None:
        setattr(owner, name, value)
    else:
        getattr(owner, name)[at] = value


def _changes(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, object]]:
    if isinstance(node, ast.Compare):
        yield from (
            (node, "ops", at, _OTHER[type(op)]()) for at, op in enumerate(node.ops) if type(op) in _OTHER
        )
    elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in _OTHER:
        yield node, "op", None, _OTHER[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, "operand", None, ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.If | ast.IfExp):
        yield from ((node, "test", None, ast.Constant(so)) for so in (False, True))
    elif isinstance(node, ast.comprehension):
        both = product(range(len(node.ifs)), (False, True))
        yield from ((node, "ifs", at, ast.Constant(so)) for at, so in both)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield node, "value", None, not node.value if isinstance(node.value, bool) else node.value + 1


def mutated(target: Target) -> CodeType:
    """The function's code as its tree stands now."""
    tree = ast.fix_missing_locations(target.tree)
    found = compile(tree, str(target.module.__file__), "exec", dont_inherit=True)
    for name in target.function.__qualname__.split("."):
        found = next(item for item in found.co_consts if isinstance(item, CodeType) and item.co_name == name)
    return found


class Run:
    """A pytest plugin: all tests once, noting which lines they reach, then each mutant in a fork."""

    def __init__(self, modules: list[ModuleType]) -> None:
        self.targets = [target for module in modules for target in targets(module)]
        self.reached: dict[pytest.Item, set[tuple[str, int]]] = {}
        self.seconds: dict[pytest.Item, float] = {}
        self.counts: Counter[str] = Counter()
        self.known = known({module.__name__ for module in modules})

    def pytest_sessionstart(self) -> None:
        """The same examples each time, and none made smaller: that one fails is enough."""
        from hypothesis import HealthCheck, Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile(
            "mutation",
            derandomize=True,
            database=None,
            phases=phases,
            deadline=None,  # a busy machine kills no mutant
            suppress_health_check=list(HealthCheck),
        )
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            self._call(item)
        gc.freeze()
        seen = {known_one for target in self.targets for known_one in self._try(target)}
        for function, change in self.known.keys() - seen:
            print(f"no survivor any more: {function} {change}")
        print(f"{self.counts.total()} mutants: {', '.join(f'{n} {end}' for end, n in self.counts.items())}")
        return True

    def _call(self, item: pytest.Item) -> None:
        """Run a test on the unchanged code, note its seconds and which lines it reaches."""
        files = {str(target.module.__file__) for target in self.targets}
        lines = self.reached[item] = set()

        def note(frame: FrameType, event: str, _: object) -> Any:
            if frame.f_code.co_filename not in files:
                return None
            if event == "line":
                lines.add((frame.f_code.co_filename, frame.f_lineno))
            return note

        begin = time.perf_counter()
        sys.settrace(note)
        try:
            reports = runtestprotocol(item, log=False, nextitem=None)
        finally:
            sys.settrace(None)
        if any(report.failed for report in reports):
            pytest.exit(f"fails without any mutant: {item.nodeid}", returncode=2)
        self.seconds[item] = time.perf_counter() - begin

    def _try(self, target: Target) -> Iterator[tuple[str, str]]:
        """Count how a function's mutants end, print the open ones; the known ones that survived."""
        file = str(target.module.__file__)
        name = f"{target.module.__name__}.{target.function.__qualname__}"
        items = sorted(self.reached, key=self.seconds.__getitem__)
        for lines, change in mutants(target.node):
            places = {(file, line) for line in lines}
            callers = [item for item in items if places & self.reached[item]]
            seconds = SECONDS + TIMES * sum(self.seconds[item] for item in callers)
            end, killer = outcome(target.function, mutated(target), callers, seconds)
            if killer:
                items.remove(killer)  # who killed one kills others
                items.insert(0, killer)
            if end == "survived":
                end = self.known.get((name, change), "open")
                yield name, change
            if end == "open":
                print(f"{name}:{lines[0]} {change}{'' if callers else ' (no test)'}", flush=True)
            self.counts[end] += 1


def known(modules: set[str]) -> dict[tuple[str, str], str]:
    """Survivors that may be, by function and change: equivalent, or explained."""
    entries = tomllib.loads(KNOWN.read_text(encoding="utf-8"))["survivor"]
    return {
        (entry["function"], entry["change"]): entry["kind"]
        for entry in entries
        if any(entry["function"].startswith(f"{module}.") for module in modules)
    }


def outcome(
    function: FunctionType, code: CodeType, callers: list[pytest.Item], seconds: float
) -> tuple[str, pytest.Item | None]:
    """How this code ends in a child, and by which test: killed, survived, timed out after the seconds."""
    child = os.fork()
    if child:
        status = _waited(child, seconds)
        if status is None:
            return "timed out", None
        return ("killed" if status else "survived"), (callers[status - 1] if 0 < status < _MANY else None)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    status = _MANY
    try:
        _forget(function)
        function.__code__ = code
        failed = (at for at, item in enumerate(callers, 1) if _fails(item))
        status = min(next(failed, 0), _MANY)
    finally:
        os._exit(status)


def _fails(item: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _waited(child: int, seconds: float) -> int | None:
    """A child's exit code; None where it loops, or was stopped, and had to be ended."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status >> 8 if os.WIFEXITED(status) else _MANY
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _forget(function: FunctionType) -> None:
    """Empty the caches of the function's module: they were filled by the code as it was."""
    for thing in list(function.__globals__.values()):
        if hasattr(thing, "cache_clear"):
            thing.cache_clear()


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in ROOMS:
        raise SystemExit(__doc__)
    modules, tests = ROOMS[sys.argv[1]]
    names = sys.argv[2:] or modules.split()
    os.chdir(ROOT)
    run = Run([import_module(f"evaluator.{sys.argv[1]}.{name}") for name in names])
    ended = pytest.main(["-q", "-s", "-n", "0", "-p", "no:cacheprovider", *tests], plugins=[run])
    return int(run.counts["open"] > 0) if run.counts else ended


if __name__ == "__main__":
    sys.exit(main())
