"""JPEG pictures that end before their last line: decoders fill the rest with paper and say nothing of it."""

from __future__ import annotations

import os
import tempfile
from typing import Final

import cv2
import numpy as np

_START: Final = b"\xff\xd8"
_TOLD: Final = b"premature end"


def is_cut(content: bytes) -> bool:
    """Whether content is a JPEG of which a part is missing; half a form would look like a whole one.

    libjpeg tells of it on the process's standard error alone, so that is listened to meanwhile.
    """
    if not content.startswith(_START):
        return False
    with tempfile.TemporaryFile() as told:
        own = os.dup(2)
        os.dup2(told.fileno(), 2)
        try:
            cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
        except cv2.error:
            return False  # a kind of JPEG that others may decode
        finally:
            os.dup2(own, 2)
            os.close(own)
        told.seek(0)
        return _TOLD in told.read().lower()
