"""Units of measure: a closed table of symbols (``vocabulary/units.toml``), converted by pint in Decimal.

pint is only ever given symbols of the table, never what a person typed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Any

from evaluator.values.text import plain, squash

if TYPE_CHECKING:
    from pint import UnitRegistry

_SPLIT = re.compile(r"[·*×・•∙‧⋅.、,]")
_SAID_AGAIN = re.compile(r"(?P<unit>[^()]+)\((?P<again>[^()]+)\)")
_PER = re.compile(r"每")
_PER_SHOWN = {"个月": "月", "个季度": "季度"}  # 5个月, but 元/月
_TIMES = frozenset({"时间", "工作日", "月", "季度", "半年", "年", "学期", "学年"})  # 元/月·人 is 元/人·月
_PERSON_TIMES = frozenset({"人天", "人月", "人年", "床日"})
_MONEY, _RATE, _PRICE = "金额", "比率", "单价"
_WAN = Decimal(10000)
_LONGEST = 40
_DIGITS = 60  # while converting; what comes out has the usual 28


class UnitMismatchError(ValueError):
    """Two units that measure different things."""


@dataclass(frozen=True)
class UnitTable:
    """The table by symbol: dimension and how many base units; every way to write a symbol; drop-downs."""

    dimensions: Mapping[str, str]
    factors: Mapping[str, Decimal]
    counting: frozenset[str]
    written: Mapping[str, str]
    multipliers: Mapping[str, Decimal]
    offered: Mapping[str, tuple[str, ...]]


@cache
def _table() -> UnitTable:
    text = resources.files("evaluator").joinpath("vocabulary", "units.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    dimensions: dict[str, str] = {}
    factors: dict[str, Decimal] = {}
    for measure, units in data["dimensions"].items():
        for symbol_, times in units.items():
            dimensions[symbol_], factors[symbol_] = measure, Decimal(times)
    for symbol_ in data["counting"]:
        dimensions[symbol_], factors[symbol_] = symbol_, Decimal(1)
    written = {squash(symbol_): symbol_ for symbol_ in dimensions}
    for symbol_, aliases in data["aliases"].items():
        written.update({squash(alias): symbol_ for alias in aliases})
    table = UnitTable(
        dimensions=dimensions,
        factors=factors,
        counting=frozenset(data["counting"]),
        written=written,
        multipliers={word: Decimal(times) for word, times in data["multipliers"].items()},
        offered={name: tuple(units) for name, units in data["offered"].items()},
    )
    _multiply(dimensions, factors, written, table.multipliers)
    return table


def _multiply(
    dimensions: dict[str, str],
    factors: dict[str, Decimal],
    written: dict[str, str],
    multipliers: Mapping[str, Decimal],
) -> None:
    """Add 万人, 百万条 and the like; 万元 stands in the table, and no rate has any."""
    for text, symbol_ in list(written.items()):
        if dimensions[symbol_] in (_MONEY, _RATE):
            continue
        for prefix, times in multipliers.items():
            bigger = prefix + symbol_
            dimensions.setdefault(bigger, dimensions[symbol_])
            factors.setdefault(bigger, factors[symbol_] * times)
            written.setdefault(prefix + text, bigger)


@lru_cache(maxsize=4096)
def symbol(text: str) -> str | None:
    """The symbol that a unit's text means (百分比 is %, 元/人*月 is 元/人·月), or None.

    Compound units are a numerator and what it is per, joined by ``/`` and ``·``, times last.
    """
    compact = squash(text)
    if compact.startswith("(") and compact.endswith(")"):
        compact = compact[1:-1]
    if not compact or len(compact) > _LONGEST:
        return None
    known = _table().written
    if compact in known:
        return known[compact]
    again = _SAID_AGAIN.fullmatch(compact)
    if again and (own := symbol(again["unit"])):  # %(百分比), 公里(km)
        return own if own == symbol(again["again"]) else None
    return _compound(compact) if "/" in compact or _PER.search(compact) else None


def _compound(compact: str) -> str | None:
    """元/人*月, 元/(人·月), 元/生/年, 元每人每月 -> a numerator and its denominators."""
    table = _table()
    head, *rest = [piece for piece in re.split(r"[/每]", compact) if piece] or [""]
    numerator = table.written.get(head)
    parts = [part for piece in rest for part in _SPLIT.split(piece.strip("()")) if part]
    denominators = [_denominators(part) for part in parts]
    if numerator is None or not parts or not all(denominators):
        return None
    known = sorted(chain.from_iterable(denominators), key=lambda part: table.dimensions[part] in _TIMES)
    return f"{numerator}/{'·'.join(_PER_SHOWN.get(part, part) for part in known)}"


def _denominators(part: str) -> tuple[str, ...]:
    """The units that a piece after "/" names: 人年 is 人 and 年 there."""
    table = _table()
    whole = table.written.get(part)
    if whole and whole not in _PERSON_TIMES:
        return (whole,)
    for cut in range(1, len(part)):
        one, time = table.written.get(part[:cut]), table.written.get(part[cut:])
        if one and time and table.dimensions[time] in _TIMES and table.dimensions[one] not in _TIMES:
            return one, time
    return ()


def multiplier(text: str) -> Decimal | None:
    """How many 万, 百万, 亿 and the like are where they stand without a unit; None for anything else."""
    return _table().multipliers.get(text)


def in_money(text: str) -> tuple[Decimal, str] | None:
    """万, 亿 or 百万 alone, or per something (万/月), as money: how many of which symbol; None for others."""
    amount, slash, per = text.partition("/")
    times = multiplier(amount)
    if times is None:
        return None
    own = symbol(f"{amount}元{slash}{per}")
    if own:
        return Decimal(1), own
    wan = symbol(f"万元{slash}{per}")
    return (times / _WAN, wan) if wan else None


def dimension(symbol_: str) -> str:
    """What a symbol measures, in words: 金额, 面积, 人, 金额/人·月; a unit of no table is its own."""
    table = _table()
    numerator, slash, denominators = symbol_.partition("/")
    if numerator not in table.dimensions:
        return symbol_
    parts = (table.written.get(part, part) for part in denominators.split("·"))
    return table.dimensions[numerator] + slash + "·".join(table.dimensions.get(part, part) for part in parts)


@cache
def _registry() -> UnitRegistry[Any]:
    from pint import UnitRegistry as Registry

    registry: UnitRegistry[Any] = Registry(None, non_int_type=Decimal)
    return registry


@cache
def _simple_unit(name: str) -> Any:
    """A unit without "/", defined when it is first needed; one that is in no table is its own dimension."""
    table, registry = _table(), _registry()
    known = table.dimensions.get(name)
    # A unit of no table that is called like a dimension (面积) must not fall into it.
    base = f"{_pint_name(known)}_base" if known else f"{_pint_name(name)}_alone"
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
        unit = unit / _simple_unit(_table().written.get(part, part))
    return unit


def compatible(one: str, other: str) -> bool:
    """Whether two symbols measure the same thing."""
    return one == other or bool(_pint_unit(one).dimensionality == _pint_unit(other).dimensionality)


@cache
def _base_factor(symbol_: str) -> Decimal:
    """How many base units of its dimension one of a symbol is."""
    with localcontext(prec=_DIGITS):
        quantity = _registry().Quantity(Decimal(1), _pint_unit(symbol_))
        magnitude: Decimal = quantity.to_base_units().magnitude
    return magnitude


def _rounded(value: Decimal) -> Decimal:
    """To the 28 digits of the caller's context, written without superfluous zeros."""
    value = +value
    with localcontext(prec=_DIGITS):
        return plain(value)


def factor(from_symbol: str, to_symbol: str) -> Decimal:
    """How many of `to_symbol` one of `from_symbol` is. Raises UnitMismatchError."""
    return convert(Decimal(1), from_symbol, to_symbol)


def convert(value: Decimal, from_symbol: str, to_symbol: str) -> Decimal:
    """A value in another unit, exact where 28 digits can be. Raises UnitMismatchError."""
    if from_symbol == to_symbol:
        return value
    if not compatible(from_symbol, to_symbol):
        raise UnitMismatchError(f"{from_symbol} -> {to_symbol}")
    with localcontext(prec=_DIGITS):
        result = value * _base_factor(from_symbol) / _base_factor(to_symbol)
    return _rounded(result)


def base_value(value: Decimal, symbol_: str) -> Decimal:
    """A value in base units of its dimension, in which any two compatible values compare exactly."""
    with localcontext(prec=_DIGITS):
        result = value * _base_factor(symbol_)
    return _rounded(result)


def options(symbol_: str) -> tuple[str, ...]:
    """The units that a person may choose for a target in this unit; the target's own comes first."""
    if not symbol_:
        return ()
    table = _table()
    numerator, slash, denominators = symbol_.partition("/")
    known = table.dimensions.get(numerator)
    if known is None:
        return (symbol_,)
    if known in table.counting:
        others: tuple[str, ...] = (known, f"万{known}")
    else:
        others = table.offered.get(_PRICE if slash and known == _MONEY else known, ())
    return tuple(dict.fromkeys([symbol_, *(other + slash + denominators for other in others)]))


def is_money(symbol_: str) -> bool:
    """Whether it is an amount of money (not a price)."""
    return _table().dimensions.get(symbol_) == _MONEY


def measures_money(symbol_: str) -> bool:
    """Whether it is money, be it an amount or a price."""
    return dimension(symbol_).startswith(_MONEY)


def is_rate(symbol_: str) -> bool:
    """Whether it is a rate: %, ‰ or 比例."""
    return _table().dimensions.get(symbol_) == _RATE


def is_duration(symbol_: str) -> bool:
    """Whether it measures how long something lasts: 天, 工作日, 个月."""
    return _table().dimensions.get(symbol_) in _TIMES


def is_count(symbol_: str) -> bool:
    """Whether it counts things: 人, 件, 万条."""
    return _table().dimensions.get(symbol_) in _table().counting
