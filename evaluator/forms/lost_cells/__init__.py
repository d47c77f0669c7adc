"""Rows that lost their cells on the way: text pasted out of a page, rows that the end of a page broke.

In come rows as a reader gives them; out go rows with their cells told apart, and what is to be said of it. It
must not know forms, only the words in their cells.
"""
