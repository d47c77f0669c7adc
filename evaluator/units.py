"""Units of measure: a closed table of symbols (``vocabulary/units.toml``), converted by pint in Decimal.

pint is only ever given symbols of the table, never what a person typed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from evaluator.text import plain, squash

if TYPE_CHECKING:
    from pint import UnitRegistry

_SPLIT = re.compile(r"[·*×・.]")
_PER = re.compile(r"每")
_PER_SHOWN = {"个月": "月"}  # 5个月, but 元/月
_MONEY, _RATE = "金额", "比率"
_PLAIN_RATES = ("%", "‰", "比例")
_SHOWN = {"金额": ("元", "万元"), "比率": ("%",)}


class UnitMismatchError(ValueError):
    """Two units that measure different things."""


@dataclass(frozen=True)
class UnitTable:
    """The table by symbol: dimension and how many base units; and every way to write a symbol."""

    dimensions: Mapping[str, str]
    factors: Mapping[str, Decimal]
    counting: frozenset[str]
    written: Mapping[str, str]


@cache
def _table() -> UnitTable:
    text = resources.files("evaluator").joinpath("vocabulary", "units.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    dimensions: dict[str, str] = {}
    factors: dict[str, Decimal] = {}
    for dimension, units in data["dimensions"].items():
        for symbol_, factor in units.items():
            dimensions[symbol_], factors[symbol_] = dimension, Decimal(factor)
    for symbol_ in data["counting"]:
        dimensions[symbol_], factors[symbol_] = symbol_, Decimal(1)
    written = {squash(symbol_): symbol_ for symbol_ in dimensions}
    for symbol_, aliases in data["aliases"].items():
        written.update({squash(alias): symbol_ for alias in aliases})
    for symbol_ in list(dimensions):
        if dimensions[symbol_] not in (_MONEY, _RATE):
            _multiply(symbol_, data["multipliers"], dimensions, factors, written)
    return UnitTable(dimensions, factors, frozenset(data["counting"]), written)


def _multiply(
    symbol_: str,
    multipliers: Mapping[str, str],
    dimensions: dict[str, str],
    factors: dict[str, Decimal],
    written: dict[str, str],
) -> None:
    """Add 万人, 百万条, ... for every way to write the unit."""
    spellings = [text for text, meant in written.items() if meant == symbol_]
    for prefix, factor in multipliers.items():
        bigger = prefix + symbol_
        if bigger in dimensions:
            continue
        dimensions[bigger], factors[bigger] = dimensions[symbol_], factors[symbol_] * Decimal(factor)
        for text in spellings:
            written.setdefault(prefix + text, bigger)


@cache
def symbol(text: str) -> str | None:
    """The symbol that a unit's text means (百分比 is %, 元/人*月 is 元/人·月), or None.

    Compound units are a numerator and what it is per, joined by ``/`` and ``·``.
    """
    compact = squash(text)
    if compact.startswith("(") and compact.endswith(")"):
        compact = compact[1:-1]
    if not compact or len(compact) > 40:
        return None
    known = _table().written
    if compact in known:
        return known[compact]
    if "/" not in compact and not _PER.search(compact):
        return None
    return _compound(compact)


def _compound(compact: str) -> str | None:
    """元/人*月, 780元/生/年, 元每人每月 -> a numerator and the sorted-as-written denominators."""
    known = _table().written
    head, *rest = [piece for piece in re.split(r"[/每]", compact) if piece]
    numerator = known.get(head)
    denominators = [known.get(part) for piece in rest for part in _SPLIT.split(piece) if part]
    if numerator is None or not denominators or None in denominators:
        return None
    return f"{numerator}/{'·'.join(_PER_SHOWN.get(part, part) for part in denominators if part)}"


@cache
def _registry() -> UnitRegistry[Any]:
    from pint import UnitRegistry as Registry

    registry: UnitRegistry[Any] = Registry(None, non_int_type=Decimal)
    return registry


@cache
def _simple_unit(text: str) -> Any:
    """A unit without "/", defined when it is first needed; one that is in no table is its own dimension."""
    table, registry = _table(), _registry()
    name = table.written.get(text, text)
    dimension = table.dimensions.get(name, name)
    base = f"{_pint_name(dimension)}_base"
    if base not in registry:
        registry.define(f"{base} = [{base}]")
    registry.define(f"{_pint_name(name)} = {table.factors.get(name, 1)} * {base}")
    return registry.Unit(_pint_name(name))


def _pint_name(text: str) -> str:
    """An identifier for any text: % and the like are none."""
    return "u_" + "_".join(f"{ord(c):x}" for c in text)


@cache
def _pint_unit(symbol_: str) -> Any:
    numerator, _, denominators = symbol_.partition("/")
    if numerator not in _table().dimensions:
        return _simple_unit(symbol_)
    unit = _simple_unit(numerator)
    for part in denominators.split("·") if denominators else ():
        unit = unit / _simple_unit(part)
    return unit


def compatible(one: str, other: str) -> bool:
    """Whether two symbols measure the same thing."""
    return one == other or bool(_pint_unit(one).dimensionality == _pint_unit(other).dimensionality)


@cache
def factor(from_symbol: str, to_symbol: str) -> Decimal:
    """How many of `to_symbol` one of `from_symbol` is. Raises UnitMismatchError."""
    if from_symbol == to_symbol:
        return Decimal(1)
    if not compatible(from_symbol, to_symbol):
        raise UnitMismatchError(f"{from_symbol} -> {to_symbol}")
    quantity = _registry().Quantity(Decimal(1), _pint_unit(from_symbol))
    magnitude: Decimal = quantity.to(_pint_unit(to_symbol)).magnitude
    return plain(magnitude)


def convert(value: Decimal, from_symbol: str, to_symbol: str) -> Decimal:
    """A value in another unit, exact where a decimal can be. Raises UnitMismatchError."""
    if from_symbol == to_symbol:
        return value
    if not compatible(from_symbol, to_symbol):
        raise UnitMismatchError(f"{from_symbol} -> {to_symbol}")
    there, back = factor(from_symbol, to_symbol), factor(to_symbol, from_symbol)
    # Of the two factors one is a short decimal; dividing by it is exact where multiplying is not.
    return plain(
        value * there if len(there.as_tuple().digits) <= len(back.as_tuple().digits) else value / back
    )


def base_value(value: Decimal, symbol_: str) -> Decimal:
    """A value in base units of its dimension, in which any two compatible values compare exactly."""
    quantity = _registry().Quantity(value, _pint_unit(symbol_))
    magnitude: Decimal = quantity.to_base_units().magnitude
    return plain(magnitude)


def options(symbol_: str) -> tuple[str, ...]:
    """The units that a person may choose for a target in this unit; the target's own comes first."""
    if not symbol_:
        return ()
    numerator, slash, denominators = symbol_.partition("/")
    dimension = _table().dimensions.get(numerator)
    if dimension is None:
        return (symbol_,)
    if dimension in _SHOWN:
        others: tuple[str, ...] = _SHOWN[dimension]
    elif dimension in _table().counting:
        others = (dimension, f"万{dimension}")
    else:
        same = (unit for unit, own in _table().dimensions.items() if own == dimension)
        others = tuple(unit for unit in same if unit[0] not in "十百千万亿")
    return tuple(dict.fromkeys([symbol_, *(other + slash + denominators for other in others)]))


def is_money(symbol_: str) -> bool:
    """Whether it is an amount of money (not a price)."""
    return _table().dimensions.get(symbol_) == _MONEY


def is_rate(symbol_: str) -> bool:
    """Whether it is a rate: %, ‰ or 比例."""
    return symbol_ in _PLAIN_RATES


def is_count(symbol_: str) -> bool:
    """Whether it counts things: 人, 件, 万条."""
    return _table().dimensions.get(symbol_) in _table().counting
