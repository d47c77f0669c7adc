"""Render: what is written (workbooks, report, page, JSON); every file is written beside and renamed.

In come evaluations and rule sets, out go files whose bytes depend on nothing else. It must not compute a
score, read a workbook back, or look at the clock.
"""
