"""What a rule is given: the numbers of one indicator, or the cells that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Case:
    """The numbers of one indicator, all in the target's unit.

    `points` is what it can earn (W), `target` the value (A) or a deadline, `upper` the upper bound of a
    range, `actual` the actual (B) or the date of completion (None: not completed), `share` the graded
    share of the points in percent.
    """

    points: Decimal
    target: Decimal | date | None = None
    upper: Decimal | None = None
    actual: Decimal | date | None = None
    share: Decimal | None = None

    @property
    def numbers(self) -> tuple[Decimal, Decimal, Decimal]:
        """Points, target and actual of a numeric case; TypeError where it is none (a bug)."""
        if not isinstance(self.target, Decimal) or not isinstance(self.actual, Decimal):
            raise TypeError(f"not a numeric case: {self}")
        return self.points, self.target, self.actual


@dataclass(frozen=True, slots=True)
class Cells:
    """Excel references, or expressions, in the place of a case's numbers.

    Dates are Excel dates; `share` is a fraction (0.85).
    """

    points: str
    target: str = ""
    upper: str = ""
    actual: str = ""
    share: str = ""
