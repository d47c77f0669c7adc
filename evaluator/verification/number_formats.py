"""Number formats of a workbook (ECMA-376 part 1, §18.8.31): are two the same, and do they show the number?"""

from __future__ import annotations

import re

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|(?P<bracket>\[[^\]]*\])|(?P<general>General)|(?P<code>[0#?.,%@;ymdhsaepgbYMDHSAEPGB])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_LITERAL = ("quoted", "escaped", "currency", "plain")

Token = tuple[str, str]


def tokens(code: str) -> tuple[Token, ...]:
    """A format as (kind, text), however its literals are quoted: ``0"件"`` and ``0\\件`` are the same."""
    found: list[Token] = []
    for match in _PIECE.finditer(code or "General"):
        kind = match.lastgroup or "plain"
        text = match[kind] or ""
        if kind in ("gap", "fill"):
            continue
        if kind in _LITERAL:
            before = found.pop()[1] if found and found[-1][0] == "literal" else ""
            if before or text:
                found.append(("literal", before + text))
        else:
            found.append((kind, text.casefold()))
    return tuple(found)


def shown_instead(code: str) -> str | None:
    """What every number is shown as under a format without a place for it; None where there is a place.

    The first section counts: it is what positive numbers are shown by.
    """
    first: list[Token] = []
    for token in tokens(code):
        if token == ("code", ";"):
            break
        first.append(token)
    if any(kind in ("code", "general") for kind, _ in first):
        return None
    return "".join(text for kind, text in first if kind == "literal")
