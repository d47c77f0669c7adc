"""A table of indicators: its heads, its columns, its rows, and what empty cells inherit.

In come the rows of one table; out go drafts of indicators with how sure each is. It must not know where in a
source the table stands, nor what becomes of a draft.
"""
