"""The page for a USB stick: one HTML file with its own styles and script, nothing fetched.

In comes a unit's evaluation, out goes ``index.html``. Every text is escaped; no score is computed.
"""
