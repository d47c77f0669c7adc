"""Year-end self-evaluation of project expenditure (项目支出绩效自评)."""

__version__ = "0.2.0"
