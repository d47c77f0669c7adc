"""Count the decisions of every function in evaluator/ as radon does: boolean expressions and comprehensions, too.

Run with the linters. Fails where functions have more decisions than `[tool.complexity]` of pyproject.toml allows:
none over `most`, and at most `share` percent over `many`.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from radon.complexity import cc_visit

ROOT = Path(__file__).parents[1]


def decisions() -> Iterator[tuple[str, int]]:
    """Every function and method with its decisions, as ``module.py:line name``."""
    for path in sorted((ROOT / "evaluator").rglob("*.py")):
        where = path.relative_to(ROOT)
        for block in cc_visit(path.read_text(encoding="utf-8")):
            if block.letter in "FM":
                yield f"{where}:{block.lineno} {block.name}", block.complexity


def main() -> int:
    limits = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["complexity"]
    found = dict(decisions())
    over = sorted(((name, n) for name, n in found.items() if n > limits["most"]), key=lambda item: -item[1])
    many = [name for name, n in found.items() if n > limits["many"]]
    share = 100 * len(many) / len(found)
    for name, n in over:
        print(f"{n:3} {name}")
    print(
        f"{len(found)} functions, {len(many)} ({share:.1f} %) over {limits['many']}, {len(over)} over {limits['most']}"
    )
    if over or share > limits["share"]:
        print(f"allowed: none over {limits['most']}, {limits['share']} % over {limits['many']}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
