"""What is asked for, and which rules that means: the command's, the workspace's own, hubei."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from evaluator.pipeline.rules import load_rules
from evaluator.pipeline.workspace import Workspace
from evaluator.records.findings import Finding, finding
from evaluator.rulesets import Choices, RuleSet, WeightSource, names
from evaluator.storage.files import reason

DEFAULT_RULES = "hubei"
_KEYS = ("rules", "weights", "budget_points")


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for; `rules` is a name or a file, empty for the workspace's own choice.

    `report` says which written reports: ``unit``, ``project`` (one each) or ``both``. `pages` are the page
    numbers of their tables of contents by file, None where they were not asked for.
    """

    year: int
    rules: str = ""
    printed: date | None = None
    report: str = "unit"
    pages: Mapping[str, tuple[int, ...]] | None = None


def choose_rules(workspace: Workspace, request: Request) -> tuple[RuleSet | None, list[Finding]]:
    """The rule set asked for, else that of ``targets/<year>/scoring.toml``, else hubei.

    What that file says of points holds under any rule set. Where anything in it is wrong, nothing of it
    counts. Findings: scoring-toml-invalid, those of `load_rules`.
    """
    settings = workspace.targets(request.year) / "scoring.toml"
    table, problem = _read(settings)
    problem = problem or _problem(table)
    table = {} if problem else table
    named = request.rules or table.get("rules", DEFAULT_RULES)
    file = (Path() if request.rules else settings.parent) / named
    choices = _choices(table, workspace, settings)
    rules, found = load_rules(file if file.suffix == ".toml" else named, choices)
    if problem:
        place = workspace.place(settings)
        found = [finding("scoring-toml-invalid", place, reason=problem, rules=named), *found]
    return rules, found


def _read(settings: Path) -> tuple[Mapping[str, Any], str]:
    """The settings, or what is wrong with the file; none where there is no file."""
    try:
        return tomllib.loads(settings.read_text(encoding="utf-8-sig"), parse_float=Decimal), ""
    except (FileNotFoundError, NotADirectoryError):
        return {}, ""
    except OSError as error:
        return {}, reason(error)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}, "不是有效的 TOML"


def _problem(table: Mapping[str, Any]) -> str:
    """What is wrong with what the settings say, if anything."""
    unknown = [key for key in table if key not in _KEYS]
    if unknown:
        return f"没有“{unknown[0]}”这一项，只能有 {'、'.join(_KEYS)}"
    return next(filter(None, (check(table[key]) for key, check in _CHECKS.items() if key in table)), "")


def _rules_problem(value: Any) -> str:
    if not isinstance(value, str):
        return "rules 的值应为文字"
    known = value.endswith(".toml") or value in names()
    return "" if known else f"没有名为“{value}”的规则"


def _weights_problem(value: Any) -> str:
    options = "、".join(WeightSource)
    return "" if value in list(WeightSource) else f"weights 写的是“{value}”，应为 {options} 之一"


def _points_problem(value: Any) -> str:
    number = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
    fits = number is not None and number.is_finite() and 0 <= number <= 100 and number == round(number, 2)
    return "" if fits else f"budget_points 写的是“{value}”，应为0至100、最多两位小数的数字"


_CHECKS = {"rules": _rules_problem, "weights": _weights_problem, "budget_points": _points_problem}


def _choices(table: Mapping[str, Any], workspace: Workspace, settings: Path) -> Choices:
    weights, points = table.get("weights"), table.get("budget_points")
    return Choices(
        None if weights is None else WeightSource(weights),
        None if points is None else Decimal(points),
        workspace.relative(settings),
    )
