"""The script that a colleague would write in an afternoon: pandas, pint a cell, openpyxl.

It knows the columns of the fill-in workbook by heart, scores only ratios and percentages by Hubei's rule,
checks nothing, explains nothing, and writes plain numbers: one sheet a project and a summary.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd
import pint
from openpyxl import Workbook

UNITS = pint.UnitRegistry()
UNITS.define("yuan = [money]")
UNITS.define("wan_yuan = 10000 * yuan")
UNITS.define("person = [people]")
UNITS.define("case = [cases]")
NAMES = {"万元": "wan_yuan", "元": "yuan", "人": "person", "件": "case", "%": "percent"}
TARGET = re.compile(r"([≥≤＝=])?\s*([\d.]+)\s*(\S*)")


def main(workspace: Path) -> None:
    folder = workspace / "colleague"
    folder.mkdir(exist_ok=True)
    totals = []
    for path in sorted((workspace / "actuals" / "2026").glob("*.xlsx")):
        rows = score(path)
        write(folder / f"{path.stem}-自评表.xlsx", rows)
        totals.append((path.stem, sum(row[-1] for row in rows)))
    write(folder / "汇总.xlsx", totals)


def score(path: Path) -> list[tuple[str, str, float, float]]:
    """Name, target, actual and score of each row that this script understands."""
    sheets = pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
    table = sheets["实际完成值"]
    head = next(i for i, row in table.iterrows() if "三级指标" in list(row))
    table.columns = pd.Index([str(name) for name in table.loc[head]])
    funds = sheets["预算执行"]
    scored = []
    rows = [row for _, row in table.loc[head + 1 :].iterrows()]
    points = 80 / max(len(rows), 1)
    for row in rows:
        found = TARGET.match(str(row.get("年度指标值", row.iloc[5])))
        actual = pd.to_numeric(row.get("实际完成值"), errors="coerce")
        if not found or pd.isna(actual):
            continue
        sign, value, unit = found.groups()
        name = NAMES.get(unit, "dimensionless")
        want, got = UNITS.Quantity(float(value), name), UNITS.Quantity(float(actual), name)
        ratio = (
            float((want / got if sign == "≤" else got / want).to("dimensionless").magnitude) if got else 0.0
        )
        scored.append(
            (str(row.get("三级指标")), found.group(), float(actual), round(points * min(ratio, 1), 2))
        )
    scored.append(("预算执行", "", float(len(funds)), 20.0))
    return scored


def write(path: Path, rows: list[tuple]) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
