"""What a formula of a filled workbook gives: sums, products and roundings, as people write them into scores.

Only what such sheets need; anything else is None, and nothing is said of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation

from evaluator.records.addresses import column_letters, column_number
from evaluator.values.text import half_up

Lookup = Callable[[str], Decimal | None]
_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|\$?[A-Z]{1,3}\$?\d{1,7}|[A-Z]+(?=\()|[-+*/(),:%])")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST_CELLS = 2_000
_LONGEST = 500


class UnknownFormulaError(ValueError):
    """Something in a formula that is not understood here."""


def evaluate(formula: str, lookup: Lookup) -> Decimal | None:
    """The result of a formula without ``=``; `lookup` gives a cell's number (None: blank or text)."""
    if len(formula) > _LONGEST:
        return None
    try:
        reader = _Reader(_tokens(formula), lookup)
        value = reader.sum()
        return value if reader.at_end else None
    except (UnknownFormulaError, DivisionByZero, InvalidOperation, RecursionError):
        return None


def _tokens(formula: str) -> list[str]:
    tokens, at = [], 0
    text = formula.strip().upper()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise UnknownFormulaError(formula)
        tokens.append(found[1])
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens from left to right; each method reads one level of the arithmetic."""

    def __init__(self, tokens: Sequence[str], lookup: Lookup) -> None:
        self._tokens, self._at, self._lookup = tokens, 0, lookup

    @property
    def at_end(self) -> bool:
        return self._at == len(self._tokens)

    def _peek(self) -> str:
        return self._tokens[self._at] if not self.at_end else ""

    def _take(self, *wanted: str) -> str:
        token = self._peek()
        if not token or (wanted and token not in wanted):
            raise UnknownFormulaError(token)
        self._at += 1
        return token

    def sum(self) -> Decimal:
        value = self._product()
        while self._peek() in ("+", "-"):
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._signed()
        while self._peek() in ("*", "/"):
            value = value * self._signed() if self._take() == "*" else value / self._signed()
        return value

    def _signed(self) -> Decimal:
        if self._peek() in ("+", "-"):
            return self._signed() if self._take() == "+" else -self._signed()
        value = self._atom()
        while self._peek() == "%":
            self._take()
            value /= 100
        return value

    def _atom(self) -> Decimal:
        token = self._take()
        if token[0].isdigit():
            return Decimal(token)
        if _CELL.fullmatch(token):
            return self._lookup(token.replace("$", "")) or Decimal(0)
        if token == "(":
            value = self.sum()
            self._take(")")
            return value
        return self._function(token)

    def _function(self, name: str) -> Decimal:
        function = _FUNCTIONS.get(name)
        if function is None:
            raise UnknownFormulaError(name)
        self._take("(")
        values = self._argument()
        while self._take(",", ")") == ",":
            values += self._argument()
        return function(values)

    def _argument(self) -> list[Decimal]:
        """A range as its numbers, anything else as one."""
        if self._at + 1 < len(self._tokens) and self._tokens[self._at + 1] == ":":
            first, _, last = self._take(), self._take(), self._take()
            found = (self._lookup(cell) for cell in _range(first, last))
            return [value for value in found if value is not None]
        return [self.sum()]


def _range(first: str, last: str) -> Iterator[str]:
    one, other = _CELL.fullmatch(first), _CELL.fullmatch(last)
    if not one or not other:
        raise UnknownFormulaError(first)
    columns, rows = (
        _between(column_number(one[1]), column_number(other[1])),
        _between(int(one[2]), int(other[2])),
    )
    if len(columns) * len(rows) > _MOST_CELLS:
        raise UnknownFormulaError(last)
    return (f"{column_letters(column)}{row}" for row in rows for column in columns)


def _between(one: int, other: int) -> range:
    return range(min(one, other), max(one, other) + 1)


def _round(values: Sequence[Decimal]) -> Decimal:
    if len(values) != 2:
        raise UnknownFormulaError("ROUND")
    return half_up(values[0], Decimal(1).scaleb(-int(values[1])))


def _average(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _multiply(values: Sequence[Decimal]) -> Decimal:
    result = Decimal(1)
    for value in values:
        result *= value
    return result


_FUNCTIONS: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "SUM": lambda values: sum(values, Decimal(0)),
    "MIN": lambda values: min(values, default=Decimal(0)),
    "MAX": lambda values: max(values, default=Decimal(0)),
    "ROUND": _round,
    "AVERAGE": _average,
    "PRODUCT": _multiply,
    "ABS": lambda values: abs(values[0]),
    "N": lambda values: values[0],
}
