"""One file of page pictures: read page by page in a process of its own, kept, and made rows of."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import IO, Any

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, PageBox, Place, Row
from evaluator.scans.limits import MAX_PAGES, NEEDED, PAGE_SECONDS
from evaluator.scans.store import PageStore, kept


@dataclass(frozen=True, slots=True)
class PageRows:
    """A page's rows; those of its tables are numbered from 1 within the page."""

    number: int
    rows: tuple[Row, ...]


def is_installed() -> bool:
    """Whether the extra ``[scan]`` is there; nothing of it is imported."""
    return all(find_spec(name) for name in NEEDED)


def read_pages(
    content: bytes, file: str, store: PageStore | None, wanted: Collection[int] = ()
) -> tuple[list[PageRows], list[Finding]]:
    """The pages of an image file, or those of a PDF that are `wanted`, as rows with certainty and box.

    Without a store pictures are not to be read. Findings: scan-not-here, scan-extra-missing, and the rest of
    ``messages/scans.toml``.
    """
    place = Place(file)
    if store is None or not is_installed():
        part = f"第{'、'.join(map(str, wanted))}页"[:60] if wanted else ""
        return [], [finding("scan-extra-missing" if store else "scan-not-here", Place(file, part))]
    if len(wanted) > MAX_PAGES:
        return [], [finding("scan-too-long", place, limit=MAX_PAGES)]
    if store.writable:
        return _read_into(store.folder, content, file, store, wanted)
    with tempfile.TemporaryDirectory(prefix="evaluate-") as folder:
        for known in store.folder.glob("*.json"):
            shutil.copy(known, folder)
        return _read_into(Path(folder), content, file, store, wanted)


def _read_into(
    folder: Path, content: bytes, file: str, store: PageStore, wanted: Collection[int]
) -> tuple[list[PageRows], list[Finding]]:
    pages, findings = [], []
    for answer in _answers(content, folder, wanted):
        if "reading" in answer:
            store.tell(PurePosixPath(file).name, answer["number"], answer["count"])
            continue
        store.named.update({answer["sha256"]} if "sha256" in answer else ())
        page = kept(folder, answer["sha256"]) if "sha256" in answer else None
        refused = page["refused"] if page else answer.get("error", "scan-damaged")
        if refused:
            findings.append(_refusal(refused, file, answer.get("number", 0)))
        elif page:
            number = answer["number"]
            pages.append(PageRows(number, tuple(_rows(page, file, number, answer["sha256"]))))
            if not pages[-1].rows:
                findings.append(finding("scan-page-blank", Place(file, f"第{number}页")))
    read = sum(bool(page.rows) for page in pages)
    if read:
        findings.append(finding("scan-read", Place(file), pages=read))
    return pages, findings


def _refusal(code: str, file: str, number: int) -> Finding:
    place = Place(file, f"第{number}页" if number else "")
    if code == "scan-too-long":
        return finding(code, place, limit=MAX_PAGES)
    if code == "scan-too-slow":
        return finding(code, place, seconds=PAGE_SECONDS)
    return finding(code, place)


def _answers(content: bytes, folder: Path, wanted: Collection[int]) -> Iterator[dict[str, Any]]:
    """What `evaluator.scans.worker` says of each page; it is ended where one takes too long."""
    command = [sys.executable, "-m", "evaluator.scans.worker", str(folder), ",".join(map(str, wanted))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        threading.Thread(target=_hand_over, args=(process.stdin, content), daemon=True).start()
        number = 1  # of the page that is being read
        while True:
            late = threading.Timer(PAGE_SECONDS, process.kill)
            late.start()
            line = process.stdout.readline()
            slow = not late.is_alive()
            late.cancel()
            if not line.endswith(b"\n"):  # nothing more, or no more than a part of it
                break
            answer = json.loads(line)
            number = answer.get("number", number) + ("reading" not in answer)
            yield answer
        if slow or process.wait():
            yield {"error": "scan-too-slow" if slow else "scan-damaged", "number": number}


def _hand_over(stream: IO[bytes], content: bytes) -> None:
    try:
        with stream:
            stream.write(content)
    except OSError:
        pass  # the process has ended, and its answer says why


def _rows(page: dict[str, Any], file: str, number: int, sha256: str) -> Iterator[Row]:
    tables = lines = 0
    for block in page["blocks"]:
        tables, lines = tables + bool(block["table"]), lines + (not block["table"])
        part = f"第{number}页表{tables}" if block["table"] else f"第{number}页"
        rows: dict[int, list[Cell]] = {}
        for row, column, text, certainty, corners in block["cells"]:
            cell = f"R{row + 1}C{column + 1}" if block["table"] else f"第{lines}行"
            box = PageBox(number, sha256, *corners)
            rows.setdefault(row, []).append(Cell(text, Place(file, part, cell), column, certainty, box))
        yield from (Row(tuple(cells), tables if block["table"] else 0) for cells in rows.values())
