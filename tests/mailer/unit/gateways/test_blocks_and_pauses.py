"""What is held against the sender pauses a destination or the gateway, says why, and waits for somebody."""

from mailer.gateways.rules.breaker import Pause
from mailer.gateways.rules.destination import MAX_BLOCKS
from mailer.gateways.rules.pacer import LOOK_AGAIN_SECONDS
from mailer.gateways.rules.results import ACCEPTED, Result
from tests.support.builders.pacing import BLOCKED, CALM, OTHER, UNKNOWN, Bench, Said


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


def test_nobody_relies_on_the_end_of_a_pause_which_somebody_may_end_at_any_time() -> None:
    bench = Bench()
    bench.pacer.obey_destination_pauses({CALM: Pause(CALM, "blocks", "they block us", 14_400.0)})
    assert bench.pacer.ready_at(CALM) == bench.clock.now + LOOK_AGAIN_SECONDS
    bench.pacer.obey_pause("administrator", "maintenance")
    assert bench.pacer.ready_at(OTHER) == bench.pacer.open_at() == bench.clock.now + LOOK_AGAIN_SECONDS
