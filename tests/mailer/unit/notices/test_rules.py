"""How a notice to one address goes on."""

from datetime import UTC, datetime, timedelta

import pytest

from common.contracts.notices import NoticeState
from mailer.notices.rules import LEFT_BEHIND, Outcome, Standing, Terms, after, given_up, message_id

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TERMS = Terms((timedelta(minutes=1), timedelta(minutes=5)), timedelta(minutes=15), timedelta(minutes=20))


def stands(outcome: Outcome, *, attempts: int = 1, doubts: int = 0) -> Standing:
    return after(outcome, attempts=attempts, doubts=doubts, at=NOW, terms=TERMS)


def test_accepted_is_the_end() -> None:
    assert stands(Outcome(250, "ok", is_accepted=True)) == Standing(NoticeState.SENT, 0, None)


def test_a_refusal_for_good_is_the_end() -> None:
    assert stands(Outcome(550, "no such user", is_final=True)) == Standing(NoticeState.REFUSED, 0, None)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (9, 5)])
def test_what_may_work_later_is_tried_with_growing_waits(attempts: int, minutes: int) -> None:
    found = stands(Outcome(450, "later"), attempts=attempts)
    assert found == Standing(NoticeState.DEFERRED, 0, NOW + timedelta(minutes=minutes))


def test_after_the_first_doubt_there_is_one_repetition_and_after_the_second_none() -> None:
    assert stands(LEFT_BEHIND) == Standing(NoticeState.IN_DOUBT, 1, NOW + timedelta(minutes=15))
    assert stands(LEFT_BEHIND, doubts=1) == Standing(NoticeState.IN_DOUBT, 2, None)


def test_what_may_have_been_sent_is_not_called_expired() -> None:
    assert given_up(NoticeState.IN_DOUBT) is NoticeState.IN_DOUBT
    assert {given_up(each) for each in (NoticeState.QUEUED, NoticeState.DEFERRED)} == {NoticeState.EXPIRED}


def test_a_message_id_is_the_same_on_every_attempt_and_another_for_everybody_else() -> None:
    assert message_id("n", 1, "a@b.org") == message_id("n", 1, "x@b.org") == "n.1@b.org"
    assert message_id("n", 2, "a@b.org") != message_id("n", 1, "a@b.org")
