"""Proofreading (校对): what was recognised on pictures, repaired where the field settles it, and doubted.

In come the rows of a source and the projects read from them; out go rows with raw and understood texts, and
projects that say of each value from where on a page it comes, how sure it is and why it is doubted. It must
not know pictures, and believes nothing: what a person has not confirmed is a finding, and is not scored.
"""

from evaluator.proofreading.agreement import HEAD
from evaluator.proofreading.attaching import with_scans
from evaluator.proofreading.doubts import doubts_of
from evaluator.proofreading.repairing import repaired
from evaluator.proofreading.unconfirmed import open_rows, unconfirmed

__all__ = ["HEAD", "doubts_of", "open_rows", "repaired", "unconfirmed", "with_scans"]
