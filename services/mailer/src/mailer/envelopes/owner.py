"""Who a sending process is, and how others know that it is gone."""

import hashlib
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from common.ids import new_id

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_HOLD = text("SELECT pg_try_advisory_lock(:key)")
_REGISTER = text(
    "INSERT INTO mailer.workers (owner, host, boot_id, pid, started_at, last_seen)"
    " VALUES (:owner, :host, :boot_id, :pid, clock_timestamp(), clock_timestamp())"
    " ON CONFLICT (owner) DO UPDATE SET last_seen = excluded.last_seen"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """One run of one process."""

    id: str
    host: str
    boot_id: str
    pid: int

    @classmethod
    def of_this_process(cls) -> "Owner":
        """A new owner id for the running process."""
        boot_id = _BOOT_ID.read_text(encoding="ascii").strip() if _BOOT_ID.exists() else "unknown"
        return cls(new_id(), socket.gethostname(), boot_id, os.getpid())


def lock_key(owner_id: str) -> int:
    """The advisory lock that stands for an owner's life."""
    return int.from_bytes(hashlib.sha256(owner_id.encode()).digest()[:8], "big", signed=True)


async def register(connection: AsyncConnection, owner: Owner) -> None:
    """Say who we are and hold our lock for as long as this connection lives."""
    values = {"owner": owner.id, "host": owner.host, "boot_id": owner.boot_id, "pid": owner.pid}
    await connection.execute(_HOLD, {"key": lock_key(owner.id)})
    await connection.execute(_REGISTER, values)
