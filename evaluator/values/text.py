"""Text as people type it: normal forms, exact numbers, names that are safe as file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from itertools import pairwise

CENT = Decimal("0.01")
_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b\u200c\u200d\ufeff]+")
_WIDE = r"[\u2018-\u201d\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]"
_WRAPPED = re.compile(rf"(?<={_WIDE})[^\S\n]*\n\s*(?={_WIDE})")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_APART = re.compile(r"\d[\s\u00a0\u3000\u200b\u200c\u200d\ufeff]+\d")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?")
_NAME_BYTES = 120
_WIDE_ENOUGH = 80  # quantize() raises where the result has more digits than the context
_KEPT = 8192  # texts; the words of forms come again and again
_LONGEST = 24  # more digits than money ever has; keeps every Decimal exact


@lru_cache(maxsize=_KEPT)
def tidy(text: str) -> str:
    """Fold runs of white space (full-width, non-breaking and zero-width too) into one space; strip.

    A line break between two Chinese characters is where a cell was too narrow: it leaves no space.
    """
    return _BLANKS.sub(" ", _WRAPPED.sub("", text)).strip()


@lru_cache(maxsize=_KEPT)
def squash(text: str) -> str:
    """NFKC without any white space: the form in which words are compared, never shown."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def joins_digits(text: str) -> bool:
    """Whether folding would make one number of digits that stand apart: ``1 2``, ``95①``, ``10³``."""
    return _APART.search(text) is not None or has_marked_digits(text)


def has_marked_digits(text: str) -> bool:
    """Whether a raised or circled digit touches a number: ``95①``, ``10³``."""
    return any((_is_mark(a) and b.isdecimal()) or (a.isdecimal() and _is_mark(b)) for a, b in pairwise(text))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "No"


def decimal_from_text(text: str) -> Decimal | None:
    """A plain number with optional sign and thousands separators, full-width digits too; else None.

    ``nan``, ``inf``, ``1_000``, ``1,5``, ``1 2``, ``95①`` and exponents are not numbers here.
    """
    if joins_digits(text):
        return None
    compact = squash(text).replace("−", "-")
    if not _NUMBER.fullmatch(compact) or len(compact) > _LONGEST:
        return None
    return Decimal(compact.replace(",", ""))


def decimal_from_float(value: float) -> Decimal:
    """The decimal number that Excel shows for a stored float (15 significant digits)."""
    return plain(Decimal(format(value, ".15g")))


def half_up(value: Decimal, step: Decimal = CENT) -> Decimal:
    """Round half up (away from zero, as Excel's ROUND) to `step`, 0.01 by default."""
    with localcontext(prec=_WIDE_ENOUGH):
        return value.quantize(step, rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and without trailing zeros after the point."""
    if not value.is_finite():
        return value
    # int() has no limit of digits, where quantize() has.
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def show(value: Decimal | None) -> str:
    """A number for people: no exponent, no superfluous zeros; empty for None."""
    return "" if value is None else format(plain(value), "f")


def safe_name(name: str) -> str:
    """A file name stem made of `name` that is valid on Windows, macOS and Linux and never a path.

    Long names are cut to 120 bytes and end in a digest of the whole, so that two stay two.
    """
    stem = _UNSAFE.sub("_", unicodedata.normalize("NFC", tidy(name))).strip(" .")
    if not stem or _RESERVED.fullmatch(stem) or stem.startswith("~"):  # ~$ is how Excel marks its locks
        stem = f"_{stem}"
    if len(stem.encode()) > _NAME_BYTES:
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        stem = stem.encode()[: _NAME_BYTES - 9].decode(errors="ignore").rstrip(" .") + f"-{digest}"
    return stem
