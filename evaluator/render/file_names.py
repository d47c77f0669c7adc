"""Names of the delivered files; a project's key is already safe as part of one."""

from __future__ import annotations

from evaluator.records.approved import Project

SUMMARY = "自评结果汇总表.xlsx"
REPORT = "自评报告.docx"
PAGE = "index.html"
EVALUATION = "evaluation.json"
MANIFEST = "manifest.json"
CHECKSUMS = "校验.sha256"
TO_DO = "待改清单.xlsx"


def project_report(project: Project) -> str:
    """Name of a project's own written report (自评报告)."""
    return f"{project.key}-{REPORT}"


def score_sheet(project: Project) -> str:
    """Name of a project's score sheet (自评表)."""
    return f"{project.key}-自评表.xlsx"


def detail_page(project: Project) -> str:
    """Name of the page of one project of a large unit."""
    return f"{project.key}-明细.html"


def import_sheet(project: Project) -> str:
    """Name of the sheet that the province's system imports (系统导入表)."""
    return f"{project.key}-系统导入表.xlsx"
