"""Loading a rule set: one that ships with the package, or a unit's own file."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from pathlib import Path

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.rulesets.choices import AS_WRITTEN, Choices
from evaluator.rulesets.reading import (
    read_allocation,
    read_budget,
    read_mandatory,
    read_method,
    read_overshoot,
    read_rules,
    read_scale,
    read_share,
    read_weights,
)
from evaluator.rulesets.records import Allocation, RuleClause, RuleSet, Scale, Slot, Threshold
from evaluator.rulesets.table import Table, Yield
from evaluator.values.text import show

_SHIPPED = resources.files("evaluator").joinpath("rules")


def names() -> list[str]:
    """Names of the rule sets that ship with the package, in alphabetical order."""
    return sorted(
        file.name.removesuffix(".toml") for file in _SHIPPED.iterdir() if file.name.endswith(".toml")
    )


def load(name_or_path: str | Path, choices: Choices = AS_WRITTEN) -> tuple[RuleSet | None, list[Finding]]:
    """A rule set by its name (text) or from a file (`Path`); None if anything is wrong with it.

    `choices` are what a unit chose in place of the file's own values.

    Findings (all errors): rules-unknown, rules-unreadable, rules-key-missing, rules-key-unknown,
    rules-value-invalid, rules-points-sum, rules-order, rules-group-invalid, with file and key.
    """
    if isinstance(name_or_path, Path):
        return _load_file(name_or_path, choices)
    if name_or_path not in names():
        known = "、".join(names())
        return None, [finding("rules-unknown", Place(name_or_path), name=name_or_path, names=known)]
    content = _SHIPPED.joinpath(f"{name_or_path}.toml").read_bytes()
    return _parse(content, name_or_path, f"{name_or_path}.toml", None, choices)


def _load_file(path: Path, choices: Choices) -> tuple[RuleSet | None, list[Finding]]:
    shown = path.name if path.is_absolute() else path.as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = "找不到该文件" if isinstance(error, FileNotFoundError) else "没有读取权限或不是文件"
        return None, [finding("rules-unreadable", Place(shown), reason=reason)]
    return _parse(content, path.stem, shown, path, choices)


def _parse(
    content: bytes, name: str, shown: str, path: Path | None, choices: Choices
) -> tuple[RuleSet | None, list[Finding]]:
    try:
        data = tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        return None, [finding("rules-unreadable", Place(shown), reason="不是 UTF-8 编码")]
    except tomllib.TOMLDecodeError as error:
        return None, [finding("rules-unreadable", Place(shown), reason=f"TOML 语法错误：{error}")]
    found = Yield(shown)
    sha256 = hashlib.sha256(content + choices.digested).hexdigest()
    rules = _read(Table(choices.applied(data), "", found), found, name, sha256, path)
    return (None if found.problems else rules), found.problems


def _read(table: Table, found: Yield, name: str, sha256: str, path: Path | None) -> RuleSet:
    title, layout = table.text("title"), table.text("layout")
    budget = read_budget(table.table("budget"), table.table("budget-zero"), table.table("budget-funds"))
    allocations = tuple(read_allocation(item) for item in table.tables("allocation"))
    missing = read_method(table.table("missing-group"), "缺少的一级指标组", "pro-rata", "按比例分给其他组")
    goals = read_method(table.table("goals"), "几个年度目标之间", "even", "平均分配")
    weights, weights_clause = read_weights(table.table("weights"))
    rules = read_rules(table.table("rules"))
    share = read_share(table.table("achieved-share"))
    if table.has("cost-direction"):  # a unit's own file may be older than this choice
        read_method(table.table("cost-direction"), "没有计算符号的成本指标", "at-most", "按“≤”（不超过）")
    negative = read_method(table.table("negative-actual"), "完成值为负数", "zero", "按0计")
    overshoot, overshoot_reason = read_overshoot(table.table("overshoot"), table.table("overshoot-reason"))
    deduction = read_method(table.table("deduction"), "扣减分值", "typed", "人工填写")
    mandatory = read_mandatory(table.tables("mandatory"))
    scales = tuple(read_scale(item) for item in table.tables("rating"))
    _check_dates(table, scales)
    table.close()
    if not found.problems:  # else what does not fit may only be a stand-in
        if budget.clause.citation.status != "unit":  # else the groups' points are shared out anew
            _check_allocations(table, budget.points, allocations)
        _check_share(table, share, rules)
    return RuleSet(
        name=name,
        title=title,
        layout=layout,
        sha256=sha256,
        path=path,
        budget=budget,
        allocations=allocations,
        missing_group=missing,
        goals=goals,
        weights=weights,
        weights_clause=weights_clause,
        rules=rules,
        achieved_share=share,
        negative_actual=negative,
        overshoot=overshoot,
        overshoot_reason=overshoot_reason,
        deduction=deduction,
        mandatory=mandatory,
        scales=scales,
        clauses=tuple(found.clauses),
    )


def _check_share(table: Table, share: Threshold, rules: Mapping[Slot, RuleClause]) -> None:
    """What 达成 earns without a share is a share that 达成 may earn."""
    bands = rules[Slot.QUALITATIVE].bands
    if bands and not bands[0].holds(share.value):
        expected = f"在{bands[0].grade}的档次之内"
        table.report("rules-order", "achieved-share.share", values=show(share.value), expected=expected)


def _check_dates(table: Table, scales: tuple[Scale, ...]) -> None:
    """The rating in force is the last one, so the dates that are known must ascend."""
    dates = [scale.clause.citation.effective for scale in scales if scale.clause.citation.effective]
    if dates != sorted(set(dates)):
        table.report("rules-order", "rating", values="、".join(dates), expected="按 effective 从早到晚")


def _check_allocations(table: Table, budget: Decimal, allocations: tuple[Allocation, ...]) -> None:
    """Every case adds up to 100 with the budget's points, and the last one applies to every project."""
    for item in allocations:
        groups = sum((group.points for group in item.groups), Decimal(0))
        if item.groups and budget + groups != 100:
            table.report(
                "rules-points-sum",
                item.clause.key,
                budget=show(budget),
                groups=show(groups),
                total=show(budget + groups),
            )
    if allocations and allocations[-1].present:
        table.report(
            "rules-group-invalid",
            allocations[-1].clause.key,
            reason="最后一种情形应适用于所有项目，present 应为空",
        )
