"""What a pacer promises, on a clock that tests turn."""

from hypothesis import given
from hypothesis import strategies as st

from mailer.gateways.rules.destination import Limit
from mailer.gateways.rules.destinations import MAX_DESTINATIONS
from mailer.gateways.rules.pacer import Share
from mailer.gateways.rules.results import ACCEPTED, BROKEN
from tests.support.builders.pacing import BLOCKED, CALM, OTHER, SLOW_DOWN, UNKNOWN, Bench


def test_a_new_destination_starts_with_a_tenth_and_earns_the_rest_by_answering() -> None:
    bench = Bench()
    admitted = []
    for answer in (ACCEPTED, UNKNOWN, ACCEPTED, UNKNOWN, ACCEPTED):
        admitted.append(bench.admitted(CALM))
        for _ in range(admitted[-1]):
            bench.pacer.report(CALM, answer)
    assert admitted == [2, 4, 8, 16, 20]


def test_one_that_never_answers_leaves_nine_tenths_of_the_connections_to_others() -> None:
    bench = Bench()
    assert bench.admitted("silent.example") == 2
    bench.grown(OTHER)
    assert bench.admitted(OTHER) == 20


def test_a_rate_is_kept_over_any_stretch_of_time() -> None:
    bench = Bench(Share(20, rate_per_second=50.0))
    count = 0
    for _ in range(10_000):
        if bench.pacer.admit(CALM):
            bench.pacer.report(CALM, ACCEPTED)
            count += 1
        bench.clock.now += 0.001
    assert 495 <= count <= 10 * 50 + 50 * 0.05 + 1


def test_a_released_message_costs_nothing() -> None:
    bench = Bench(Share(20, rate_per_second=1.0, is_limited_by_hour=True))
    bench.pacer.allowance.add(1, bench.clock.now + 60)
    for _ in range(10):
        assert bench.pacer.admit(CALM)
        bench.pacer.release(CALM)
    assert bench.pacer.admit(CALM)
    bench.pacer.report(CALM, ACCEPTED)
    assert bench.pacer.allowance.remaining == 0


def test_an_hours_allowance_ends_with_the_hour() -> None:
    bench = Bench(Share(20, is_limited_by_hour=True))
    assert not bench.pacer.admit(CALM)
    bench.pacer.allowance.add(3, bench.clock.now + 60)
    bench.pass_through(CALM, ACCEPTED, 2)
    bench.clock.now += 60
    assert not bench.pacer.admit(CALM)
    assert [reason.code for reason in bench.pacer.slowness()] == ["rate_per_hour"]


def test_an_explicit_limit_of_a_destination_is_obeyed_at_once_and_said() -> None:
    bench = Bench()
    bench.grown()
    bench.pacer.adopt(Share(20, destinations={CALM: Limit(connections=3), OTHER: Limit(rate_per_second=2.0)}))
    assert bench.admitted(CALM) == 3
    assert bench.pacer.ready_at(CALM) is None
    assert bench.admitted(OTHER) == 1
    assert {(reason.code, reason.destination) for reason in bench.pacer.slowness()} == {
        ("destination_limit", CALM),
        ("destination_limit", OTHER),
    }
    bench.pacer.adopt(Share(20))
    assert bench.pacer.admit(OTHER)


def test_until_one_connection_is_open_only_one_is_tried() -> None:
    bench = Bench()
    assert bench.pacer.may_connect()
    assert not bench.pacer.may_connect()
    bench.pacer.connection_opened()
    assert all(bench.pacer.may_connect() for _ in range(19))


def test_what_is_remembered_is_bounded() -> None:
    bench = Bench()
    for number in range(3 * MAX_DESTINATIONS):
        bench.pacer.admit(f"d{number}.example")
        bench.pacer.report(f"d{number}.example", UNKNOWN)
    assert len(bench.pacer._known) <= MAX_DESTINATIONS


def test_reports_about_nothing_change_nothing() -> None:
    bench = Bench()
    bench.pacer.report("never.example", ACCEPTED)
    bench.pacer.release("never.example")
    bench.pass_through(CALM, ACCEPTED)
    bench.pacer.report(CALM, ACCEPTED)
    assert bench.pacer.ended == 1


Step = st.tuples(
    st.sampled_from(["admit", "release", "accept", "slow", "broken", "block"]),
    st.sampled_from([CALM, OTHER, "third.example"]),
    st.sampled_from([0.0, 0.0, 0.001, 0.3, 7.0, 400.0]),
)


@given(st.lists(Step, max_size=200), st.sampled_from([None, 3.0, 100.0]))
def test_whatever_happens_ready_at_tells_the_truth_and_limits_hold(
    steps: list[tuple[str, str, float]], rate: float | None
) -> None:
    bench = Bench(Share(6, rate_per_second=rate, destinations={OTHER: Limit(2, 5.0)}))
    results = {"accept": ACCEPTED, "slow": SLOW_DOWN, "broken": BROKEN, "block": BLOCKED}
    in_flight = dict.fromkeys((CALM, OTHER, "third.example"), 0)
    for what, destination, seconds in steps:
        bench.clock.now += seconds
        if what == "admit":
            ready = bench.pacer.ready_at(destination)
            admitted = bench.pacer.admit(destination)
            assert admitted is (ready is not None and ready <= bench.clock.now)
            in_flight[destination] += admitted
        elif in_flight[destination]:
            in_flight[destination] -= 1
            if what == "release":
                bench.pacer.release(destination)
            else:
                bench.pacer.report(destination, results[what])
        assert max(in_flight.values()) <= 6
        assert in_flight[OTHER] <= 2
    for destination, count in in_flight.items():
        for _ in range(count):
            bench.pacer.report(destination, ACCEPTED)
    bench.clock.now += 10_000
    if bench.pacer.pause is None:
        assert bench.pacer.admit(CALM)


def test_when_all_that_is_remembered_is_in_trouble_the_oldest_idle_one_is_forgotten() -> None:
    bench = Bench()
    for number in range(MAX_DESTINATIONS):
        bench.pass_through(f"d{number}.example", SLOW_DOWN)
    bench.pass_through("one-more.example", ACCEPTED)
    assert len(bench.pacer._known) == MAX_DESTINATIONS
    assert "one-more.example" in bench.pacer._known


def test_a_tick_forgets_what_is_idle_and_calm() -> None:
    bench = Bench()
    for number in range(MAX_DESTINATIONS * 3 // 4):
        bench.pass_through(f"d{number}.example", UNKNOWN)
    bench.pass_through(CALM, SLOW_DOWN)
    bench.clock.now += 2
    bench.pacer.tick()
    assert list(bench.pacer._known) == [CALM]


def test_an_attempt_whose_end_nobody_reports_blocks_nobody_for_ever() -> None:
    bench = Bench()
    assert bench.pacer.may_connect()
    bench.clock.now += 89
    assert not bench.pacer.may_connect()
    bench.clock.now += 2
    assert bench.pacer.may_connect()


def test_a_limit_that_is_lifted_is_counted_no_more() -> None:
    bench = Bench(Share(20, rate_per_second=1.0, is_limited_by_hour=True))
    assert not bench.pacer.admit(CALM)
    assert bench.pacer.allowance.take_back() == 0
    bench.pacer.adopt(Share(20))
    bench.pass_through(CALM, ACCEPTED, 100)


def test_the_gateways_own_limits_are_known_without_naming_a_destination() -> None:
    bench = Bench(Share(20, rate_per_second=0.5))
    bench.pass_through(CALM, ACCEPTED)
    assert bench.pacer.open_at() == bench.pacer.ready_at(OTHER)
    assert bench.pacer.open_at() > bench.clock.now + 1


def test_another_rate_does_not_wait_for_what_the_old_one_asked() -> None:
    bench = Bench(Share(20, rate_per_second=0.001, destinations={CALM: Limit(rate_per_second=0.001)}))
    bench.pass_through(CALM, ACCEPTED)
    bench.pacer.adopt(Share(20, rate_per_second=10.0, destinations={CALM: Limit(rate_per_second=10.0)}))
    bench.pass_through(CALM, ACCEPTED)
