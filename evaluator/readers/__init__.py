"""Readers: files as received -> sources, rows of cells with their places, whatever the container.

In comes a path, out goes a `Source` with findings. Readers know nothing of indicators. Each container has a
module of its own, imported when such a file comes, so that a text file never waits for the PDF library.
"""

from evaluator.readers.candidates import is_candidate
from evaluator.readers.source import read_source

__all__ = ["is_candidate", "read_source"]
