"""A mailer whose messages arrived, and what is sent back to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from common.clock import Clock, utc_now
from common.contracts.signed_token import Purpose, TokenKeys
from mailer.bounces.intake import Intake
from mailer.bounces.reading import read_report
from mailer.bounces.scheduler import ReportKeeper
from mailer.bounces.service import Arrival, Effect
from mailer.config import BounceSettings, MailerSettings, SuppressionSettings
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings
from tests.support.smtp import Script, Sink, a_sink

SOURCE = ("smtp", "bounce receiver")


class ShiftedClock:
    """The present, and as much later as a test says."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.offset

    def advance(self, by: timedelta) -> None:
        """Move on."""
        self.offset += by


@dataclass
class Returns:
    """A running mailer and the way in."""

    mailer: RunningMailer
    intake: Intake
    keys: TokenKeys
    keeper: ReportKeeper
    sink: Sink
    """What its messages go to."""

    def return_path(self, ordinal: int, number: int = 1) -> str:
        """The envelope sender of a message."""
        return f"b+{self.keys.mint_local_part(Purpose.RETURN_PATH, number, ordinal)}@bounces.test"

    def unsubscribe_address(self, ordinal: int, number: int = 1) -> str:
        """The address in its List-Unsubscribe."""
        return f"u+{self.keys.mint_local_part(Purpose.UNSUBSCRIBE, number, ordinal)}@bounces.test"

    async def deliver(self, count: int = 3, **offer: Any) -> str:
        """Send a delivery to its end; its id."""
        delivery_id = await self.mailer.deliver(self.mailer.lui.offer(an_audience(count), **offer))
        await self.mailer.finished(delivery_id)
        return delivery_id

    async def give(self, message: bytes, ordinal: int, number: int = 1) -> Effect:
        """Take in a message to the return path of an envelope."""
        token = self.intake.tokens.of_address(self.return_path(ordinal, number))
        arrival = Arrival("test", read_report(message), message, token, is_addressed=True)
        return await self.intake.take(SOURCE, arrival)

    async def execute(self, statement: str) -> None:
        """Change the database behind mailer's back."""
        async with self.mailer.resources.engine.begin() as connection:
            await connection.execute(text(statement))

    async def backdate(self, number: int, days: int) -> None:
        """Let a delivery have been made so many days earlier."""
        shift = f"created_at - interval '{days} days'"
        chosen = f"(SELECT id FROM mailer.deliveries WHERE number = {number})"  # noqa: S608 - a test's own numbers
        await self.execute(f"UPDATE mailer.envelopes SET created_at = {shift} WHERE delivery_id = {chosen}")  # noqa: S608
        await self.execute(f"UPDATE mailer.deliveries SET created_at = {shift} WHERE number = {number}")  # noqa: S608

    async def suppressed(self) -> list[tuple[str, str]]:
        """Addresses and reasons in force."""
        rows = await self.mailer.rows(
            "SELECT address, reason FROM mailer.suppressions WHERE lifted_at IS NULL ORDER BY address"
        )
        return [(row.address, row.reason) for row in rows]


def returning_settings(
    database_url: str, smtp_port: int, *, bounces: dict[str, Any] | None = None, **suppression: Any
) -> MailerSettings:
    """Settings with these sources and this policy."""
    return mailer_settings(database_url, smtp_port).model_copy(
        update={
            "bounces": BounceSettings.model_validate(bounces or {}),
            "suppression": SuppressionSettings.model_validate(suppression),
        }
    )


@asynccontextmanager
async def returns(
    database_url: str,
    *,
    script: Script | None = None,
    clock: Clock = utc_now,
    bounces: dict[str, Any] | None = None,
    **suppression: Any,
) -> AsyncIterator[Returns]:
    """A mailer that sends to a sink, until the end of the block."""
    async with a_sink(script) as sink:
        settings = returning_settings(database_url, sink.port, bounces=bounces, **suppression)
        async with a_mailer(settings, FakeLui(), clock=clock) as mailer:
            keys = TokenKeys(settings.master_keys())
            intake = Intake(settings, mailer.resources.uow, keys)
            yield Returns(mailer, intake, keys, ReportKeeper(settings, mailer.resources.uow), sink)
