"""The workbook 扫描核对.xlsx: each value that was read from a picture, beside the picture of its cell.

In come projects with their scans, out goes one workbook. Where cells stand is `workbooks.scan_layout`, which
the reader shares; it must not read a workbook back, and decides nothing.
"""
