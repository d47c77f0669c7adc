"""Drafts of forms as projects: target values read, codes given, budgets in 万元, keys made unique.

In come the drafts of one source, or the readings of all; out go projects and findings. It must not know rows.
"""
