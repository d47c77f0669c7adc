"""What a double click ends with: a file or folder opened in the program that this desktop has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_path(path: Path) -> bool:
    """Open a file or folder; whether that was tried. Without a desktop nothing happens.

    Of its own because ``click.launch`` waits on some systems, and runs a text browser where there is no
    desktop.
    """
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        program = "open" if sys.platform == "darwin" else _opener()
        if not program:
            return False
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.Popen([program, str(path)], start_new_session=True, **quiet)  # type: ignore[call-overload]
    except OSError:
        return False
    return True


def _opener() -> str | None:
    desktop = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return shutil.which("xdg-open") if desktop else None
