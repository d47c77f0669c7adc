"""Whether what a person wrote beside a picture says that it was read right."""

from __future__ import annotations

import re
from typing import Final

from evaluator.values.text import squash

_RIGHT: Final = re.compile(r"[无没未]有?(?:发现)?(?:错误|问题|误|错)|无疑义?|不错")
_WRONG: Final = re.compile(r"[不否误错未没疑待无?×✗✘]")
_SIGNS: Final = frozenset(("x", "n", "no", "0", "false", "-", "/"))


def confirms(text: str) -> bool:
    """Whether a text (无误, 是, √, somebody's name) confirms what was read.

    Nothing, and whatever may mean that it is wrong or was not looked at (与图片不符, 待核对, ×), does not:
    what is taken for a confirmation is scored.
    """
    said = squash(text).lower()
    return bool(said) and said not in _SIGNS and not _WRONG.search(_RIGHT.sub("", said))
