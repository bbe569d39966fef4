"""What the local stack takes from the environment it is started in."""

import os
from pathlib import Path

_LONGEST_RESTART_DELAY = 5.0
_NEVER_INHERITED = {
    # They would point a child at another database.
    *("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSERVICE", "PGOPTIONS", "PGSSLMODE"),
    # Every start of every service would compile its modules again.
    "PYTHONDONTWRITEBYTECODE",
}


def inherited_environment() -> dict[str, str]:
    """The caller's environment for a child, but for what would only do harm there.

    Settings of a service that the stack does not set itself, `MAILER_SMTP__CONNECTIONS` for one, reach it
    this way.
    """
    return {name: value for name, value in os.environ.items() if name not in _NEVER_INHERITED}


def postgres_bin() -> Path | None:
    """Folder of the PostgreSQL programs the caller insists on (`PG_BIN`)."""
    return _path("PG_BIN")


def nats_bin() -> Path | None:
    """The nats-server program the caller insists on (`NATS_BIN`)."""
    return _path("NATS_BIN")


def longest_restart_delay() -> float:
    """Seconds before a process that keeps ending is started again at the latest (`TUTTI_RESTART_SECONDS`)."""
    try:
        return max(float(os.environ.get("TUTTI_RESTART_SECONDS", "")), 0.0)
    except ValueError:
        return _LONGEST_RESTART_DELAY


def _path(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None
