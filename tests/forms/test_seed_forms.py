"""The six real forms of 鄂州市社会保险中心: all that is there, and nothing else."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from evaluator.checks import check_targets
from evaluator.forms import read_forms
from evaluator.readers import read_source
from evaluator.records.findings import Severity

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parents[1] / "data" / "ezhou-indicators.tsv"


@pytest.fixture(scope="module")
def source():
    (path,) = (ROOT / "targets" / "2026" / "source").glob("*.txt")
    found, findings = read_source(path, ROOT)
    assert findings == []
    return found


@pytest.fixture(scope="module")
def reading(source):
    return read_forms(source, 2026)


def test_six_projects_with_their_budgets(reading):
    assert [(p.name, p.applicant, p.budget) for p in reading.projects] == [
        ("通用业务委托费用", "鄂州市社会保险中心", Decimal("29.68")),
        ("省属汉外单位职业年金虚账本金及计付利息", "鄂州市社会保险中心", Decimal("979.11")),
        ("社保基金业务经费", "鄂州市社会保险中心", Decimal("82.4")),
        ("社保基金管理", "鄂州市社会保险中心", Decimal("34.06")),
        ("法律服务", "鄂州市社会保险中心", Decimal("11")),
        ("办公运行保障", "鄂州市社会保险中心", Decimal("30.59")),
    ]


def test_40_annual_and_48_long_term_indicators_each_as_the_form_has_it(reading):
    read = [
        "\t".join(
            (
                project.name,
                item.code,
                item.level1,
                item.level2,
                item.name,
                item.target.text,
                str(item.target.operator or item.target.kind),
                format(item.target.value, "f")
                if item.target.value is not None
                else str(item.target.deadline or ""),
                item.target.unit,
                item.basis,
                item.place.cell,
            )
        )
        for project in reading.projects
        for item in project.indicators
    ]
    assert read == DATA.read_text(encoding="utf-8").splitlines()
    horizons = Counter(item.horizon.value for project in reading.projects for item in project.indicators)
    assert horizons == {"年度": 40, "长期": 48}


def test_every_cell_of_the_source_is_in_a_record_or_named_by_a_finding(source, reading):
    cells = [(cell.place, cell.text) for row in source.rows for cell in row.cells]
    assert Counter(cells) == Counter((use.place, use.text) for use in reading.uses)
    assert "not read" not in {use.use for use in reading.uses}
    assert "unplaced" not in {use.use for use in reading.uses}
    indicators = [item for project in reading.projects for item in project.indicators]
    recorded = {piece for item in indicators for piece in item.original.split(" | ")}
    data = [use for use in reading.uses if use.use in ("level1", "level2", "name", "value", "basis")]
    assert {use.text for use in data} <= recorded


def test_what_the_six_forms_truly_contain(reading):
    found = Counter(
        (project.name, item.code, item.indicator)
        for project in reading.projects
        for item in check_targets(project, 2026)
        if item.severity is not Severity.NOTE
    )
    fees, pension, fund, management, legal, office = (project.name for project in reading.projects)
    expected = [
        (fees, "annual-missing", "LT-MY-01"),
        (fees, "goal-truncated", ""),
        (pension, "annual-missing", "LT-CC-03"),
        (pension, "year-disagrees", "LT-CC-03"),
        *(
            (fund, "annual-missing", f"LT-{code}")
            for code in ("CC-02", "CC-04", "CC-05", "CC-06", "XY-02", "MY-01")
        ),
        (management, "annual-missing", "LT-CC-04"),
        (management, "annual-missing", "LT-CC-05"),
        (management, "cost-over-budget", "LT-CB-01"),
        (management, "cost-over-budget", "CB-01"),
        (management, "goal-truncated", ""),
        (legal, "unit-differs", "CC-02"),
        (legal, "annual-missing", "LT-CC-04"),
        (legal, "annual-missing", "LT-MY-01"),
        (legal, "quantity-upper-bound", "LT-CC-01"),
        (legal, "quantity-upper-bound", "CC-01"),
        (office, "unit-differs", "CC-01"),
        (office, "operator-differs", "CC-02"),
        (office, "unit-differs", "CC-04"),
        (office, "annual-missing", "LT-CC-05"),
        (office, "goal-truncated", ""),
        (office, "goal-truncated", ""),
        (office, "rate-unit", "LT-CC-04"),
        (office, "rate-unit", "CC-04"),
        (office, "quantity-upper-bound", "LT-CC-01"),
        (office, "quantity-upper-bound", "CC-01"),
        (office, "quantity-upper-bound", "CC-02"),
    ]
    assert found == Counter(expected)
