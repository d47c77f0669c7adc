"""Names of the files of a roll-up."""

WORKBOOK = "各单位汇总.xlsx"
PAGE = "index.html"
UNITS = "units.json"
