"""Scans: pictures of pages (jpg, png, tif, bmp, PDFs of pictures) -> rows of cells, each with how sure it is.

In come bytes, out go rows with a certainty and a box on every cell, or findings that say why a page was
refused. It must not know forms or values; what was recognised is never believed here, only handed on.
OpenCV, onnxruntime and pypdfium2 (extra ``[scan]``) are imported in the process that reads, nowhere else.
"""
