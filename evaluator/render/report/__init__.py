"""The written report (自评报告) from a Word template that units can replace.

In comes a unit's evaluation, out goes one document. It words what the records say and computes no score.
"""
