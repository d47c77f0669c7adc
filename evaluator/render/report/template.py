"""docxtpl's template, which does for many reports once what it does for each: to read and compile itself."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from evaluator.render.book import printable

_LISTING = re.compile("[\t\a\n\f]")
_KEPT = 32  # parts of templates: body, headers, footers, properties


class WordTemplate(DocxTemplate):  # type: ignore[misc]
    """A Word template; tabs and line breaks in what is filled in are looked for only where there are any."""

    def patch_xml(self, src_xml: str) -> str:
        """The XML with its marks put right, as docxtpl does."""
        return _patched(src_xml)

    def resolve_listing(self, xml: str) -> Any:
        """The same XML with tabs, breaks and new paragraphs for the characters that mean them."""
        return super().resolve_listing(xml) if _LISTING.search(xml.partition("?>")[2].lstrip()) else xml


@lru_cache(_KEPT)
def _patched(xml: str) -> str:
    patched: str = DocxTemplate.patch_xml(DocxTemplate(None), xml)
    return patched


class _Environment(ImmutableSandboxedEnvironment):
    """A template comes from somebody's mail: it may fill in text, and do nothing else on this machine."""

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        """The compiled template, the same one for the same text."""
        return super().from_string(source) if args or kwargs else self._compiled(source)

    @lru_cache(_KEPT)  # noqa: B019 - there is one environment, and it stays
    def _compiled(self, source: str) -> Template:
        return super().from_string(source)


@cache
def environment() -> _Environment:
    """Where templates are rendered: strict about variables, and told to escape by docxtpl."""
    return _Environment(undefined=StrictUndefined, finalize=_clean)


def _clean(value: object) -> object:
    """Text without the characters that Word documents cannot hold."""
    return printable(value) if isinstance(value, str) else value
