"""Addresses of cells in a sheet: a column's letters and its number, which counts from 1."""

from __future__ import annotations

from functools import cache


@cache
def column_letters(number: int) -> str:
    """``G`` for 7, ``AA`` for 27."""
    before, last = divmod(number - 1, 26)
    return (column_letters(before) if before else "") + chr(ord("A") + last)


def column_number(letters: str) -> int:
    """7 for ``G``, 27 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
