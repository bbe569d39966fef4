"""The process that draws, started when something is to be drawn and ended when nothing was for a while.

A process of its own, since matplotlib is large, does not give its memory back, holds the interpreter while it draws,
and can only so be stopped in the middle of a picture.
"""

import atexit
import contextlib
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Final

from pydantic import TypeAdapter

from common.observability.logging import get_logger
from lui.plots.errors import PlotUnavailable
from lui.plots.framing import read_frame, write_frame
from lui.plots.schemas import Picture, Plot

log = get_logger()
DRAWING_SECONDS: Final = 90.0
"""For one picture, the start of the process included: a fraction of a second, but machines can be very busy."""
IDLE_SECONDS: Final = 60.0
MOST_WAITING: Final = 8
_PLOT: Final = TypeAdapter[Plot](Plot)


class Studio:
    """Draws one picture after the other; for threads, since a thread can wait for a pipe on any event loop."""

    def __init__(self, *, drawing_seconds: float = DRAWING_SECONDS, idle_seconds: float = IDLE_SECONDS) -> None:
        self._drawing_seconds = drawing_seconds
        self._idle_seconds = idle_seconds
        self._room = threading.BoundedSemaphore(MOST_WAITING)
        self._lock = threading.Lock()
        self._painter: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._idle: threading.Timer | None = None

    @property
    def is_open(self) -> bool:
        """Whether a process waits for something to draw."""
        return self._painter is not None

    def draw(self, plot: Plot, picture: Picture) -> bytes:
        """The picture. Raises PlotUnavailable."""
        if not self._room.acquire(blocking=False):
            raise PlotUnavailable("Too many plots are being drawn", retry_after_seconds=10)
        try:
            with self._lock:
                return self._drawn(plot, picture)
        finally:
            self._room.release()

    def close(self) -> None:
        """End the process and forget its folder."""
        with self._lock:
            self._stop_waiting()
            self._end()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _drawn(self, plot: Plot, picture: Picture) -> bytes:
        self._stop_waiting()
        painter = self._living() or self._start()
        giving_up = threading.Timer(self._drawing_seconds, painter.kill)
        giving_up.daemon = True
        giving_up.start()
        try:
            to_it, from_it = _pipes(painter)
            write_frame(to_it, picture.encode())
            write_frame(to_it, _PLOT.dump_json(plot))
            status, octets = read_frame(from_it), read_frame(from_it)
        except (OSError, EOFError) as error:
            self._end()
            log.warning("plot not drawn", error=type(error).__name__)
            raise PlotUnavailable("The plot took too long to draw", retry_after_seconds=30) from None
        finally:
            giving_up.cancel()
        self._wait_for_more()
        if status != b"ok":
            log.error("plot not drawn", error=octets.decode(errors="replace")[:300])
            raise PlotUnavailable("The plot could not be drawn")
        return octets

    def _living(self) -> subprocess.Popen[bytes] | None:
        if self._painter is not None and self._painter.poll() is not None:
            self._end()
        return self._painter

    def _start(self) -> subprocess.Popen[bytes]:
        if self._folder is None:
            # Its list of fonts is kept there; in a folder of our own, which nobody else can put one into.
            self._folder = Path(tempfile.mkdtemp(prefix="plots-"))
        self._painter = subprocess.Popen(
            [sys.executable, "-m", "lui.plots.painter"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"MPLCONFIGDIR": str(self._folder), "HOME": str(self._folder), "OPENBLAS_NUM_THREADS": "1"},
            cwd=self._folder,
        )
        return self._painter

    def _wait_for_more(self) -> None:
        self._idle = threading.Timer(self._idle_seconds, self._end_if_idle)
        self._idle.daemon = True
        self._idle.start()

    def _stop_waiting(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _end_if_idle(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._lock.release()

    def _end(self) -> None:
        painter, self._painter = self._painter, None
        if painter is not None:
            painter.kill()
            for pipe in _pipes(painter):
                with contextlib.suppress(OSError):  # what could not be written any more is of no interest
                    pipe.close()
            painter.wait()


def _pipes(painter: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if painter.stdin is None or painter.stdout is None:
        raise EOFError
    return painter.stdin, painter.stdout


STUDIO = Studio()
atexit.register(STUDIO.close)
