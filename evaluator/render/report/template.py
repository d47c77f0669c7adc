"""docxtpl's template, without a search that most reports have no need of."""

from __future__ import annotations

import re
from typing import Any

from docxtpl import DocxTemplate

_LISTING = re.compile("[\t\a\n\f]")


class Template(DocxTemplate):  # type: ignore[misc]
    """A Word template; tabs and line breaks in what is filled in are looked for only where there are any."""

    def resolve_listing(self, xml: str) -> Any:
        """The same XML with tabs, breaks and new paragraphs for the characters that mean them."""
        return super().resolve_listing(xml) if _LISTING.search(xml.partition("?>")[2].lstrip()) else xml
