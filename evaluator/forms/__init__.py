"""Forms: from the rows of a source to projects with goals and indicators (项目支出绩效目标批复表).

In come rows, whatever file they stood in; out go projects, the use made of every cell, and findings. It must
not know containers, workbooks, rules or scores.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluator.forms.own_words import load_own_words
    from evaluator.forms.projects.collection import FormReading, collect, read_forms
    from evaluator.forms.trace import CellUse

__all__ = ["CellUse", "FormReading", "collect", "load_own_words", "read_forms"]
_MODULES = {
    "CellUse": "trace",
    "FormReading": "projects.collection",
    "collect": "projects.collection",
    "load_own_words": "own_words",
    "read_forms": "projects.collection",
}


def __getattr__(name: str) -> Any:
    """Load the reader where it is asked for: the vocabulary alone is needed where no form is read."""
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
