"""The process that draws: `python -m lui.plots.painter` reads plots from its input and writes pictures."""

import resource
import sys
import warnings
from typing import IO, Final

from pydantic import TypeAdapter

from lui.plots.drawing import draw
from lui.plots.framing import read_frame, write_frame
from lui.plots.schemas import Plot

_MOST_MEMORY: Final = 2 * 1024**3
"""Of addresses; far more than a picture takes, far less than would harm the machine."""


def paint_all(asked: IO[bytes], painted: IO[bytes]) -> None:
    """Draw what is asked for until nobody asks any more."""
    adapter = TypeAdapter[Plot](Plot)
    while True:
        try:
            picture, plot = read_frame(asked), read_frame(asked)
        except EOFError:
            return
        try:
            octets = draw(adapter.validate_json(plot), "svg" if picture == b"svg" else "png")
        except Exception as error:  # noqa: BLE001 - whatever it is, the next plot may be fine
            status, octets = b"failed", repr(error).encode()
        else:
            status = b"ok"
        write_frame(painted, status)
        write_frame(painted, octets)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    warnings.simplefilter("ignore")  # a letter that the font lacks is a box
    paint_all(sys.stdin.buffer, sys.stdout.buffer)
