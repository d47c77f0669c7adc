"""From the rows of a source to projects with goals and indicators (项目支出绩效目标批复表)."""

from evaluator.forms.collection import FormReading, collect, read_forms
from evaluator.forms.drafts import CellUse

__all__ = ["CellUse", "FormReading", "collect", "read_forms"]
