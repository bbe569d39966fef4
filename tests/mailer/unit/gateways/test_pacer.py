"""What a pacer promises, on a clock that tests turn."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.gateways.rules.breaker import Pause
from mailer.gateways.rules.destination import BACKOFF, MAX_BLOCKS, RECOVERY_SECONDS, Limit
from mailer.gateways.rules.destinations import MAX_DESTINATIONS
from mailer.gateways.rules.pacer import LOOK_AGAIN_SECONDS, Pacer, Share
from mailer.gateways.rules.results import ACCEPTED, BROKEN, Result

CALM, OTHER = "calm.example", "other.example"


@dataclass(frozen=True)
class Said:
    """A reply."""

    code: int
    text: str = ""


SLOW_DOWN = Result.deferred(Said(421, "4.7.0 too many connections, slow down"))
BLOCKED = Result.refused(Said(550, "5.7.1 your address is blocked by policy"))
UNKNOWN = Result.refused(Said(550, "5.1.1 no such user"))


@dataclass
class Turned:
    """A clock."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Bench:
    """A pacer and its clock."""

    share: Share = field(default_factory=lambda: Share(20))
    is_default: bool = False

    def __post_init__(self) -> None:
        self.clock = Turned()
        self.pacer = Pacer(self.share, clock=self.clock, chance=lambda: 0.5, is_default=self.is_default)

    def admitted(self, destination: str, at_most: int = 1_000) -> int:
        """How many it lets in at this instant."""
        return next((n for n in range(at_most) if not self.pacer.admit(destination)), at_most)

    def pass_through(self, destination: str, result: Result, count: int = 1) -> None:
        """So many messages, one after the other."""
        for _ in range(count):
            assert self.pacer.admit(destination)
            self.pacer.report(destination, result)

    def grown(self, destination: str = CALM) -> None:
        """A destination that has proven to take all there is."""
        self.pass_through(destination, ACCEPTED, 20)


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


def test_a_destination_that_blocks_more_than_one_in_twenty_is_paused_and_the_others_go_on() -> None:
    bench = Bench()
    for _ in range(MAX_BLOCKS):
        bench.pass_through(CALM, BLOCKED)
        bench.pass_through(CALM, ACCEPTED, 5)
    assert bench.pacer.unwritten_pauses() == []
    bench.pass_through(CALM, BLOCKED)
    (pause,) = bench.pacer.unwritten_pauses()
    assert (pause.destination, pause.code) == (CALM, "blocks")
    assert "5.7.1" in pause.reason
    assert not bench.pacer.admit(CALM)
    bench.pass_through(OTHER, ACCEPTED)
    assert bench.pacer.pause is None


def test_five_percent_of_the_last_thousand_are_borne() -> None:
    bench = Bench()
    for _ in range(500):
        bench.pass_through(CALM, BLOCKED)
        bench.pass_through(CALM, ACCEPTED, 19)
    assert bench.pacer.unwritten_pauses() == []


def test_blocks_by_many_destinations_pause_the_gateway_until_somebody_resumes() -> None:
    bench = Bench()
    for number in range(MAX_BLOCKS + 1):
        bench.pass_through(f"d{number}.example", BLOCKED)
    (pause,) = bench.pacer.unwritten_pauses()
    assert pause.destination is None
    assert bench.pacer.pause == pause.reason
    assert not bench.pacer.admit(OTHER)
    assert not bench.pacer.may_connect()
    bench.pacer.obey_pause(None, None)
    bench.pass_through(OTHER, ACCEPTED)


def test_a_reason_names_no_recipient() -> None:
    bench = Bench()
    said = Result.refused(Said(550, "5.7.1 <ada@calm.example> blocked"))
    bench.pass_through(CALM, said, MAX_BLOCKS + 1)
    assert "ada" not in bench.pacer.unwritten_pauses()[0].reason


def test_unknown_mailboxes_stop_nothing() -> None:
    bench = Bench()
    bench.pass_through(CALM, UNKNOWN, 2_000)
    assert bench.pacer.unwritten_pauses() == []


def test_a_wrong_password_pauses_a_stored_gateway_with_its_reason() -> None:
    bench = Bench()
    assert bench.pacer.may_connect()
    bench.pacer.connection_failed("it does not accept the password", is_refused_by_configuration=True)
    assert bench.pacer.pause == bench.pacer.problem == "it does not accept the password"
    assert not bench.pacer.may_connect()
    bench.clock.now += 1e6
    assert not bench.pacer.may_connect()
    bench.pacer.obey_pause(None, None)
    assert bench.pacer.may_connect()


def test_the_deployments_gateway_is_tried_slowly_instead() -> None:
    bench = Bench(is_default=True)
    attempts = 0
    for _ in range(3_600):
        if bench.pacer.may_connect():
            attempts += 1
            bench.pacer.connection_failed("it does not accept the password", is_refused_by_configuration=True)
        bench.clock.now += 1.0
    assert 30 <= attempts <= 80
    assert bench.pacer.pause is None
    assert bench.pacer.problem == "it does not accept the password"


def test_an_answer_that_wants_us_to_sign_in_pauses_the_gateway() -> None:
    bench = Bench()
    bench.pass_through(CALM, Result.refused(Said(530, "5.7.0 authentication required")))
    assert "sign in" in (bench.pacer.pause or "")


def test_until_one_connection_is_open_only_one_is_tried() -> None:
    bench = Bench()
    assert bench.pacer.may_connect()
    assert not bench.pacer.may_connect()
    bench.pacer.connection_opened()
    assert all(bench.pacer.may_connect() for _ in range(19))


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


def test_an_old_block_is_forgotten_after_a_thousand_messages() -> None:
    bench = Bench()
    for _ in range(MAX_BLOCKS):
        bench.pass_through(CALM, BLOCKED)
    bench.pass_through(CALM, ACCEPTED, 1_000)
    for _ in range(MAX_BLOCKS):
        bench.pass_through(CALM, BLOCKED)
    assert bench.pacer.unwritten_pauses() == []


def test_words_tell_a_block_where_no_enhanced_code_does() -> None:
    for reply, blocks in (
        (Said(554, "message blocked, poor reputation"), True),
        (Said(550, "no such user"), False),
        (Said(552, "spam quota"), False),
        (Said(550, "5.1.1 unknown, spam"), False),
    ):
        bench = Bench()
        bench.pass_through(CALM, Result.refused(reply), MAX_BLOCKS + 1)
        assert bool(bench.pacer.unwritten_pauses()) is blocks


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


def test_a_limit_that_is_lifted_is_counted_no_more() -> None:
    bench = Bench(Share(20, rate_per_second=1.0, is_limited_by_hour=True))
    assert not bench.pacer.admit(CALM)
    assert bench.pacer.allowance.take_back() == 0
    bench.pacer.adopt(Share(20))
    bench.pass_through(CALM, ACCEPTED, 100)


def test_pauses_written_down_by_others_are_obeyed_and_ended_with_them() -> None:
    bench = Bench()
    bench.pacer.obey_destination_pauses({CALM: Pause(CALM, "blocks", "they block us", 60.0)})
    assert not bench.pacer.admit(CALM)
    assert [(reason.code, reason.detail) for reason in bench.pacer.slowness()] == [
        ("destination_paused", "they block us")
    ]
    bench.pacer.obey_destination_pauses({OTHER: Pause(OTHER, "complaints", "too many", None)})
    bench.pass_through(CALM, ACCEPTED)
    assert not bench.pacer.admit(OTHER)
    bench.pacer.obey_pause("administrator", "maintenance")
    assert not bench.pacer.admit(CALM)
    assert bench.pacer.slowness()[0].code == "gateway_paused"


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


def test_nobody_relies_on_the_end_of_a_pause_which_somebody_may_end_at_any_time() -> None:
    bench = Bench()
    bench.pacer.obey_destination_pauses({CALM: Pause(CALM, "blocks", "they block us", 14_400.0)})
    assert bench.pacer.ready_at(CALM) == bench.clock.now + LOOK_AGAIN_SECONDS
    bench.pacer.obey_pause("administrator", "maintenance")
    assert bench.pacer.ready_at(OTHER) == bench.pacer.open_at() == bench.clock.now + LOOK_AGAIN_SECONDS
