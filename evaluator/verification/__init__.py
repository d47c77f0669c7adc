"""Verification: a file as it was delivered, held against the file that lies there now.

In come two files of one kind, out go findings with the place of each difference in what a printed page
would show; a mere re-save by an office program is told as one. It must not know how the files are made,
what the inputs say, or what a manifest is: that is the pipeline's.
"""

from evaluator.verification.comparing import compare

__all__ = ["compare"]
