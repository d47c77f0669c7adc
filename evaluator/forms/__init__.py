"""Forms: from the rows of a source to projects with goals and indicators (项目支出绩效目标批复表).

In come rows, whatever file they stood in; out go projects, the use made of every cell, and findings. It must
not know containers, workbooks, rules or scores.
"""

from evaluator.forms.own_words import load_own_words
from evaluator.forms.projects.collection import FormReading, collect, read_forms
from evaluator.forms.trace import CellUse

__all__ = ["CellUse", "FormReading", "collect", "load_own_words", "read_forms"]
