"""The fill-in workbook (完成情况填报表): what departments type into, with live hints.

In come a project, its rule set and what was filled in before; out goes one workbook. Where cells stand is
`workbooks.layout`, which the reader shares; it must not read a workbook back.
"""
