from datetime import timedelta
from itertools import pairwise

from hub.sessions import rules
from hub.sessions.rules import Delay, KeyPeriod
from tests.support.clock import START

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def evaluated(guesses_a_second: int, span: timedelta) -> int:
    """How many of so many wrong guesses at one account are looked at."""
    delay: Delay | None = None
    count = 0
    step = timedelta(seconds=1) / guesses_a_second
    at = START
    while at < START + span:
        if delay is None or delay.ready_at() <= at:
            delay = rules.count_attempt(delay, at)
            count += 1
        at += step
    return count


def test_of_ten_thousand_guesses_in_ten_minutes_at_most_sixty_are_looked_at() -> None:
    assert evaluated(17, 10 * MINUTE) <= 60


def test_typing_it_wrong_a_few_times_costs_nothing() -> None:
    assert [rules.delay_after(failures) for failures in range(4)] == [timedelta()] * 4


def test_the_delay_doubles_and_ends_at_a_minute() -> None:
    seconds = [rules.delay_after(failures).total_seconds() for failures in range(4, 12)]
    assert seconds == [1, 2, 4, 8, 16, 32, 60, 60]
    assert rules.delay_after(10**9) == rules.LONGEST_DELAY


def test_failures_of_days_past_are_forgotten() -> None:
    assert rules.count_attempt(Delay(50, START), START + DAY).failures == 1
    assert rules.count_attempt(Delay(50, START), START + DAY - MINUTE).failures == 51


def test_a_bucket_gives_twenty_at_once_and_then_one_every_quarter_minute() -> None:
    bucket, taken, at = rules.full_bucket(START), 0, START
    while at < START + 10 * MINUTE:
        bucket = bucket.at(at)
        if bucket.ready_at() <= at:
            bucket = bucket.taken()
            taken += 1
        at += timedelta(seconds=1)
    assert taken == 20 + 40 - 1


def test_an_empty_bucket_says_when_the_next_drop_falls() -> None:
    bucket = rules.full_bucket(START)
    for _ in range(rules.BUCKET_SIZE):
        bucket = bucket.taken()
    assert bucket.ready_at() == START + rules.BUCKET_REFILL
    assert bucket.at(START + rules.BUCKET_REFILL).tokens == 1


def test_a_bucket_never_holds_more_than_its_size() -> None:
    assert rules.full_bucket(START).returned() == rules.full_bucket(START)
    assert rules.full_bucket(START).taken().at(START + DAY).tokens == rules.BUCKET_SIZE


def test_a_clock_that_went_back_does_not_empty_a_bucket() -> None:
    assert rules.Bucket(3, START).at(START - DAY).tokens == 3


def test_seconds_to_wait_are_rounded_up() -> None:
    assert rules.wait_seconds(START + timedelta(milliseconds=1), START) == 1
    assert rules.wait_seconds(START + timedelta(seconds=7), START) == 7
    assert rules.wait_seconds(START - MINUTE, START) == 0


def test_a_session_ends_half_an_hour_after_its_last_use_and_twelve_hours_after_its_beginning() -> None:
    def alive(*, used: timedelta, age: timedelta) -> bool:
        return rules.is_session_alive(
            last_used_at=START - used, expires_at=START - age + rules.ABSOLUTE_LIMIT, now=START
        )

    assert alive(used=29 * MINUTE, age=11 * timedelta(hours=1))
    assert not alive(used=30 * MINUTE, age=timedelta(hours=1))
    assert not alive(used=timedelta(), age=timedelta(hours=12))


def test_without_a_key_one_signs_at_once() -> None:
    assert rules.next_activation([], START) == START
    assert rules.signing_key_at([], START) is None


def test_over_a_year_there_is_always_a_key_that_signs_and_every_verifier_has_had_an_hour_to_fetch_it() -> None:
    keys: list[KeyPeriod] = []
    signed_by: list[str] = []
    published: dict[str, object] = {}
    at = START
    while at < START + 365 * DAY:
        activates_at = rules.next_activation(keys, at)
        if activates_at is not None:
            keys.append(KeyPeriod(f"k{len(published):03}", at, activates_at))
            published[keys[-1].key_id] = at
        over = [key for key in keys if rules.is_key_over(key, keys, at)]
        keys = [key for key in keys if key not in over]
        signing = rules.signing_key_at(keys, at)
        assert signing is not None
        assert len(keys) <= 3
        if not signed_by or signed_by[-1] != signing.key_id:
            signed_by.append(signing.key_id)
            if len(signed_by) > 1:
                assert at - signing.created_at >= rules.KEY_LEAD
        at += 10 * MINUTE
    assert 12 <= len(signed_by) <= 13
    assert signed_by == sorted(set(signed_by))


def test_a_key_stays_published_for_a_day_after_its_successor_began_to_sign() -> None:
    old, new = KeyPeriod("a", START, START), KeyPeriod("b", START + 29 * DAY, START + 30 * DAY)
    before, after = START + 31 * DAY - MINUTE, START + 31 * DAY
    assert not rules.is_key_over(old, [old, new], before)
    assert rules.is_key_over(old, [old, new], after)
    assert not rules.is_key_over(new, [old, new], after)
    assert not rules.is_key_over(old, [old], after)
    assert not rules.is_key_over(old, [], after)


def test_delays_only_grow() -> None:
    delays = [rules.delay_after(failures) for failures in range(100)]
    assert all(first <= second for first, second in pairwise(delays))
