"""A destination that wants to be left alone is; nobody else pays for it."""

import pytest

from mailer.gateways.rules.destination import BACKOFF, RECOVERY_SECONDS
from mailer.gateways.rules.results import ACCEPTED, BROKEN, Result
from tests.support.builders.pacing import CALM, OTHER, SLOW_DOWN, UNKNOWN, Bench, Said


def test_a_request_to_slow_down_halves_once_and_recovery_is_one_at_a_time() -> None:
    bench = Bench()
    bench.grown()
    assert bench.admitted(CALM) == 20
    for _ in range(2):
        bench.pacer.report(CALM, SLOW_DOWN)
    for _ in range(18):
        bench.pacer.report(CALM, ACCEPTED)
    assert bench.admitted(CALM) == 10
    for _ in range(10):
        bench.pacer.report(CALM, ACCEPTED)
    bench.clock.now += RECOVERY_SECONDS
    bench.pass_through(CALM, ACCEPTED, 3)
    assert bench.admitted(CALM) == 11


def test_repeated_requests_to_slow_down_leave_the_destination_alone_for_longer_each_time() -> None:
    bench = Bench()
    waits = []
    for _ in range(3):
        bench.pass_through(CALM, SLOW_DOWN)
    for _ in range(4):
        ready = bench.pacer.ready_at(CALM)
        assert ready is not None
        waits.append(ready - bench.clock.now)
        assert not bench.pacer.admit(CALM)
        bench.clock.now = ready
        bench.pass_through(CALM, SLOW_DOWN)
    assert waits == [BACKOFF.wait(level, lambda: 0.5) for level in (1, 2, 3, 4)]
    assert waits == sorted(waits)
    assert max(BACKOFF.wait(50, lambda: 1.0), BACKOFF.wait(10_000, lambda: 1.0)) == BACKOFF.longest


def test_backing_off_from_one_destination_costs_the_others_nothing() -> None:
    bench = Bench()
    bench.grown(OTHER)
    for _ in range(3):
        bench.pass_through(CALM, SLOW_DOWN)
    assert not bench.pacer.admit(CALM)
    assert bench.admitted(OTHER) == 20


@pytest.mark.parametrize(
    ("reply", "slows"),
    [
        (Said(421, "4.3.2 closing"), True),
        (Said(451, "4.7.1 try later, rate limit"), True),
        (Said(450, "busy"), True),
        (Said(452, "too many recipients"), True),
        (Said(454, "4.7.0 temporary authentication failure"), True),
        (Said(451, "4.7.1 Greylisted, come back"), False),
        (Said(450, "you are graylisted"), False),
        (Said(452, "4.2.2 mailbox full"), False),
        (Said(450, "4.1.1 mailbox unavailable"), False),
        (Said(441, "strange"), False),
    ],
)
def test_only_what_asks_the_sender_to_slow_down_slows_it_down(reply: Said, *, slows: bool) -> None:
    bench = Bench()
    bench.grown()
    bench.pass_through(CALM, Result.deferred(reply))
    assert bool(bench.pacer.slowness()) is slows


def test_connections_that_break_count_against_a_destination_only_while_the_gateway_works() -> None:
    bench = Bench()
    bench.grown(OTHER)
    bench.clock.now += 60
    bench.pass_through(CALM, BROKEN, 5)
    assert bench.pacer.admit(CALM)
    bench.pacer.release(CALM)
    bench.pass_through(OTHER, ACCEPTED)
    bench.pass_through(CALM, BROKEN, 3)
    assert not bench.pacer.admit(CALM)
    assert [reason.detail for reason in bench.pacer.slowness()] == ["connections broke while it was written to"]


def test_a_destination_that_takes_long_gets_fewer_connections_while_others_want_some() -> None:
    bench = Bench()
    bench.grown()
    bench.grown(OTHER)
    bench.clock.now += 2
    bench.pacer.tick()
    assert bench.admitted(CALM) == 20
    bench.pass_through(OTHER, ACCEPTED, 5)
    bench.clock.now += 2
    bench.pacer.tick()
    assert [(reason.code, reason.destination) for reason in bench.pacer.slowness()] == [("throttled", CALM)]
    for _ in range(20):
        bench.pacer.report(CALM, UNKNOWN)
    assert bench.admitted(CALM) == 2


def test_a_gateway_that_refuses_more_connections_goes_on_with_those_it_took() -> None:
    bench = Bench()
    assert bench.pacer.may_connect()
    bench.pacer.connection_opened()
    assert bench.pacer.may_connect()
    bench.clock.now += 1
    bench.pacer.connection_failed("it answered 421 too many connections", is_refused_by_configuration=False)
    bench.clock.now += 1
    bench.pass_through(CALM, ACCEPTED)
    assert bench.pacer.problem is None
    (reason,) = bench.pacer.slowness()
    assert (reason.code, reason.detail) == ("connections_refused", "it answered 421 too many connections")


def test_a_destination_that_recovered_has_no_reason_any_more() -> None:
    bench = Bench()
    bench.grown()
    bench.pass_through(CALM, SLOW_DOWN)
    for _ in range(20):
        bench.clock.now += RECOVERY_SECONDS
        bench.pass_through(CALM, ACCEPTED)
    assert list(bench.pacer.slowness()) == []
    assert bench.admitted(CALM) == 20


def test_what_was_under_way_and_is_accepted_does_not_end_the_rest_of_a_destination() -> None:
    bench = Bench()
    bench.grown()
    assert bench.admitted(CALM, 5) == 5
    for _ in range(3):
        bench.pacer.report(CALM, SLOW_DOWN)
    bench.pacer.report(CALM, ACCEPTED)
    assert not bench.pacer.admit(CALM)
    (shown,) = bench.pacer.destinations(10)
    assert (shown.name, shown.concurrency, shown.reason) == (CALM, 1, "asked us to slow down")
    assert shown.backoff_until == bench.pacer.ready_at(CALM)


def test_after_a_connection_broke_the_next_one_is_tried_at_once() -> None:
    bench = Bench()
    assert bench.pacer.may_connect()
    bench.pacer.connection_opened()
    bench.pass_through(CALM, BROKEN)
    bench.pacer.connection_closed()
    assert bench.pacer.may_connect()
    assert not bench.pacer.may_connect()
    bench.pacer.connection_opened()
    assert all(bench.pacer.may_connect() for _ in range(5))


def test_when_no_connection_is_left_the_next_one_is_tried_alone() -> None:
    bench = Bench()
    assert bench.pacer.may_connect()
    bench.pacer.connection_opened()
    assert bench.pacer.may_connect()
    bench.pacer.connection_opened()
    bench.pacer.connection_closed()
    assert bench.pacer.may_connect()
    bench.pacer.connection_closed()
    assert (bench.pacer.may_connect(), bench.pacer.may_connect()) == (True, False)
