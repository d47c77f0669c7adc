"""Tables: the tidy tables of approved targets, written once, corrected by people, read at every run.

In come projects and the tables as they stand, out go tables and projects with corrections. It must not know
how a form was read or what is scored.
"""

from evaluator.tables.corrections import load_targets
from evaluator.tables.files import AS_READ, INDICATORS, PROJECTS, read_table, write_table
from evaluator.tables.merging import merge_targets
from evaluator.tables.rows import indicator_table, project_table

__all__ = [
    "AS_READ",
    "INDICATORS",
    "PROJECTS",
    "indicator_table",
    "load_targets",
    "merge_targets",
    "project_table",
    "read_table",
    "write_table",
]
