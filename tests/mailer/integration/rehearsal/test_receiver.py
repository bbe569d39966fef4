"""The receiver of rehearsals speaks SMTP to whoever names a rehearsal, and what it saw can be looked at."""

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from common.http.access_token import BearerVerifier
from common.ids import new_id
from mailer.app import create_app
from mailer.gateways.service import Result
from mailer.rehearsal.service import Rehearsals, RehearsalUnknown, Seat, forget_old
from mailer.transport.service import Reply
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, mailer_settings
from tests.support.http import Callers, StubHub

LETTER = b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <%d@x>\r\n\r\nHello\r\n..twice\r\n"


class Talk:
    """A client that writes what it likes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, seat: Seat) -> "Talk":
        talk = cls(*await asyncio.open_connection(seat.host, seat.port))
        await talk.reply()
        await talk.say(f"EHLO {seat.helo}")
        return talk

    async def reply(self) -> str:
        async with asyncio.timeout(5):
            line = (await self.reader.readline()).decode()
            while line[3:4] == "-":
                line = (await self.reader.readline()).decode()
        return line.strip()

    async def say(self, text: str) -> str:
        self.writer.write(text.encode() + b"\r\n")
        return await self.reply()

    async def send(self, rcpt_to: str, letter: bytes = LETTER % 1) -> list[str]:
        """One transaction in one write; the replies to MAIL, RCPT, DATA and, when it was wanted, the message."""
        commands = f"MAIL FROM:<b@bounces.test>\r\nRCPT TO:<{rcpt_to}>\r\nDATA\r\n"
        self.writer.write(commands.encode())
        replies = [await self.reply() for _ in range(3)]
        if replies[-1].startswith("354"):
            self.writer.write(letter + b".\r\n")
            replies.append(await self.reply())
        return replies

    def close(self) -> None:
        self.writer.close()


@pytest.fixture
async def mailer(clone: Callable[[str], str]) -> AsyncIterator[RunningMailer]:
    async with a_mailer(mailer_settings(clone("mailer"), 1), FakeLui(), sends=False) as running:
        yield running


@pytest.fixture
async def rehearsals(mailer: RunningMailer) -> AsyncIterator[Rehearsals]:
    ours = Rehearsals(mailer.resources.uow, timedelta(days=14), 4)
    yield ours
    ours.close()


@pytest.fixture
def callers(mailer: RunningMailer, stub_hub: StubHub) -> Callers:
    resources = replace(mailer.resources, bearer=BearerVerifier(mailer.settings, stub_hub.hub()))
    return Callers(create_app(mailer.settings, resources, "all"), mailer.settings, stub_hub)


OWNER = new_id()


async def begin(mailer: RunningMailer, **answers: float) -> str:
    return await mailer.deliver(mailer.lui.offer(kind="rehearsal", owner_id=OWNER, rehearsal=answers))


@pytest.mark.parametrize(
    ("answers", "first", "second"),
    [
        ({}, "250", "250"),
        ({"greylist": 1.0}, "451", "250"),
        ({"refuse": 1.0}, "550", "550"),
        ({"drop_after_dot": 1.0}, "", "250"),
        ({"slow": 1.0, "slow_seconds": 0.05}, "250", "250"),
    ],
)
async def test_every_answer_of_the_script_is_given(
    mailer: RunningMailer, rehearsals: Rehearsals, answers: dict[str, float], first: str, second: str
) -> None:
    seat = await rehearsals.seat_for(await begin(mailer, **answers))
    for expected in (first, second):
        talk = await Talk.to(seat)
        replies = await talk.send("ada@example.org")
        said = replies[-1] if replies[1].startswith("250") else replies[1]
        assert said[:3] == expected
        if not replies[1].startswith("250"):
            assert replies[2].startswith("554")
            assert (await talk.say("RSET")).startswith("250")
        talk.close()


async def test_messages_in_one_write_are_answered_in_order(mailer: RunningMailer, rehearsals: Rehearsals) -> None:
    talk = await Talk.to(await rehearsals.seat_for(await begin(mailer)))
    group = b"MAIL FROM:<>\r\nRCPT TO:<ada@example.org>\r\nDATA\r\n"
    talk.writer.write(group)
    assert [(await talk.reply())[:3] for _ in range(3)] == ["250", "250", "354"]
    talk.writer.write(LETTER % 1 + b".\r\n" + group)
    assert [(await talk.reply())[:3] for _ in range(4)] == ["250", "250", "250", "354"]
    talk.close()


async def test_who_names_no_rehearsal_gets_nowhere(mailer: RunningMailer, rehearsals: Rehearsals) -> None:
    seat = await rehearsals.seat_for(await begin(mailer))
    stranger = await Talk.to(Seat(seat.host, seat.port, "mail.example.org"))
    assert (await stranger.say("EHLO " + seat.helo.split(".")[0] + ".guessed")).startswith("550")
    assert (await stranger.say("MAIL FROM:<>")).startswith("503")
    stranger.close()


async def test_a_line_without_an_end_closes_the_connection(mailer: RunningMailer, rehearsals: Rehearsals) -> None:
    talk = await Talk.to(await rehearsals.seat_for(await begin(mailer)))
    talk.writer.write(b"x" * 10_000)
    async with asyncio.timeout(5):
        assert await talk.reader.read() == b""
    talk.close()


async def test_what_is_no_rehearsal_has_no_seat(mailer: RunningMailer, rehearsals: Rehearsals) -> None:
    live = await mailer.deliver(mailer.lui.offer())
    for delivery_id in (live, new_id()):
        with pytest.raises(RehearsalUnknown):
            await rehearsals.seat_for(delivery_id)


async def test_what_it_saw_is_written_down_once_and_shown(
    mailer: RunningMailer, rehearsals: Rehearsals, callers: Callers
) -> None:
    delivery_id = await begin(mailer, refuse=0.5)
    other = Rehearsals(mailer.resources.uow, timedelta(days=14), 4)  # of a second process
    for number, each in enumerate([rehearsals, other] * 30):
        talk = await Talk.to(await each.seat_for(delivery_id))
        await talk.send(f"person{number}@example.org", LETTER % number)
        talk.close()
    for _ in range(2):
        await rehearsals.flush()
        await other.flush()
    other.close()
    async with callers.as_account("see_recipients", account_id=OWNER) as ada:
        shown = (await ada.get(f"/api/v1/deliveries/{delivery_id}/rehearsal")).json()
        samples = [
            (await ada.get(f"/api/v1/deliveries/{delivery_id}/rehearsal/samples/{number}")) for number in range(1, 12)
        ]
    assert shown["answers"]["accept"] + shown["answers"]["refuse"] == 60
    assert min(shown["answers"]["accept"], shown["answers"]["refuse"]) > 10
    assert [sample["number"] for sample in shown["samples"]] == list(range(1, 11))
    assert {sample["subject"] for sample in shown["samples"]} == {"Grüße"}
    assert [reply.status_code for reply in samples] == [200] * 10 + [404]
    async with callers.as_account("see_recipients") as stranger:
        assert (await stranger.get(f"/api/v1/deliveries/{delivery_id}/rehearsal")).status_code == 404
        assert (await stranger.get(f"/api/v1/deliveries/{delivery_id}/rehearsal/samples/1")).status_code == 404
    async with callers.as_account("create_jobs", account_id=OWNER) as without_right:
        assert (await without_right.get(f"/api/v1/deliveries/{delivery_id}/rehearsal")).status_code == 403
    for sample, reply in zip(shown["samples"], samples, strict=False):
        assert reply.headers["content-type"] == "message/rfc822"
        message = email.message_from_bytes(reply.content, policy=email.policy.default)
        assert (message["Subject"], message.get_content()) == ("Grüße", "Hello\r\n.twice\r\n")
        assert (len(reply.content), "@example.org" in sample["rcpt_to"]) == (sample["size"], True)


async def test_a_database_that_was_away_misses_nothing(mailer: RunningMailer, rehearsals: Rehearsals) -> None:
    talk = await Talk.to(await rehearsals.seat_for(await begin(mailer)))
    await talk.send("ada@example.org")
    async with mailer.resources.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE mailer.rehearsals RENAME TO elsewhere"))
    with pytest.raises(SQLAlchemyError):
        await rehearsals.flush()
    await talk.send("bo@example.org")
    talk.close()
    async with mailer.resources.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE mailer.elsewhere RENAME TO rehearsals"))
    await rehearsals.flush()
    (row,) = await mailer.rows("SELECT answers FROM mailer.rehearsals")
    assert row.answers["accept"] == len(await mailer.rows("SELECT 1 FROM mailer.rehearsal_samples")) == 2


async def test_old_rehearsals_are_forgotten_with_their_samples(mailer: RunningMailer, rehearsals: Rehearsals) -> None:
    delivery_id = await begin(mailer)
    talk = await Talk.to(await rehearsals.seat_for(delivery_id))
    await talk.send("ada@example.org")
    talk.close()
    await rehearsals.flush()
    async with mailer.resources.uow() as uow:
        await forget_old(uow, timedelta(days=1))
    assert len(await mailer.rows("SELECT 1 FROM mailer.rehearsal_samples")) == 1
    async with mailer.resources.uow() as uow:
        await forget_old(uow, timedelta(0))
    assert await mailer.rows("SELECT 1 FROM mailer.rehearsal_samples") == []
    talk = await Talk.to(await rehearsals.seat_for(delivery_id))
    await talk.send("bo@example.org")
    talk.close()
    await rehearsals.flush()
    assert await mailer.rows("SELECT 1 FROM mailer.rehearsal_samples") == []


async def test_its_line_admits_everything_whatever_it_answers(mailer: RunningMailer, rehearsals: Rehearsals) -> None:
    delivery_id = await begin(mailer)
    line = await rehearsals.line_for(delivery_id)
    assert line is await rehearsals.line_for(delivery_id)
    group = line.destination("ada@example.org")
    for _ in range(1_000):
        assert line.pacer.admit(group)
        line.pacer.report(group, Result.deferred(Reply(421, "4.7.0 too fast")))
    assert (line.pacer.pause, line.pacer.may_connect(), line.is_usable, line.connections) == (None, True, True, 4)
    assert (line.target.host, line.target.tls) == ("127.0.0.1", "none")
