"""Draws plots: for download, and for mails."""

import asyncio

from lui.plots import rules
from lui.plots.schemas import Picture, Plot
from lui.plots.studio import STUDIO

MEDIA_TYPES: dict[Picture, str] = {"svg": "image/svg+xml", "png": "image/png"}
PIXELS_WIDE = 640
"""As a picture is meant to be shown; a PNG has twice as many, for fine screens."""

__all__ = ["MEDIA_TYPES", "PIXELS_WIDE", "draw"]


async def draw(plot: Plot, *, picture: Picture) -> bytes:
    """The plot as a picture, the same octets for the same plot.

    Raises Invalid when there is more to show than fits, PlotUnavailable when it cannot be drawn now.
    """
    rules.require_drawable(plot)
    return await asyncio.to_thread(STUDIO.draw, plot, picture)
