"""Performing rehearsals in a worker: the receiver's socket, who may talk to it, and writing down what it saw."""

import asyncio
import email
import email.policy
import secrets
import time
from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from common.contracts.lui import RehearsalV1
from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.deliveries import service as deliveries
from mailer.gateways.service.groups import Groups
from mailer.rehearsal.repository import RehearsalRepository
from mailer.rehearsal.rules import SAMPLES, Sample, Script
from mailer.rehearsal.service.line import RehearsalLine, Seat
from mailer.rehearsal.service.request import forget_old
from mailer.rehearsal.sink import Receiver, Run

log = get_logger()
_HOST = "127.0.0.1"
_FLUSH_SECONDS = 0.5
_TIDY_SECONDS = 30.0
_HEADER_OCTETS = 64 * 1024
_SUBJECT_LENGTH = 400


class RehearsalUnknown(Exception):
    """The delivery is no rehearsal, or what it saw is no longer kept."""


class Rehearsals:
    """The rehearsals of this process. Their receiver listens from the first one on, on a free port of loopback."""

    def __init__(self, uow: UnitOfWorkFactory, lifetime: timedelta, connections: int) -> None:
        self._uow = uow
        self._lifetime = lifetime
        self._connections = connections
        self._groups = Groups(uow, None)
        self._lines: dict[str, RehearsalLine] = {}
        self._runs: dict[str, Run] = {}
        self._secret = secrets.token_hex(8)
        self._server: asyncio.Server | None = None
        self._opening = asyncio.Lock()
        self._tidied_at = float("-inf")

    async def seat_for(self, delivery_id: str) -> Seat:
        """Where the messages of a rehearsal are to be sent from this process. Raises RehearsalUnknown."""
        async with self._opening:
            if delivery_id not in self._runs:
                self._runs[delivery_id] = Run(await self._script(delivery_id))
            if self._server is None:
                loop = asyncio.get_running_loop()
                self._server = await loop.create_server(lambda: Receiver(self._find), _HOST, 0, backlog=512)
        port = int(self._server.sockets[0].getsockname()[1])
        return Seat(_HOST, port, f"{delivery_id}.{self._secret}")

    async def line_for(self, delivery_id: str) -> RehearsalLine:
        """The rehearsal's receiver as a gateway; the same object each time. Raises RehearsalUnknown."""
        seat = await self.seat_for(delivery_id)
        line = self._lines.get(delivery_id)
        if line is None:
            line = self._lines[delivery_id] = RehearsalLine(delivery_id, seat, self._groups, self._connections)
        return line

    def _find(self, helo: str) -> Run | None:
        delivery_id, _, secret = helo.partition(".")
        return self._runs.get(delivery_id) if secrets.compare_digest(secret.encode(), self._secret.encode()) else None

    async def _script(self, delivery_id: str) -> Script:
        async with self._uow.reader() as uow:
            row = await RehearsalRepository(uow.session).get(delivery_id)
        if row is None:
            raise RehearsalUnknown(delivery_id)
        return Script(RehearsalV1.model_validate(row.script), row.recipient_count)

    async def run(self) -> None:
        """Write down what the receiver saw, and forget what is old, until cancelled."""
        try:
            while True:
                await asyncio.sleep(_FLUSH_SECONDS)
                await self._safely()
        finally:
            self.close()
            await self._safely()

    def close(self) -> None:
        """Listen no more. Open connections go on: the sender finishes what it has in hand."""
        if self._server is not None:
            self._server.close()

    async def _safely(self) -> None:
        try:
            await self.flush()
            await self._tidy()
        except (SQLAlchemyError, OSError) as error:
            log.warning("what rehearsals saw is not written down", error=type(error).__name__)

    async def flush(self) -> None:
        """Write down answers and samples; what cannot be written is kept for the next time."""
        for delivery_id, run in list(self._runs.items()):
            answers, samples = Counter(run.answers), list(run.samples) if run.has_new_samples else []
            if not answers and not samples:
                continue
            run.has_new_samples = False
            try:
                await self._write(delivery_id, answers, samples)
            except BaseException:
                run.has_new_samples = run.has_new_samples or bool(samples)
                raise
            run.answers -= answers

    async def _write(self, delivery_id: str, answers: Counter[str], samples: list[Sample]) -> None:
        async with self._uow() as uow:
            repository = RehearsalRepository(uow.session)
            # Locks the rehearsal, so that two processes agree on whose samples stay; None: forgotten meanwhile.
            if not await repository.count(delivery_id, answers) or not samples:
                return
            known = {row.rank for row in await repository.samples(delivery_id)}
            lowest = sorted(known | {sample.rank for sample in samples})[:SAMPLES]
            rows = [_row(sample) for sample in samples if sample.rank in lowest and sample.rank not in known]
            if rows:
                await repository.add_samples(delivery_id, rows)
            await repository.drop_samples(delivery_id, sorted(known - set(lowest)))

    async def _tidy(self) -> None:
        if time.monotonic() - self._tidied_at < _TIDY_SECONDS:
            return
        async with self._uow() as uow:
            running = set(await deliveries.open_ids(uow)) if self._runs else set()
            await forget_old(uow, self._lifetime)
        self._tidied_at = time.monotonic()
        for delivery_id in [each for each, run in self._runs.items() if each not in running and not run.answers]:
            del self._runs[delivery_id]
            self._lines.pop(delivery_id, None)


def _row(sample: Sample) -> dict[str, Any]:
    headers = email.message_from_bytes(sample.data[:_HEADER_OCTETS], policy=email.policy.default)
    subject = " ".join(str(headers.get("Subject", "")).split())[:_SUBJECT_LENGTH]
    return {
        "rank": sample.rank,
        "rcpt_to": sample.rcpt_to,
        "subject": subject.replace("\0", ""),
        "size": len(sample.data),
        "data": sample.data,
    }
