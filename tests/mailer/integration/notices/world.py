"""A mailer that sends notices, the lui that they are fetched from, and the gateway."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from common.clock import utc_now
from common.contracts.digest import document_digest
from common.contracts.lui import NoticeRequestedV1
from common.contracts.notices import NoticeSettledV1
from common.ids import new_id
from mailer.config import MailerSettings
from mailer.notices.scheduler import NoticeLoop
from mailer.sending import make_notices
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, mailer_settings
from tests.support.wait import eventually

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
SHORT_LEASE = timedelta(seconds=1)


def notice_settings(url: str, port: int, **notices: Any) -> MailerSettings:
    settings = mailer_settings(url, port)
    terms = {"address": "tutti@installation.test", "retry_minutes": (0.002,), **notices}
    return settings.model_copy(update={"notices": settings.notices.model_validate(terms)})


@dataclass
class World:
    """Everything a test of notices touches."""

    mailer: RunningMailer
    loop: NoticeLoop
    held: list[str]

    def offer(
        self, addresses: Sequence[str], *, not_after: datetime | None = None, **changes: Any
    ) -> NoticeRequestedV1:
        """Let lui have a notice, and the fact that asks for it."""
        lui = self.mailer.lui
        sha256 = hashlib.sha256(PICTURE).hexdigest()
        lui.files[sha256] = PICTURE
        document = {
            "subject": "Report: Öffnungen",
            "text": "Opens: 7\n.\nFrom here on nothing",
            "html": '<p>Opens: 7</p><img src="cid:plot">',
            "addresses": list(addresses),
            "files": [
                {
                    "file_name": "plot.png",
                    "content_type": "image/png",
                    "size": len(PICTURE),
                    "sha256": sha256,
                    "content_id": "plot",
                }
            ],
            **changes,
        }
        notice_id = new_id()
        lui.notices[notice_id] = document
        return NoticeRequestedV1(
            notice_id=notice_id,
            reason="report_mail",
            address_count=len(addresses),
            content_digest=document_digest(document),
            not_after=not_after or utc_now() + timedelta(hours=1),
        )

    async def ask(self, addresses: Sequence[str], **changes: Any) -> str:
        """Ask for a notice."""
        fact = self.offer(addresses, **changes)
        assert await self.mailer.bus.deliver(fact) == ["ack"]
        return fact.notice_id

    async def settled(self, notice_id: str) -> NoticeSettledV1:
        """What lui is told when nothing more is tried; the loop turns until then."""

        async def look() -> NoticeSettledV1 | None:
            await self.loop.once()
            found = await self.mailer.stated(NoticeSettledV1)
            return next((each for each in found if each.notice_id == notice_id and each.is_final), None)

        end = await eventually(look, 45.0)
        assert end is not None
        return end

    async def states(self, notice_id: str) -> dict[str, str]:
        """Where each address stands."""
        rows = await self.mailer.rows(
            "SELECT address, state FROM mailer.notice_addresses WHERE notice_id = :id ORDER BY position", id=notice_id
        )
        return {row.address: row.state for row in rows}


@asynccontextmanager
async def a_world(settings: MailerSettings, lui: FakeLui | None = None) -> AsyncIterator[World]:
    """Nothing turns by itself here, except what a test turns."""
    async with a_mailer(settings, lui or FakeLui(), sends=False) as mailer:
        held: list[str] = []
        loop = make_notices(settings, mailer.resources, lambda: held[0] if held else None, SHORT_LEASE)
        yield World(mailer, loop, held)
        await asyncio.sleep(0)
