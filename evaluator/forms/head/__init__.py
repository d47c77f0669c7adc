"""The head of a form: which cells ask (labels, goals' names), and which answer them.

In come the rows of a head; out go facts, budgets and goals, each with the cell that says it. It must not know
tables of indicators, nor which form comes before or after.
"""
