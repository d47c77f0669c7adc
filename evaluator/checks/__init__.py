"""Checks: what an auditor would remark on approved targets and on what was filled in.

In come records, out go findings. Checks change nothing and score nothing.
"""

from evaluator.checks.actuals import check_actuals
from evaluator.checks.targets import check_targets

__all__ = ["check_actuals", "check_targets"]
