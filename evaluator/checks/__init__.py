"""What an auditor would remark; checks change nothing, they only find."""

from evaluator.checks.actuals import check_actuals
from evaluator.checks.targets import check_targets

__all__ = ["check_actuals", "check_targets"]
