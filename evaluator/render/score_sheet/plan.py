"""Where everything stands on a score sheet: its columns by role, its rows by indicator.

Writer and `evaluation.json` take every address from here, so that neither can name another cell.
Rows and columns count from 0, as XlsxWriter does; addresses are Excel's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from evaluator.records.approved import Goal, Horizon
from evaluator.records.evaluation import Evaluation
from evaluator.records.scores import Score
from evaluator.render.book import pieces
from evaluator.render.corrected import marked_goal
from evaluator.scoring.points import OWN

FORM_SHEET = "自评表"
DERIVATION_SHEET = "计分过程"
FINDINGS_SHEET = "问题与说明"
FUND_NAMES = ("当年财政拨款", "上年结转资金", "其他资金")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the form: what it holds, its printed head, its width in Latin letters."""

    role: str
    title: str
    width: float


_LEVELS = (
    Column("level1", "一级指标", 9.5),
    Column("level2", "二级指标", 10.5),
    Column("name", "三级指标", 28),
)
_HUBEI = (
    Column("goal", "年度绩效\n目标", 9),
    *_LEVELS,
    Column("target", "年初目标值\n（A）", 14),
    Column("actual", "实际完成值\n（B）", 17),
    Column("score", "得分", 8.5),
    Column("gap", "", 1.2),
    Column("code", "编码", 8),
    Column("points", "分值", 7),
)
_NATIONAL = (
    *_LEVELS,
    Column("target", "年度指标值", 14),
    Column("actual", "实际完成值", 16),
    Column("points", "分值", 7.5),
    Column("score", "得分", 8.5),
    Column("reason", "偏差原因分析及改进措施", 30),
    Column("gap", "", 1.2),
    Column("code", "编码", 8),
)
_BASIS = (
    Column("completion", "完成率", 8.5),
    Column("share", "得分比例", 7),
    Column("deduction", "扣减分值", 7),
)
_EVEN = (Column("even_points", "均分分值", 7), Column("even_score", "均分得分", 7))
_GROUP = (Column("group_points", "小计分值", 7), Column("group_score", "小计得分", 7.5))
_REVIEW = (Column("gap2", "", 1.2), Column("review", "复核得分", 9), Column("opinion", "复核意见", 17))


@dataclass(frozen=True, slots=True)
class Plan:
    """The places of one project's form.

    `title` is the row of the form's title (above it stands only the notice of demonstration data),
    `funds` the row of all funds (the budget's score), `parts` the rows of its parts (national form only),
    `goal_texts` what stands in the rows of the goals' texts: for each row the approved text and the result
    (national) or one text (Hubei), a long text taking several rows; `goals` is the first row of each
    annual goal in the table, `rows` the row of each indicator, `total` the row of 总分.
    """

    layout: str
    columns: tuple[Column, ...]
    title: int
    funds: int
    parts: tuple[int, ...]
    goal_texts: Mapping[int, tuple[str, ...]]
    header: int
    goals: Mapping[int, int]
    rows: Mapping[str, int]
    total: int

    def column(self, role: str) -> int:
        """Number of the column that holds `role`."""
        return next(i for i, column in enumerate(self.columns) if column.role == role)

    def has(self, role: str) -> bool:
        """Whether the form has a column of that role."""
        return any(column.role == role for column in self.columns)

    def width(self, first: str, last: str) -> float:
        """Width of the columns from one role to another."""
        chosen = self.columns[self.column(first) : self.column(last) + 1]
        return sum(column.width for column in chosen)

    def cell(self, role: str, row: int) -> str:
        """Address of a role's cell in a row: ``$G9`` without the sign, ``G9``."""
        return f"{letters(self.column(role))}{row + 1}"

    def span(self, role: str) -> str:
        """Address of a role's cells from the first to the last indicator."""
        first, last = min(self.rows.values(), default=0), max(self.rows.values(), default=0)
        if not self.rows:
            first = last = self.header  # holds only text
        return f"{self.cell(role, first)}:{self.cell(role, last)}"

    def budget(self, what: str) -> str:
        """Address of one of the budget's figures (``adjusted``, ``rate``, ``score``, ``review``, ...)."""
        return self.cell(budget_roles(self.layout).get(what, what), self.funds)

    @property
    def form_end(self) -> int:
        """Number of the printed form's last column; to the right stand the basis and the review."""
        return self.column("gap") - 1

    @property
    def beside(self) -> tuple[str, ...]:
        """Roles of the columns to the right of the form, in order."""
        return tuple(column.role for column in self.columns[self.form_end + 2 :])


def letters(column: int) -> str:
    """A column's letters in Excel."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def has_own_points(evaluation: Evaluation) -> bool:
    """Whether points were set by hand for any indicator, so that the even split is shown beside them."""
    return any(score.points_origin == OWN for score in evaluation.scores)


def by_goal(evaluation: Evaluation) -> dict[int, list[Score]]:
    """The scores of each annual goal, goals ascending, the form's order within each."""
    found: dict[int, list[Score]] = {}
    for score in sorted(evaluation.scores, key=lambda item: item.indicator.goal):
        found.setdefault(score.indicator.goal, []).append(score)
    return found


def plan_sheet(evaluation: Evaluation, layout: str) -> Plan:
    """Plan the form of `layout` (``hubei``, else the national one) for one project."""
    basis = (*_BASIS, *(_EVEN if has_own_points(evaluation) else ()), *_GROUP, *_REVIEW)
    title = int(evaluation.sample)
    if layout == "hubei":
        return _plan_hubei((*_HUBEI, *basis), evaluation, title)
    return _plan_national((*_NATIONAL, *basis), evaluation, title)


def _plan_hubei(columns: tuple[Column, ...], evaluation: Evaluation, title: int) -> Plan:
    funds = title + 8
    width = sum(column.width for column in columns[1:7]) - 1
    texts: dict[int, tuple[str, ...]] = {}
    goals: dict[int, int] = {}
    rows: dict[str, int] = {}
    row = funds + 2
    for number, scores in by_goal(evaluation).items():
        goals[number] = row
        text, result = goal_words(evaluation, number)
        for words in (f"目标内容：{text}", f"实际完成情况：{result}"):
            for piece in pieces(words, width):
                texts[row] = (piece,)
                row += 1
        for score in scores:
            rows[score.indicator.code] = row
            row += 1
    return Plan("hubei", columns, title, funds, (), texts, funds + 1, goals, rows, row)


def _plan_national(columns: tuple[Column, ...], evaluation: Evaluation, title: int) -> Plan:
    funds = title + 5
    parts = tuple(range(funds + 1, funds + 1 + len(fund_names(evaluation))))
    row = funds + len(parts) + 2
    texts = dict(enumerate(_goal_rows(columns, evaluation), row))
    header = row + len(texts)
    row = header + 1
    goals: dict[int, int] = {}
    rows: dict[str, int] = {}
    found = by_goal(evaluation)
    for number, scores in found.items():
        goals[number] = row
        row += len(found) > 1
        for score in scores:
            rows[score.indicator.code] = row
            row += 1
    return Plan("national", columns, title, funds, parts, texts, header, goals, rows, row)


def _goal_rows(columns: tuple[Column, ...], evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    left, right = (sum(column.width for column in half) - 1 for half in (columns[1:4], columns[4:8]))
    numbers = sorted({*by_goal(evaluation), *(goal.number for goal in annual_goals(evaluation))}) or [1]
    for number in numbers:
        text, result = goal_words(evaluation, number)
        ordinal = f"目标{number}：" if len(numbers) > 1 else ""
        yield from zip_longest(pieces(ordinal + text, left), pieces(result, right), fillvalue="")


def goal_words(evaluation: Evaluation, number: int) -> tuple[str, str]:
    """The approved text of an annual goal, and what was achieved as filled in; either may be empty."""
    found = next((goal for goal in annual_goals(evaluation) if goal.number == number), None)
    text = marked_goal(evaluation.project, found) if found else ""
    results = evaluation.submission.goal_results if evaluation.submission else {}
    return text, results.get(number, "")


def fund_names(evaluation: Evaluation) -> tuple[str, ...]:
    """Names of the parts of the funds as filled in, or those of the printed form."""
    filled = evaluation.submission.funds if evaluation.submission else ()
    return tuple(fund.name for fund in filled) or FUND_NAMES


def annual_goals(evaluation: Evaluation) -> list[Goal]:
    """The approved goals of the year, by number."""
    goals = [goal for goal in evaluation.project.goals if goal.horizon is Horizon.ANNUAL]
    return sorted(goals, key=lambda goal: goal.number)


# Which column of the form holds what of the budget; the printed forms put it where the columns allow.
BUDGET = {
    "hubei": {"points": "points", "adjusted": "name", "spent": "target", "rate": "actual", "score": "score"},
    "national": {
        "points": "points",
        "initial": "name",
        "adjusted": "target",
        "spent": "actual",
        "rate": "score",
        "score": "reason",
    },
}


def budget_roles(layout: str) -> Mapping[str, str]:
    """The column's role for each figure of the budget, by layout."""
    return BUDGET["hubei" if layout == "hubei" else "national"]


def locate(evaluation: Evaluation, layout: str) -> dict[str, dict[str, str]]:
    """Addresses on the form, by indicator code, ``budget``, ``total`` and ``<goal>/<group>``.

    For each, the cell's address by what it holds (``{"CB-01": {"score": "G12", ...}, ...}``).
    """
    plan = plan_sheet(evaluation, layout)
    roles = [c.role for c in plan.columns if c.role in _INDICATOR_ROLES]
    found = {code: {role: plan.cell(role, row) for role in roles} for code, row in plan.rows.items()}
    figures = (*budget_roles(layout), "review", "opinion")
    found["budget"] = {key: plan.budget(key) for key in figures}
    found["total"] = {
        "total": plan.cell("score", plan.total),
        "rating": plan.cell("actual", plan.total),
        "review_total": plan.cell("review", plan.total),
        "review_rating": plan.cell(plan.beside[5], plan.title + 2),
        "difference": plan.cell("opinion", plan.title + 1),
    }
    for (goal, group), scores in by_group(evaluation).items():
        row = plan.rows[scores[0].indicator.code]
        found[f"{goal}/{group}"] = {role: plan.cell(f"group_{role}", row) for role in ("points", "score")}
    return found


_INDICATOR_ROLES = (
    "target",
    "actual",
    "score",
    "points",
    "completion",
    "share",
    "deduction",
    "even_points",
    "even_score",
    "review",
    "opinion",
)


def by_group(evaluation: Evaluation) -> dict[tuple[int, str], list[Score]]:
    """The scores of each group of each annual goal, in the form's order."""
    found: dict[tuple[int, str], list[Score]] = {}
    for goal, scores in by_goal(evaluation).items():
        for score in scores:
            found.setdefault((goal, score.group), []).append(score)
    return found
