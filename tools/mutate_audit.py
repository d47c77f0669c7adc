"""A mutation run over the audit's checks: ``python tools/mutate_audit.py [MODULE ...]``, by hand, about two minutes.

Each comparison, operator, condition and small number is changed in turn, in this process, and the sheets of
``tests/audit`` are audited again; a mutant that changes nothing they assert survives and is printed.
"""

from __future__ import annotations

import ast
import copy
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from evaluator.audit.auditing import audit_sheet
from evaluator.audit.reading import read_sheets
from evaluator.rulesets import load
from tests.audit import test_checks
from tests.audit.cases import NO_REASONS, SHEETS, VERDICTS
from tests.audit.layouts import LAYOUTS
from tests.audit.sheets import NATIONAL, RIGHT, save

MODULES = ["row_checks", "budget_checks", "sum_checks", "sheet_checks", "projects", "target_checks"]
_OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub,
    ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def cases() -> list[Any]:
    """Sheets, read once, with their rules and, where only one check's end is asserted, that check and row."""
    whole = NATIONAL + RIGHT
    row = " | 产出指标 | 质量指标 | 某项工作 | {} | {} | {} | {} | {}"
    texts: list[tuple[str, str, tuple[str, int] | None]]
    texts = [(whole.replace(right, wrong), "mof-2020", None) for right, wrong, _ in test_checks.WRONG]
    texts += [(NATIONAL + row.format(*item[:5]), "mof-2020", None) for item in test_checks.ROWS]
    texts += [("".join(f"{part}\n" for part in parts), rules, None) for parts, rules, _ in SHEETS.values()]
    for text, rules, right, wrong, _ in LAYOUTS.values():
        texts += [(text, rules, None), (text.replace(right, wrong), rules, None)]
    texts += [(whole.replace(a, b), "mof-2020", (check, at)) for a, b, check, at, _ in VERDICTS]
    texts += [(NO_REASONS, "mof-2020", None)]
    texts += [(whole.replace(a, b), "mof-2020", None) for a, b, *_ in test_checks.SEVERITIES]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        read = [(read_sheets(save(path, text), path.parent)[0][0], rules, one) for text, rules, one in texts]
    return [(sheet, load(rules)[0] if rules else None, one) for sheet, rules, one in read]


def told(case: Any) -> object:
    """What the tests assert of a case."""
    sheet, rules, one = case
    audit = audit_sheet(sheet, rules)
    if one:
        return [item.verdict for item in audit.outcomes if (item.check, item.row or 0) == one]
    return [(item.code, item.place.cell) for item in audit.findings], [row.computed for row in audit.rows]


def mutants(function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    """Change the tree in one place after another; each is put back when the next is asked for."""
    for node in ast.walk(function):
        for owner, name, at, new in _changes(node):
            holder = getattr(owner, name)
            old = holder if at is None else holder[at]
            _set(owner, name, at, new)
            yield (
                getattr(node, "lineno", function.lineno),
                f"{ast.dump(old) if isinstance(old, ast.AST) else old}",
            )
            _set(owner, name, at, old)


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
    elif isinstance(node, ast.If):
        yield node, "test", None, ast.Constant(False)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield node, "value", None, not node.value if isinstance(node.value, bool) else node.value + 1


def killed(module: Any, function: ast.FunctionDef, sheets: list[Any], right: list[object]) -> bool:
    """Whether the tests would notice a function as it is now in the tree."""
    bare = copy.deepcopy(function)
    bare.decorator_list = []
    tree = ast.fix_missing_locations(
        ast.Module([*ast.parse("from __future__ import annotations").body, bare], [])
    )
    names = dict(vars(module))
    exec(compile(tree, module.__file__, "exec"), names)
    own: FunctionType = getattr(module, function.name)
    before, own.__code__ = own.__code__, names[function.name].__code__
    try:
        return any(told(case) != expected for case, expected in zip(sheets, right, strict=True))
    except Exception:  # noqa: BLE001 - a mutant may do anything; that it fails is what tests notice
        return True
    finally:
        own.__code__ = before


def main() -> None:
    sheets = cases()
    right = [told(case) for case in sheets]
    counts = [0, 0]
    for name in sys.argv[1:] or MODULES:
        module = import_module(f"evaluator.audit.{name}")
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for function in (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)):
            for line, old in mutants(function):
                dead = killed(module, function, sheets, right)
                counts = [counts[0] + dead, counts[1] + 1]
                if not dead:
                    print(f"{name}:{line} {old}: {source.splitlines()[line - 1].strip()}")
    print(f"{counts[0]} of {counts[1]} killed")


if __name__ == "__main__":
    main()
