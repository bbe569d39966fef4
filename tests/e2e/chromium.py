"""The machine's own Chromium."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox",  # a container's root may not open the sandbox; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_program() -> str:
    """Path of the browser: `TUTTI_BROWSER`, else the first of the usual names. Raises LookupError without one."""
    wanted = os.environ.get("TUTTI_BROWSER")
    for name in (wanted,) if wanted else _NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise LookupError("no Chromium: install one, or name its program in TUTTI_BROWSER")


def launch(playwright: Playwright) -> Browser:
    """A browser without a window, that talks to nobody but the pages it is sent to."""
    return playwright.chromium.launch(executable_path=find_program(), args=list(_FLAGS))
