"""Fill-in workbooks: one layout for writing and reading, entries as typed, and what they mean."""

from evaluator.workbooks.entries import Entries, Entry, Stamp, targets_hash
from evaluator.workbooks.opening import open_entries, peek
from evaluator.workbooks.submissions import read_submission

__all__ = ["Entries", "Entry", "Stamp", "open_entries", "peek", "read_submission", "targets_hash"]
