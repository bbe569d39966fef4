"""The ledger as a checker reads it: straight from PostgreSQL, with nothing of mailer's own code between."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

INTENT, ACCEPTED, DEFERRED, FAILED, UNKNOWN, RESOLVED, WITHDRAWN, AGAIN = range(1, 9)
"""Kinds of entries in the send log."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to one envelope."""

    id: int
    ordinal: int
    kind: int
    epoch: int
    at: float
    """When the statement that wrote it began, in seconds since 1970."""


class Ledger:
    """One delivery's rows."""

    def __init__(self, dsn: str, delivery_id: str) -> None:
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._delivery_id = delivery_id

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def addresses(self) -> dict[int, str]:
        """Who is written to, by ordinal."""
        rows = self._connection.execute(
            "SELECT ordinal, address FROM mailer.envelopes WHERE delivery_id = %s", (self._delivery_id,)
        )
        return {int(ordinal): str(address) for ordinal, address in rows}

    def states(self) -> dict[int, str]:
        """Where every envelope stands, by ordinal."""
        rows = self._connection.execute(
            "SELECT ordinal, state FROM mailer.envelopes WHERE delivery_id = %s", (self._delivery_id,)
        )
        return {int(ordinal): str(state) for ordinal, state in rows}

    def entries(self) -> Iterator[Entry]:
        """The send log in the order it was written, one entry an envelope however they are grouped."""
        source = "unnest(l.ordinals)" if self._is_grouped() else "unnest(ARRAY[l.ordinal])"
        query = (
            f"SELECT l.id, o.ordinal, l.kind, l.epoch, extract(epoch FROM l.at) FROM mailer.send_log l,"  # noqa: S608
            f" {source} AS o(ordinal) WHERE l.delivery_id = %s ORDER BY l.id"
        )
        with self._connection.cursor() as cursor:
            for row in cursor.stream(query, (self._delivery_id,)):
                yield Entry(int(row[0]), int(row[1]), int(row[2]), int(row[3]), float(row[4]))

    def suppressed_since(self) -> dict[str, float]:
        """Addresses that must not be written to, and since when."""
        rows = self._connection.execute(
            "SELECT address, extract(epoch FROM since) FROM mailer.suppressions WHERE lifted_at IS NULL"
        )
        return {str(address): float(since) for address, since in rows}

    def number(self) -> int:
        """What stands for the delivery in tokens."""
        row = self._connection.execute(
            "SELECT number FROM mailer.deliveries WHERE id = %s", (self._delivery_id,)
        ).fetchone()
        assert row is not None
        return int(row[0])

    def _is_grouped(self) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM information_schema.columns WHERE table_schema = 'mailer'"
            " AND table_name = 'send_log' AND column_name = 'ordinals'"
        ).fetchone()
        return row is not None
