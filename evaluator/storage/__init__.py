"""Storage: files on disk, written beside their place and renamed; names, digests, refusals.

In come bytes and paths, out go files, or a finding with the reason in Chinese. What they hold it must not
know.
"""
