"""The roll-up of many units: workbook, page and JSON for the level above.

In comes a `Rollup`, out go 各单位汇总.xlsx, index.html and units.json. No score is computed here, and no
delivery of a unit is opened.
"""
