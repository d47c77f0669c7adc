"""Values: what a text says, as number, unit, date, range or target.

In comes the text of one cell; out goes a Decimal, a date or a `Target`, with findings where it is unclear.
It knows units, operators and wordings (``vocabulary/*.toml``), and must not know rows, forms or rules.
"""
