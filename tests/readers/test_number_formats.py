"""Numbers and dates as the person sees them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from evaluator.readers.number_formats import Shown, show_date, show_number


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        ("29.68", "General", "29.68"),
        ("29.68", "@", "29.68"),
        ("29.680", "G/通用格式", "29.68"),
        ("100", "0", "100"),
        ("29.7", "0.00", "29.70"),
        ("29.7", "0.##", "29.7"),
        ("29", "0.##", "29"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("0.95", "0%", "95%"),
        ("0.955", "0.0%", "95.5%"),
        ("95", '"≥"0"%"', "≥95%"),
        ("29.68", '0.00"万元"', "29.68万元"),
        ("29.68", r"0.00\元", "29.68元"),
        ("7", "000", "007"),
        ("-5", "0", "-5"),
        ("-5", "0.00_);(0.00)", "(5.00)"),
        ("-5", "0_);(0);0", "(5)"),
        ("0", '0;-0;"-"', "-"),
        ("0", '0"件";-0', "0件"),
        ("1200", '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ', "¥1,200.00"),
        ("1200", "[$￥-804]#,##0", "￥1,200"),
        ("5", "[Red]0", "5"),
        ("12000", "0,", "12"),
    ],
)
def test_number__ok(value: str, pattern: str, text: str) -> None:
    assert show_number(Decimal(value), pattern) == Shown(text)


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        ("1.005", "0.00", "1.01"),
        ("33.333", "0", "33"),
        ("0.955", "0%", "96%"),
        ("12345", "0,", "12"),
        ("5", '"有"', "有"),
    ],
)
def test_number__rounded(value: str, pattern: str, text: str) -> None:
    assert show_number(Decimal(value), pattern) == Shown(text, exact=False)


@pytest.mark.parametrize("pattern", ["0.00E+00", "# ?/?", '0!.0,"万"', "[>=100]0;0.00", ";;;"])
def test_number__unknown(pattern: str) -> None:
    assert show_number(Decimal("12345"), pattern) == Shown("12345", known=False)


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (datetime(2026, 12, 31), "yyyy-mm-dd", "2026年12月31日"),
        (datetime(2026, 12, 31), "mm-dd-yy", "2026年12月31日"),
        (datetime(2026, 12, 31), 'yyyy"年"m"月"d"日";@', "2026年12月31日"),
        (datetime(2026, 12, 1), 'yyyy"年"m"月"', "2026年12月"),
        (datetime(2026, 12, 1), "[$-804]yyyy/m", "2026年12月"),
        (datetime(2026, 1, 1), "yyyy", "2026年"),
        (datetime(2026, 6, 30), 'm"月"d"日"', "6月30日"),
        (datetime(2026, 6, 30, 8, 5), "yyyy/m/d h:mm", "2026年6月30日 08:05"),
        (date(2026, 6, 30), "General", "2026年6月30日"),
        (time(8, 5), "h:mm", "08:05"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    ],
)
def test_date__ok(value: date | time | timedelta, pattern: str, text: str) -> None:
    assert show_date(value, pattern) == text
