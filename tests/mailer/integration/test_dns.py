"""Asking the domain name system knows "there is none" from "nobody answered", and never waits for long."""

import time
from collections.abc import AsyncIterator

import pytest

from mailer.config import DnsSettings
from mailer.dns import NoRecord, Resolver, Unanswered
from tests.support.dns import Zone, name_server


@pytest.fixture
async def asked() -> AsyncIterator[tuple[Zone, Resolver]]:
    zone = Zone()
    async with name_server(zone) as address:
        yield zone, Resolver(DnsSettings(name_servers=(address,), timeout_seconds=0.3))


async def test_long_records_come_in_one_piece(asked: tuple[Zone, Resolver]) -> None:
    zone, resolver = asked
    zone.txt["a.example"] = ["x" * 700, 'quo"ted']
    assert sorted(await resolver.txt("a.example")) == ['quo"ted', "x" * 700]


async def test_mail_exchangers_come_best_first(asked: tuple[Zone, Resolver]) -> None:
    zone, resolver = asked
    zone.mx["a.example"] = [(20, "mx2.a.example"), (10, "mx1.a.example")]
    assert await resolver.mx("a.example") == [(10, "mx1.a.example"), (20, "mx2.a.example")]


async def test_no_record_and_no_name_are_answers(asked: tuple[Zone, Resolver]) -> None:
    zone, resolver = asked
    zone.mx["a.example"] = [(10, "mx.a.example")]
    for name in ("a.example", "b.example"):
        with pytest.raises(NoRecord):
            await resolver.txt(name)


async def test_failure_and_silence_are_none(asked: tuple[Zone, Resolver]) -> None:
    zone, resolver = asked
    zone.failing.add("a.example")
    with pytest.raises(Unanswered, match="could not answer"):
        await resolver.txt("a.example")
    zone.silent = True
    began = time.monotonic()
    with pytest.raises(Unanswered, match=r"within 0\.3 seconds"):
        await resolver.txt("b.example")
    assert time.monotonic() - began < 5.0


@pytest.mark.parametrize("name", ["a..b", "x" * 64 + ".example", "\udc80.example"])
async def test_what_cannot_be_asked_is_not_there_for_all_we_know(asked: tuple[Zone, Resolver], name: str) -> None:
    with pytest.raises(Unanswered, match="could not be asked"):
        await asked[1].txt(name)


async def test_names_that_are_never_public_are_not_asked_for() -> None:
    # The machine's own name servers would have to be asked, which a test may not do.
    resolver = Resolver(DnsSettings())
    for name in ("tutti.test", "_dmarc.shop.example", "a.invalid.", "localhost"):
        with pytest.raises(NoRecord):
            await resolver.txt(name)
