"""Checks: what an auditor would remark on approved targets and on what was filled in.

In come records, out go findings. Checks change nothing and score nothing.
"""

from evaluator.checks.actuals import check_actuals
from evaluator.checks.comparison import twins_of
from evaluator.checks.costs import counted_costs
from evaluator.checks.targets import check_targets
from evaluator.checks.unit import check_unit

__all__ = ["check_actuals", "check_targets", "check_unit", "counted_costs", "twins_of"]
