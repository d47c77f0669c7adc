"""The score sheet (自评表): the printed form, how each score came about, the findings.

In come an evaluation and its rule set, out goes one workbook in which every figure is a live formula with
its computed value. A printed form is an object of `layouts`; nothing here computes a score.
"""
