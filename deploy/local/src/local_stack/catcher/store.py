"""The messages that were caught: bytes in one growing file, what is known about them in SQLite."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at TEXT NOT NULL,
    mail_from TEXT NOT NULL,
    rcpt_to TEXT NOT NULL,
    subject TEXT NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL
)
"""

_NO_ID = 1 << 62


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True)
class CaughtMessage:
    """What is known about one message without reading it."""

    id: int
    received_at: str
    mail_from: str
    rcpt_to: list[str]
    subject: str


class MessageStore:
    """Keeps every message exactly as received; memory does not grow with their number.

    Written and read from one event loop. Each call is a short append or an indexed lookup in the page
    cache. A message is kept once `add` has returned: it survives the death of this process, though not
    that of the machine, which for caught test mail is enough.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "messages.bin"
        self._bytes: BinaryIO = self._path.open("ab", buffering=0)
        self._index = sqlite3.connect(folder / "index.sqlite", isolation_level=None)
        self._index.execute("PRAGMA journal_mode = WAL")
        self._index.execute("PRAGMA synchronous = OFF")
        self._index.execute(_SCHEMA)

    def add(self, mail_from: str, rcpt_to: Sequence[str], subject: str, raw: bytes) -> int:
        """Keep one message; returns its id, which grows from message to message and is never used again."""
        start = self._bytes.seek(0, 2)
        view = memoryview(raw)
        while view:
            view = view[self._bytes.write(view) or 0 :]
        row = (_now(), mail_from, json.dumps(list(rcpt_to)), subject, start, len(raw))
        columns = "received_at, mail_from, rcpt_to, subject, start, length"
        done = self._index.execute(f"INSERT INTO messages ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)  # noqa: S608
        return done.lastrowid or 0

    def page(self, *, after: int, limit: int) -> list[CaughtMessage]:
        """Messages with an id above `after`, oldest first."""
        return self._select("id > ? ORDER BY id LIMIT ?", after, limit)

    def newest(self, *, before: int | None, limit: int) -> list[CaughtMessage]:
        """Messages with an id below `before`, newest first."""
        return self._select("id < ? ORDER BY id DESC LIMIT ?", _NO_ID if before is None else before, limit)

    def _select(self, condition: str, *values: int) -> list[CaughtMessage]:
        columns = "id, received_at, mail_from, rcpt_to, subject"
        rows = self._index.execute(f"SELECT {columns} FROM messages WHERE {condition}", values)  # noqa: S608
        return [CaughtMessage(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in rows]

    def count(self) -> int:
        """How many messages are kept."""
        return int(self._index.execute("SELECT count(*) FROM messages").fetchone()[0])

    def find(self, message_id: int) -> CaughtMessage | None:
        """One message's entry, or None."""
        found = self.page(after=message_id - 1, limit=1)
        return found[0] if found and found[0].id == message_id else None

    def raw(self, message_id: int) -> bytes | None:
        """One message's bytes exactly as received, or None."""
        row = self._index.execute("SELECT start, length FROM messages WHERE id = ?", (message_id,)).fetchone()
        if row is None:
            return None
        with self._path.open("rb") as file:
            file.seek(row[0])
            return file.read(row[1])

    def clear(self) -> None:
        """Forget every message."""
        self._index.execute("DELETE FROM messages")
        self._bytes.truncate(0)

    def close(self) -> None:
        """Let go of the files."""
        self._index.close()
        self._bytes.close()
