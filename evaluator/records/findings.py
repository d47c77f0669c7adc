"""Findings: what a person should know or do, as data with a place and a sentence in Chinese.

The catalogue of sentences is data: ``evaluator/messages/*.toml``, one table a code, e.g.

    [unit-mismatch]
    severity = "error"        # error: not scored - warning: scored, please look - note: what was normalised
    title = "计量单位不符"
    text = "完成值的单位“{unit}”与目标值的单位“{target}”不是同一类"
    remedy = "请改用“{target}”填写"

`text` and `remedy` may use the details given with the finding, and nothing else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from string import Formatter

from evaluator.records.source import Place


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The Chinese word that people see."""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the catalogue; `topic` is the file that it stands in (``checks``, ``actuals``, ...)."""

    code: str
    severity: Severity
    title: str
    text: str
    remedy: str
    topic: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """Names of the details that the sentences use."""
        parts = (*Formatter().parse(self.text), *Formatter().parse(self.remedy))
        return frozenset(name for _, name, _, _ in parts if name)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found: a code of the catalogue, a place, and the details of the sentence.

    `project` is the project's key and `indicator` its code, empty where the finding is not about one.
    """

    code: str
    place: Place
    details: tuple[tuple[str, str], ...] = ()
    project: str = ""
    indicator: str = ""

    @property
    def severity(self) -> Severity:
        """Severity as the catalogue has it."""
        return catalogue()[self.code].severity

    @property
    def title(self) -> str:
        """A few words that name the kind of finding."""
        return catalogue()[self.code].title

    @property
    def text(self) -> str:
        """What was found, a Chinese sentence without its full stop."""
        return catalogue()[self.code].text.format_map(dict(self.details))

    @property
    def remedy(self) -> str:
        """What to do, a Chinese sentence without its full stop; may be empty on notes."""
        return catalogue()[self.code].remedy.format_map(dict(self.details))

    @property
    def sentence(self) -> str:
        """Text and remedy as one paragraph."""
        return f"{self.text}。{self.remedy}。" if self.remedy else f"{self.text}。"


@cache
def catalogue() -> dict[str, Message]:
    """All messages by code. Raises ValueError if two files define one code or a key is unknown."""
    messages: dict[str, Message] = {}
    for entry in sorted(resources.files("evaluator").joinpath("messages").iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        for code, table in tomllib.loads(entry.read_text(encoding="utf-8")).items():
            if code in messages:
                raise ValueError(f"{entry.name}: {code} is defined twice")
            if set(table) != {"severity", "title", "text", "remedy"}:
                raise ValueError(f"{entry.name}: {code} needs severity, title, text and remedy, and no more")
            messages[code] = Message(
                code,
                Severity(table["severity"]),
                table["title"],
                table["text"],
                table["remedy"],
                entry.name.removesuffix(".toml"),
            )
    return messages


def finding(
    code: str, place: Place, /, *, project: str = "", indicator: str = "", **details: object
) -> Finding:
    """Make a finding; raises ValueError where the code or its details are not the catalogue's (a bug)."""
    message = catalogue().get(code)
    if message is None:
        raise ValueError(f"no message for {code}")
    if message.fields != set(details):
        raise ValueError(f"{code} takes {sorted(message.fields)}, not {sorted(details)}")
    pairs = tuple(sorted((name, str(value)) for name, value in details.items()))
    return Finding(code, place, pairs, project, indicator)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is of severity error (exit code 1)."""
    return any(item.severity is Severity.ERROR for item in findings)


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; within one severity in the order given."""
    order = list(Severity)
    return sorted(findings, key=lambda item: order.index(item.severity))
