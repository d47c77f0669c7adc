"""Workbooks: the fill-in workbook as one layout for writing and reading, entries as typed, what they mean.

In comes a workbook that a person filled, out goes a `Submission` with findings. It must not know forms,
rules or scores, and never writes into what a person filled.
"""

from evaluator.workbooks.entries import Entries, Entry, Stamp, targets_hash
from evaluator.workbooks.opening import open_entries, peek
from evaluator.workbooks.submissions import read_submission

__all__ = ["Entries", "Entry", "Stamp", "open_entries", "peek", "read_submission", "targets_hash"]
