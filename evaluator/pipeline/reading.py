"""One form as received: read, proofread where it was a picture, made projects of."""

from __future__ import annotations

from pathlib import Path

from evaluator.forms import FormReading, read_forms
from evaluator.forms.vocabulary import Vocabulary, speaking
from evaluator.pipeline.workspace import Workspace
from evaluator.proofreading import repaired, with_scans
from evaluator.readers import read_source
from evaluator.records.findings import Finding
from evaluator.scans.store import PageStore
from evaluator.tables import AS_READ

PAGES = "scans"
"""The folder beside the tables as read that keeps pages read from pictures; it may be deleted at any time."""


def pages_folder(workspace: Workspace, year: int) -> Path:
    """Where the pages of a year that were read from pictures are kept."""
    return workspace.targets(year) / AS_READ / PAGES


def page_store(workspace: Workspace, year: int, *, keep: bool) -> PageStore:
    """Where pages that are pictures are read once and kept, where `keep` allows anything to be written."""
    return PageStore(pages_folder(workspace, year), workspace.tell, writable=keep)


def read_form(
    workspace: Workspace, path: Path, year: int, words: Vocabulary | None, pages: PageStore | None = None
) -> tuple[FormReading | None, list[Finding]]:
    """A file of approved forms as projects; None where it could not be read, which the findings say.

    `pages` is where those are kept that are pictures; without it nothing is written.
    """
    pages = pages or page_store(workspace, year, keep=False)
    source, findings = read_source(path, workspace.root, pages)
    if source is None:
        return None, findings
    with speaking(words):
        source = repaired(source)
        return with_scans(read_forms(source, year, words), source), findings
