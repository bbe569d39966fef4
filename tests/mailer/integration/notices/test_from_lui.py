"""From a saved report to a mailbox: lui's and mailer's own code on both sides of the wire, and SMTP behind it."""

import asyncio
import email
import email.policy
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from common.clock import utc_now
from common.contracts.lui import NoticeRequestedV1
from common.contracts.notices import NoticeSettledV1
from common.http import httpx
from tests.lui.integration.report_mails.world import Mailing, a_mailing
from tests.mailer.integration.notices.world import World, a_world, notice_settings
from tests.support.builders.mailer import FakeLui
from tests.support.bus import stated
from tests.support.smtp import a_sink


@dataclass
class RealLui(FakeLui):
    """lui's application itself, asked with mailer's service token."""

    mailing: Mailing | None = field(default=None)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        assert self.mailing is not None
        # mailer's tokens are of now; lui must not think that they come from the future.
        self.mailing.clock.now = utc_now()
        return await httpx.ASGITransport(app=self.mailing.world.app).handle_async_request(request)


@pytest.mark.timeout(180)
async def test_a_saved_report_arrives_with_its_plot_and_lui_learns_that_it_did(clone: Callable[[str], str]) -> None:
    async with a_mailing(clone("lui")) as mailing, a_sink() as sink:
        mailing.clock.now = utc_now()
        mail = await mailing.a_mail(formats=["csv"])
        await mailing.ada.post(f"/api/v1/report-mails/{mail['id']}/send-now")
        await mailing.turn()
        [asked] = await stated(mailing.world.resources, NoticeRequestedV1)
        settings = notice_settings(clone("mailer"), sink.port)
        async with a_world(settings, RealLui(mailing=mailing)) as world:
            end = await _sent(world, asked)
        assert sink.recipients == mail["addresses"]
        message = email.message_from_bytes(sink.received[0].data, policy=email.policy.default)
        parts = {part.get_content_type(): part for part in message.walk()}
        picture = parts["image/png"].get_content()
        assert picture.startswith(b"\x89PNG")
        # Width in the first chunk (PNG, 11.2.2): twice what a mail shows.
        assert int.from_bytes(picture[16:20], "big") == 1280
        assert f"cid:{str(parts['image/png']['Content-ID']).strip('<>')}" in parts["text/html"].get_content()
        assert "Opens" in parts["text/plain"].get_content()
        assert parts["text/csv"].get_filename() == "report.csv"
        await mailing.world.bus.deliver(end)
        assert (await mailing.shown(mail))["last"]["state"] == "sent"


async def _sent(world: World, asked: NoticeRequestedV1) -> NoticeSettledV1:
    await world.mailer.bus.deliver(asked)
    async with asyncio.timeout(50):
        return await world.settled(asked.notice_id)
