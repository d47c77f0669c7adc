"""How much of a scan is read at most; far above any real form."""

from typing import Final

MAX_PAGES: Final = 100  # of one file: five minutes
MAX_PIXELS: Final = 40_000_000  # of one page: A4 at 600 dpi
MAX_LINES: Final = 500  # of one page; a photograph or a pattern, not a form
PAGE_SECONDS: Final = 180  # a page takes two or three; on a machine that is busy, much longer
DPI: Final = 250  # at which pages of a PDF are drawn
NEEDED: Final = ("cv2", "onnxruntime", "pypdfium2", "PIL", "rapidocr")
"""What the extra ``[scan]`` brings, by the names of import."""
MAX_MEMORY: Final = 3 * 1024**3  # addresses of the process that reads, of which it uses a seventh
