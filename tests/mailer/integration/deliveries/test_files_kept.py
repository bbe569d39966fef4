"""Files of messages go when no delivery needs them any more, and come back for one that is tried again."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from mailer.deliveries import service
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings, only
from tests.support.smtp import Fate, a_sink

Clone = Callable[[str], str]
KEPT = timedelta(days=30)
PRICES = b"%PDF-1.7 prices"


def _attached(octets: bytes = PRICES) -> dict[str, Any]:
    named = {"file_name": "prices.pdf", "content_type": "application/pdf", "content_id": None}
    return {"attachments": [{**named, "size": len(octets), "sha256": hashlib.sha256(octets).hexdigest()}]}


async def _drop(mailer: RunningMailer) -> int:
    async with mailer.resources.uow() as uow:
        return await service.drop_files(uow, KEPT)


async def _execute(mailer: RunningMailer, statement: str, delivery_id: str = "") -> None:
    async with mailer.resources.engine.begin() as connection:
        await connection.exec_driver_sql(statement, (delivery_id,) if delivery_id else None)


async def _let_time_pass(mailer: RunningMailer, *ended: str) -> None:
    await _execute(mailer, "UPDATE mailer.message_files SET created_at = created_at - interval '31 days'")
    for delivery_id in ended:
        await _execute(
            mailer,
            "UPDATE mailer.deliveries SET finished_at = finished_at - interval '31 days' WHERE id = %s",
            delivery_id,
        )


async def test_files_stay_as_long_as_a_delivery_that_names_them_is_young_or_open(clone: Clone) -> None:
    lui = FakeLui(files={hashlib.sha256(PRICES).hexdigest(): PRICES})
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        first, second = [await mailer.deliver(lui.offer(an_audience(1), **_attached())) for _ in range(2)]
        for delivery_id in (first, second):
            await mailer.finished(delivery_id)
        assert await _drop(mailer) == 0, "it has just been fetched"
        await _let_time_pass(mailer, first)
        assert await _drop(mailer) == 0, "the second delivery ended lately"
        await _execute(mailer, "UPDATE mailer.deliveries SET finished_at = NULL WHERE id = %s", second)
        assert await _drop(mailer) == 0, "the second delivery goes on"
        await _execute(mailer, "UPDATE mailer.deliveries SET finished_at = now() WHERE id = %s", second)
        await _let_time_pass(mailer, second)
        assert await _drop(mailer) == 1
        assert await _drop(mailer) == 0


async def test_who_is_tried_again_later_gets_the_very_same_file(clone: Clone) -> None:
    lui, is_broken = FakeLui(files={hashlib.sha256(PRICES).hexdigest(): PRICES}), [True]

    def script(address: str, _: int) -> Fate | None:
        return Fate("RCPT", "550 5.7.1 not today") if is_broken[0] and address.startswith("person2") else None

    settings = mailer_settings(clone("mailer"), 1)
    async with a_sink(script) as sink:
        settings = settings.model_copy(update={"smtp": settings.smtp.model_copy(update={"port": sink.port})})
        async with a_mailer(settings, lui) as mailer:
            delivery_id = await mailer.deliver(lui.offer(an_audience(2), **_attached()))
            end = await mailer.finished(delivery_id)
            assert only(end.counts) == {"sent": 1, "refused": 1}
            await _let_time_pass(mailer, delivery_id)
            assert await _drop(mailer) == 1
        # Another process, which has nothing compiled.
        async with a_mailer(settings, lui) as mailer:
            is_broken[0] = False
            await mailer.control(delivery_id, "retry", 1)
            again = await mailer.finished(delivery_id, revision_above=end.revision)
            assert only(again.counts) == {"sent": 2}
    first, second = (message.data.partition(b"\r\n\r\n")[2] for message in sink.received)
    assert b"prices.pdf" in first
    assert second.count(b"prices.pdf") == first.count(b"prices.pdf")
