"""Reads the pages of one file, on standard input, into a folder; one line of JSON a page on standard output.

Run in a process of its own (see `evaluator.scans.reading`): the libraries hold a few hundred megabytes, and a
broken file may keep them busy for ever or end the process. Arguments: the folder, and the pages wanted of a
PDF. A line is ``{"count", "number", "sha256"}``, and ``{"count", "number", "reading"}`` before a page that is
not kept yet; or it has ``"error"``, the code of a finding.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from evaluator.scans.limits import MAX_MEMORY
from evaluator.scans.page import PageReading, read_page
from evaluator.scans.pictures import PageError, PagePicture, page_pictures
from evaluator.scans.store import kept, picture_path, reading_path, write_page

_QUALITY: Final = 70
_KEPT: Final = 0.6  # of the straightened page's size: legible, and small


def main() -> None:
    """Read one file from standard input."""
    _bound_memory()
    logging.disable(logging.CRITICAL)
    import cv2

    cv2.setNumThreads(1)
    folder = Path(sys.argv[1])
    wanted = frozenset(int(number) for number in sys.argv[2].split(",") if number)
    for line in answers(sys.stdin.buffer.read(), wanted, folder):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def answers(content: bytes, wanted: frozenset[int], folder: Path) -> Iterator[dict[str, Any]]:
    """What is said of each page; its reading and its picture are written to `folder`, once."""
    number = 0
    try:
        for page in page_pictures(content, wanted):
            number = number + 1 if isinstance(page, PageError) else page.number
            if isinstance(page, PageError):
                yield {"number": number, "error": page.code}
                continue
            if not kept(folder, page.sha256):
                yield {"count": page.count, "number": page.number, "reading": True}
                _write(folder, page, read_page(page.picture))
            yield {"count": page.count, "number": page.number, "sha256": page.sha256}
    except PageError as error:
        yield {"error": error.code}


def _write(folder: Path, page: PagePicture, reading: PageReading) -> None:
    import cv2

    small = cv2.resize(reading.picture, None, fx=_KEPT, fy=_KEPT, interpolation=cv2.INTER_AREA)
    _, packed = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    write_page(picture_path(folder, page.sha256), packed.tobytes())
    height, width = reading.picture.shape[:2]
    blocks = [
        {
            "table": block.table,
            "cells": [
                [c.row, c.column, c.text.text, round(c.text.certainty, 3), _corners(c.text.box)]
                for c in block.cells
            ],
        }
        for block in reading.blocks
    ]
    text = json.dumps(
        {"refused": reading.refused, "size": [width, height], "blocks": blocks}, ensure_ascii=False
    )
    write_page(reading_path(folder, page.sha256), text.encode())


def _corners(box: Any) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):  # a system that sets no such bound, or a lower one
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    os.environ.setdefault("OMP_NUM_THREADS", "1")


if __name__ == "__main__":
    main()
