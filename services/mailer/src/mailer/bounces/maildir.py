"""A directory that a mail system delivers reports into (maildir): read from `new`, kept in `cur`."""

import asyncio
import os
import stat
import time
from pathlib import Path

from common.clock import utc_now
from common.observability.logging import get_logger
from mailer.bounces.intake import MAX_MESSAGE, Intake, Poisoned, TryLater
from mailer.bounces.sources import maildir_source

log = get_logger()
QUARANTINE = "quarantine"
_BATCH = 200
_SEEN = ":2,S"
_TIDY_SECONDS = 3_600.0


class MaildirWatcher:
    """Takes in what lies in `new`; a message is moved only after its transaction was committed."""

    def __init__(self, intake: Intake, folder: Path) -> None:
        self._intake = intake
        self._folder = folder
        self._source = maildir_source(intake.settings)
        self._tidy_at = 0.0
        self._problem: str | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            problem, is_more = None, False
            try:
                is_more = await self.look()
            except OSError as error:
                problem = f"{self._folder} cannot be read: {error.strerror or type(error).__name__}"
            except TryLater:
                problem = "the database is away"
            await self._say(problem)
            if not is_more:
                await asyncio.sleep(self._intake.settings.bounces.maildir_seconds)

    async def look(self) -> bool:
        """Take in some messages; true when there are more. Raises OSError, TryLater."""
        names = await asyncio.to_thread(self._waiting)
        for name in names[:_BATCH]:
            await self._take(name)
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + _TIDY_SECONDS
            await asyncio.to_thread(self.tidy, self._intake.settings.bounces.keep_days)
        return len(names) > _BATCH

    def _waiting(self) -> list[str]:
        for name in ("new", "cur", QUARANTINE):
            (self._folder / name).mkdir(mode=0o700, exist_ok=True)
        with os.scandir(self._folder / "new") as found:
            # More than a batch at once are looked at next time: the list stays small however full the folder is.
            names = [entry.name for entry, _ in zip(found, range(10 * _BATCH), strict=False)]
        return sorted(name for name in names if not name.startswith("."))

    async def _take(self, name: str) -> None:
        message = await asyncio.to_thread(self._read, name)
        if message is None:
            await asyncio.to_thread(self._move, name, QUARANTINE)
            self._intake.note_quarantined(self._source)
            return
        try:
            await self._intake.found(self._source, message)
        except Poisoned:
            await asyncio.to_thread(self._move, name, QUARANTINE)
            return
        # A crash before this line takes it in once more, which changes nothing.
        await asyncio.to_thread(self._move, name, "cur")

    def _read(self, name: str) -> bytes | None:
        """The message; None for what is no plain file or too large to be a report."""
        try:
            handle = os.open(self._folder / "new" / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return b""
        except OSError:
            return None
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_MESSAGE:
                return None
            return file.read(MAX_MESSAGE)

    def _move(self, name: str, to: str) -> None:
        target = name.partition(":")[0] + _SEEN if to == "cur" else name
        try:
            (self._folder / "new" / name).rename(self._folder / to / target)
        except FileNotFoundError:
            log.info("a report was moved by somebody else", source=self._source[0])

    def tidy(self, keep_days: float) -> None:
        """Remove what was taken in long enough ago; what was put aside stays for somebody to look at."""
        before = utc_now().timestamp() - keep_days * 86_400
        with os.scandir(self._folder / "cur") as found:
            for entry in found:
                if entry.stat(follow_symlinks=False).st_mtime < before and entry.name.endswith(_SEEN):
                    Path(entry.path).unlink(missing_ok=True)

    async def _say(self, problem: str | None) -> None:
        if problem != self._problem:
            self._problem = problem
            await self._intake.say(self._source, problem)
