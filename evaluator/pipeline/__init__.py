"""Pipeline: the stages of each command, wired; it knows the workspace's folders.

In comes a workspace, out go files, findings and what happened. Nothing here prints.
"""
