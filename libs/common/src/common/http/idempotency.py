"""`Idempotency-Key`: a creating request that is sent again gets the first one's answer, and nothing is made twice.

The key is reserved, the effect made and the answer kept in one transaction, so there is no moment between them.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import Request, Response
from sqlalchemy import Index, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from common.contracts.problem import Problem
from common.http.problems import Unreadable
from common.messaging.unit_of_work import UnitOfWork

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
_MAX_KEY = 200
_PURGE_ROWS = 20
_KEPT_HEADERS = ("content-type", "location", "etag")


class IdempotencyMixin:
    """The columns of a service's `idempotency_keys` table."""

    caller: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[str | None]
    created_at: Mapped[datetime]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """For the purge."""
        return (Index("ix_idempotency_keys_created_at", "created_at"),)


class KeyUsedDifferently(Problem):
    """The key came with another request before."""

    status, slug, title = 422, "idempotency-key-reused", "The Idempotency-Key was used for a different request"


class AnswerNotKept(Problem):
    """The request was carried out; its answer cannot be given again."""

    status, slug, title = 409, "answer-not-kept", "The request was carried out before, but its answer was not kept"


class Replayed(Exception):
    """Ends a request early with the answer the first one got."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


@dataclass(frozen=True, slots=True)
class Reservation:
    """A key that this request is the first to use."""

    table: type[Any]
    caller: str
    key: str

    async def keep(self, uow: UnitOfWork, response: Response | None) -> None:
        """Keep the answer, in the same transaction as the effect; streams and octets are not kept."""
        try:
            body = bytes(getattr(response, "body", b"\xff")).decode()
        except UnicodeDecodeError:
            return
        if response is None:
            return
        where = (self.table.caller == self.caller, self.table.key == self.key)
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        answer = {"status": response.status_code, "headers": headers, "body": body}
        await uow.session.execute(update(self.table).where(*where).values(answer))


async def reserve(uow: UnitOfWork, request: Request, table: type[Any], caller: str) -> Reservation | None:
    """Reserve the request's key, or None when it brings none.

    Waits while another request with the key is under way. Raises Replayed when that one's answer is kept,
    KeyUsedDifferently when it asked for something else, AnswerNotKept when there is no answer to give.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return None
    if not 1 <= len(key) <= _MAX_KEY or not key.isprintable():
        raise Unreadable(f"{HEADER}: 1 to {_MAX_KEY} printable characters")
    await _forget_some(uow, table)
    fingerprint = await _fingerprint(request)
    row = {"caller": caller, "key": key, "fingerprint": fingerprint, "created_at": uow.now}
    statement = insert(table).values(row).on_conflict_do_nothing().returning(table.key)
    if (await uow.session.execute(statement)).first() is not None:
        return Reservation(table, caller, key)
    _replay(await uow.session.scalar(select(table).where(table.caller == caller, table.key == key)), fingerprint)
    return None


def _replay(known: Any, fingerprint: str) -> None:
    if known is not None and known.fingerprint != fingerprint:
        raise KeyUsedDifferently("Use a new key for a new request")
    if known is None or known.status is None:
        raise AnswerNotKept("Look at what exists before asking again with a new key")
    headers = {**known.headers, "Idempotency-Replayed": "true"}
    raise Replayed(Response(known.body, known.status, headers))


async def _forget_some(uow: UnitOfWork, table: type[Any]) -> None:
    """Each new key takes a few expired ones along, so the table needs no task of its own."""
    old = (
        select(table.caller, table.key)
        .where(table.created_at < uow.now - KEPT)
        .limit(_PURGE_ROWS)
        .with_for_update(skip_locked=True)
        .cte()
    )
    await uow.session.execute(
        delete(table)
        .where(table.caller == old.c.caller, table.key == old.c.key)
        .execution_options(synchronize_session=False)
    )


async def _fingerprint(request: Request) -> str:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    # An upload went to disk already and is not read a second time: its kind and length stand for it.
    content = (
        request.headers.get("content-length", "?").encode() if kind.startswith("multipart/") else await request.body()
    )
    parts = (request.method.encode(), request.url.path.encode(), request.url.query.encode(), kind.encode(), content)
    # Keyed, because a body may hold a password: a copy of the table must not let anybody try guesses against it.
    secret = request.app.state.settings.service_private_key.get_secret_value().encode()
    return hmac.digest(secret, b"\0".join(hashlib.sha256(part).digest() for part in parts), "sha256").hex()
