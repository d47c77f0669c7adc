"""Links from the page to the files that are delivered with it."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote

from evaluator.records.approved import Project
from evaluator.records.evaluation import UnitEvaluation
from evaluator.render import file_names

_OF_UNIT = (
    (file_names.SUMMARY, "汇总表"),
    (file_names.REPORT, "自评报告"),
    (file_names.TO_DO, "待改清单"),
    (file_names.EVALUATION, "供机器读取的结果"),
    (file_names.MANIFEST, "交付清单"),
    (file_names.CHECKSUMS, "指纹"),
)
_LAST = frozenset({file_names.MANIFEST, file_names.CHECKSUMS})
"""Written after the page, so they are not among the files that lie beside it by then."""

Link = dict[str, str]


def unit_links(unit: UnitEvaluation, delivered: Collection[str]) -> list[Link]:
    """The files of the whole unit, then whatever else is delivered and belongs to no project."""
    if not delivered:
        return []
    known = [(name, what) for name, what in _OF_UNIT if name in delivered or name in _LAST]
    own = {link["name"] for item in unit.evaluations for link in project_links(item.project, delivered)}
    rest = [name for name in delivered if name not in own | dict(known).keys()]
    return [_link(name, what) for name, what in (*known, *((name, name) for name in rest))]


def project_links(project: Project, delivered: Collection[str]) -> list[Link]:
    """The files of one project."""
    files = (
        (file_names.score_sheet(project), "自评表"),
        (file_names.import_sheet(project), "系统导入表"),
        (file_names.project_report(project), "自评报告"),
    )
    return [_link(name, what) for name, what in files if name in delivered]


def _link(name: str, what: str) -> Link:
    return {"name": name, "what": what, "href": quote(name)}
