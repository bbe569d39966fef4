"""Suppressions carry the number of their transaction; after a restore those numbers are of another cluster."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import text

from mailer.suppression import service as suppression
from mailer.suppression.schemas import Reason
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings, only
from tests.support.smtp import Sink, a_sink
from tests.support.wait import eventually

Clone = Callable[[str], str]
SLOWLY = {"rate_per_second": 200.0}
OLD, YOUNG = 3, 2**62
"""Numbers of a cluster that has hardly begun, and of one that is older than any."""


async def _suppress(mailer: RunningMailer, addresses: Sequence[str], *, added_in: int) -> None:
    async with mailer.resources.uow() as uow:
        for address in addresses:
            await suppression.suppress(uow, suppression.Request(address, None, Reason.MANUAL), by=None)
        await uow.session.flush()
        hashes = [suppression.address_hash(address) for address in addresses]
        await uow.session.execute(
            text("UPDATE mailer.suppressions SET added_in = :number WHERE address_hash = ANY(:hashes)"),
            {"number": added_in, "hashes": hashes},
        )


async def _half_sent(mailer: RunningMailer, sink: Sink, lui: FakeLui) -> tuple[str, list[str]]:
    """A delivery in the middle, and forty of those who are still to be written to."""
    audience = an_audience(400)
    delivery_id = await mailer.deliver(lui.offer(audience))
    await eventually(lambda: len(sink.received) >= 10)
    return delivery_id, [address for address in audience.addresses[200:] if address not in sink.recipients][:40]


async def _obeyed(mailer: RunningMailer, delivery_id: str, chosen: Sequence[str]) -> None:
    """Nobody of those chosen is permitted from now on, and the delivery ends."""
    at = (await mailer.rows("SELECT clock_timestamp()"))[0][0]
    end = await mailer.finished(delivery_id, deadline=40.0)
    [late] = await mailer.rows(
        "SELECT count(*) FROM mailer.send_log l JOIN mailer.envelopes e"
        " ON e.delivery_id = l.delivery_id AND e.ordinal = ANY(l.ordinals)"
        " WHERE e.address = ANY(:chosen) AND l.kind = 1 AND l.at > :at",
        chosen=list(chosen),
        at=at,
    )
    assert late[0] == 0
    assert only(end.counts).get("suppressed", 0) > 0


@pytest.mark.parametrize("number", [OLD, YOUNG])
async def test_who_was_suppressed_in_the_other_cluster_is_not_written_to(clone: Clone, number: int) -> None:
    lui, audience = FakeLui(), an_audience(50)
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        await _suppress(mailer, audience.addresses[:20], added_in=number)
        end = await mailer.finished(await mailer.deliver(lui.offer(audience)))
        assert only(end.counts) == {"sent": 30, "suppressed": 20}
        assert sorted(sink.recipients) == sorted(audience.addresses[20:])


async def test_numbers_from_the_future_make_the_gate_compare_every_address(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port, smtp=SLOWLY), lui) as mailer:
        await _suppress(mailer, ["somebody@else.test"], added_in=YOUNG)
        delivery_id, chosen = await _half_sent(mailer, sink, lui)
        await _suppress(mailer, chosen, added_in=OLD)
        await _obeyed(mailer, delivery_id, chosen)


async def test_a_gate_that_comes_back_to_another_cluster_compares_what_it_has_in_hand(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port, smtp=SLOWLY), lui) as mailer:
        delivery_id, chosen = await _half_sent(mailer, sink, lui)
        before = mailer.sender.gate.driver
        assert before is not None
        await mailer.rows("SELECT pg_terminate_backend(:pid)", pid=before.info.backend_pid)
        gate = mailer.sender.gate
        await eventually(lambda: gate.driver is not before and gate.is_open.is_set())
        # Numbered as by a cluster whose transactions have not come as far as those of the one before.
        await _suppress(mailer, chosen, added_in=OLD)
        await _obeyed(mailer, delivery_id, chosen)
