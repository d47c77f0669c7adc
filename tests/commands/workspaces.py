"""Whole workspaces for whole commands: forms in, workbooks filled as a person fills them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from evaluator.cli.commands import evaluate
from evaluator.workbooks.layout import GOAL_ROW
from tests.workbooks.typing import CODES, ROWS, cell, fill
from tests.written import form

FILLED = {"CB-01": 10.5, "CC-01": 18, "CC-02": (0.96, "0.####%"), "XY-02": 0, "MY-01": (0.95, "0.####%")}
SECOND = """
    年度目标1 | 产出指标 | 数量指标 | 培训场次 | ≥5场 | 计划标准
     | 效益指标 | 社会效益指标 | 知晓率 | ≥90% | 计划标准
"""


@dataclass
class Desk:
    """A workspace and the commands run on it."""

    root: Path

    def run(self, *arguments: str) -> Result:
        # What `main` does, without leaving the process: a traceback would be re-raised here.
        return CliRunner().invoke(evaluate, [*arguments, "-C", str(self.root)], catch_exceptions=False)

    def put_form(self, text: str, name: str = "批复.txt", encoding: str = "utf-8") -> Path:
        path = self.root / "targets" / "2026" / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(" *[|] *", "\t", text), encoding=encoding)
        return path

    @property
    def actuals(self) -> Path:
        return self.root / "actuals" / "2026"

    @property
    def reports(self) -> Path:
        return self.root / "reports" / "2026"

    def result(self) -> dict:
        return json.loads((self.reports / "evaluation.json").read_text(encoding="utf-8"))

    def codes(self) -> list[str]:
        run = self.run("check", "--year", "2026", "--format", "json")
        return [item["code"] for item in json.loads(run.stdout)]


def legal_form() -> str:
    return form(ROWS)


def desk(root: Path, *, forms: str | None = None) -> Desk:
    made = Desk(root)
    made.put_form(forms or legal_form())
    return made


def filled_desk(root: Path) -> Desk:
    """One project, everything filled in; 受理案件 is missed and explained."""
    made = desk(root)
    made.run("template", "--year", "2026")
    fill_legal(made.actuals / "法律服务.xlsx")
    return made


def fill_legal(path: Path) -> Path:
    from datetime import datetime

    cells: dict[str, object] = {cell(code, "actual"): value for code, value in FILLED.items()}
    cells |= {
        cell("CC-01", "reason"): "当事人撤诉2件",
        cell("CC-03", "completed"): datetime(2026, 11, 20),
        cell("XY-01", "grade"): "达成",
        cell("XY-01", "description"): "宣传9场",
    }
    cells |= {cell(code, "evidence"): "台账" for code in CODES}
    fill(path, cells)
    money = {"B7": 11, "C7": 11, "D7": 10.5, **{f"{c}{r}": 0 for c in "BCD" for r in (8, 9)}}
    fill(path, money, "预算执行")
    facts = {
        "B5": "市人社局",
        "B7": "部门预算",
        "B8": "持续性",
        "B9": "常年性",
        f"C{GOAL_ROW}": "各项工作已完成。",
    }
    return fill(path, facts, "基本情况")


def corrected_desk(root: Path, **cells: str) -> Desk:
    """`filled_desk` with CC-01 corrected in indicators.csv, with a note."""
    made = filled_desk(root)
    correct(made, "CC-01", 更正说明="批复文件第3页", **cells)
    return made


def correct(made: Desk, code: str, **cells: str) -> None:
    """Type into an indicator's row of indicators.csv."""
    import pandas as pd

    path = made.root / "targets" / "2026" / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    row = (table["编码"] == code) & (table["目标类别"] == "年度")
    table.loc[row, list(cells)] = list(cells.values())
    table.to_csv(path, index=False, encoding="utf-8-sig")
