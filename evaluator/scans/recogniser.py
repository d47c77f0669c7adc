"""Recognition of one line of text: its letters, and how sure the least sure of them is.

The model (PP-OCRv6, Apache-2.0) lies in the wheel of rapidocr and is run by onnxruntime directly: so each
letter keeps its own certainty and its place on the line, and no code that could fetch anything is imported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from evaluator.scans.ink import Picture
from evaluator.scans.ruling import Box

HEIGHT: Final = 48  # pixels of a line as the model wants it
_STEP: Final = 8  # pixels of the line behind one step of the model's answer
_WIDEST: Final = 3200
_MODEL: Final = "models/PP-OCRv6_rec_small.onnx"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its certainty (0 to 1) and where on the line it stands (0 to 1 of its width)."""

    text: str
    certainty: float
    at: float


def model_path() -> Path | None:
    """Where the model lies; None where rapidocr is not installed or came without it."""
    spec = find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0]) / _MODEL if folders else None
    return path if path and path.is_file() else None


@cache
def _model() -> tuple[Any, tuple[str, ...]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # its memory grows with the widest line and never shrinks
    options.log_severity_level = 4
    path = model_path()
    if path is None:
        raise FileNotFoundError(_MODEL)
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    letters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ("", *letters, " ")


def recognise(line: Picture) -> list[Letter]:
    """The letters of a line, a grey picture cut close around them."""
    session, alphabet = _model()
    answer = session.run(None, {session.get_inputs()[0].name: _prepared(line)})[0][0]
    return _decoded(answer, alphabet)


def crop_margin(line: Box) -> int:
    """Pixels of paper on the left and the right of a line's picture."""
    return 2 * max(3, (line.bottom - line.top) // 8)


def crop(grey: Picture, line: Box) -> Picture:
    """The picture of a line with a little paper around it, as the model is used to."""
    wide = crop_margin(line)
    top, left = max(line.top - wide // 2, 0), max(line.left - wide, 0)
    return grey[top : line.bottom + wide // 2, left : line.right + wide]


def _prepared(line: Picture) -> NDArray[np.float32]:
    height, width = line.shape
    wide = min(max(math.ceil(HEIGHT * width / height), HEIGHT), _WIDEST)
    resized = cv2.resize(line, (wide, HEIGHT)).astype(np.float32) / 127.5 - 1
    padded = np.ones((HEIGHT, math.ceil(wide / _STEP) * _STEP), np.float32)
    padded[:, :wide] = resized
    return np.broadcast_to(padded, (1, 3, *padded.shape)).copy()


def _decoded(answer: NDArray[np.float32], alphabet: tuple[str, ...]) -> list[Letter]:
    """The letters of the model's answer (steps x letters): repeats are one, the first is none at all."""
    best, sure = answer.argmax(axis=1), answer.max(axis=1)
    letters: list[Letter] = []
    before = 0
    for step, (index, certainty) in enumerate(zip(best.tolist(), sure.tolist(), strict=True)):
        if index and index != before:
            letters.append(Letter(alphabet[index], certainty, (step + 0.5) / len(best)))
        elif index:
            last = letters[-1]
            letters[-1] = Letter(last.text, max(last.certainty, certainty), last.at)
        before = index
    return letters
