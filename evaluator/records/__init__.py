"""Records: what travels from stage to stage. All are frozen; none of them does any work.

Source -> Project (Goal, Indicator with Target) + Submission (Fund, Actual), and from there to Score and
Evaluation; findings beside them all. In comes nothing: this room imports no other. It must not know how a
record is read, scored or shown.
"""
