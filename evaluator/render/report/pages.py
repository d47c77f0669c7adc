"""The pages of a report's headings, as LibreOffice lays it out: Word documents do not know them.

Another program, version or font may lay it out otherwise, so the numbers are an answer to be kept with the
delivery (they stand in its manifest), and not a property of the report.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_SECONDS = 120


def office() -> str | None:
    """The program, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def heading_pages(reports: Sequence[Path]) -> list[tuple[int, ...]]:
    """For each report, the page of each heading in order, from 1; none where LibreOffice does not say."""
    program = office()
    if program is None:
        return [()] * len(reports)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        copies = [folder / f"{at}.docx" for at in range(len(reports))]
        for report, copy in zip(reports, copies, strict=True):
            shutil.copyfile(report, copy)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        try:
            subprocess.run(
                [*command, "--convert-to", "pdf", "--outdir", str(folder), *map(str, copies)],
                check=True, capture_output=True, timeout=_SECONDS * len(copies), stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            return [()] * len(reports)
        return [_outline_pages(copy.with_suffix(".pdf")) for copy in copies]


def _outline_pages(pdf: Path) -> tuple[int, ...]:
    from pdfminer.pdfdocument import PDFDocument, PDFNoOutlines
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1

    try:
        with pdf.open("rb") as stream:
            document = PDFDocument(PDFParser(stream))
            numbers = {page.pageid: at for at, page in enumerate(PDFPage.create_pages(document), 1)}
            targets = [
                _target(resolve1(dest), resolve1(action)) for _, _, dest, action, _ in document.get_outlines()
            ]
            return tuple(numbers[target.objid] for target in targets)
    except (OSError, PDFNoOutlines, KeyError, AttributeError, TypeError, IndexError):
        return ()


def _target(destination: Any, action: Any) -> Any:
    """The page that an entry of the outline goes to."""
    found = destination or action["D"]
    return found[0]
