"""A mutation run, by hand: ``python tools/mutate.py ROOM [MODULE ...]`` (rooms: scoring, checks, audit).

Each comparison, operator, condition and small number inside a function is changed in turn; the tests that call
that function run in a fork of this process, quickest first, until one fails. A mutant that none notices survives
and is printed. What stands outside of functions (tables, defaults, texts) is not changed.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
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
        "kinds budget grading points indicator project review settling doubts",
        ["tests/scoring"],
    ),
    "checks": (
        "actuals comparison costs data_quality goals targets unit words years",
        ["tests/checks"],
    ),
    "audit": (
        "row_checks budget_checks sum_checks sheet_checks projects target_checks",
        ["tests/audit/test_checks.py"],
    ),
}
SECONDS = 20  # a mutant may loop for ever; the tests of one function take less
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


def mutants(function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    """Change the tree in one place after another; each is put back when the next is asked for."""
    for node in (inner for statement in function.body for inner in ast.walk(statement)):
        for owner, name, at, new in _changes(node):
            holder = getattr(owner, name)
            old = holder if at is None else holder[at]
            _set(owner, name, at, new)
            line = getattr(node, "lineno", None) or getattr(node, "target", function).lineno
            yield (
                line,
                ast.dump(old) if isinstance(old, ast.operator | ast.cmpop | ast.boolop) else _text(old),
            )
            _set(owner, name, at, old)


def _text(old: object) -> str:
    return ast.unparse(old) if isinstance(old, ast.AST) else str(old)


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
        yield node, "test", None, ast.Constant(False)
    elif isinstance(node, ast.comprehension):
        yield from ((node, "ifs", at, ast.Constant(True)) for at in range(len(node.ifs)))
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
    """A pytest plugin: all tests once, noting who calls what, then each mutant in a fork."""

    def __init__(self, modules: list[ModuleType]) -> None:
        self.targets = [target for module in modules for target in targets(module)]
        self.callers: dict[CodeType, list[pytest.Item]] = {
            target.function.__code__: [] for target in self.targets
        }
        self.counts = [0, 0]

    def pytest_sessionstart(self) -> None:
        """The same examples each time, and none made smaller: that one fails is enough."""
        from hypothesis import Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile("mutation", derandomize=True, database=None, phases=phases)
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        seconds = {item: self._call(item) for item in session.items}
        for target in self.targets:
            callers = sorted(self.callers[target.function.__code__], key=lambda item: seconds[item])
            self._try(target, callers)
        print(f"{self.counts[0]} of {self.counts[1]} killed")
        return True

    def _call(self, item: pytest.Item) -> float:
        """Run a test on the unchanged code, note what it calls; its seconds."""
        called: set[CodeType] = set()

        def note(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and frame.f_code in self.callers:
                called.add(frame.f_code)

        begin = time.perf_counter()
        sys.setprofile(note)
        try:
            reports = runtestprotocol(item, log=False, nextitem=None)
        finally:
            sys.setprofile(None)
        if any(report.failed for report in reports):
            raise SystemExit(f"fails without any mutant: {item.nodeid}")
        for code in called:
            self.callers[code].append(item)
        return time.perf_counter() - begin

    def _try(self, target: Target, callers: list[pytest.Item]) -> None:
        name = f"{target.module.__name__}.{target.function.__qualname__}"
        source = Path(str(target.module.__file__)).read_text(encoding="utf-8").splitlines()
        for line, old in mutants(target.node):
            dead = killed(target.function, mutated(target), callers)
            self.counts = [self.counts[0] + dead, self.counts[1] + 1]
            if not dead:
                shown = "" if callers else " (no test calls it)"
                print(f"{name}:{line} {old}: {source[line - 1].strip()}{shown}", flush=True)


def killed(function: FunctionType, code: CodeType, callers: list[pytest.Item]) -> bool:
    """Whether a test fails with this code, in a child that is given up after `SECONDS`."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    signal.alarm(SECONDS)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    dead = True
    try:
        _forget(function)
        function.__code__ = code
        dead = any(
            report.failed for item in callers for report in runtestprotocol(item, log=False, nextitem=None)
        )
    finally:
        os._exit(int(dead))


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
    return pytest.main(["-q", "-s", "-n", "0", "-p", "no:cacheprovider", *tests], plugins=[run])


if __name__ == "__main__":
    sys.exit(main())
