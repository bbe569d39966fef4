"""How guessing is slowed down, how long sessions live, when signing keys change: all as pure functions."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=12)
TOUCH_INTERVAL = timedelta(seconds=60)
"""A session's last use is written down at most this often: its idle limit is measured in minutes, not requests."""

ACCESS_TOKEN_LIFETIME = timedelta(seconds=120)

FREE_ATTEMPTS = 4
LONGEST_DELAY = timedelta(seconds=60)
FORGET_FAILURES_AFTER = timedelta(hours=24)

BUCKET_SIZE = 20
BUCKET_REFILL = timedelta(seconds=15)

FAMILIAR_FOR = timedelta(days=60)

KEY_LIFETIME = timedelta(days=30)
KEY_LEAD = timedelta(hours=1)
"""A new key is published this long before it signs, so that every verifier has fetched it by then."""
KEY_OVERLAP = timedelta(days=1)
"""A key that no longer signs stays published this long: far longer than any token it signed."""


@dataclass(frozen=True)
class Delay:
    """What is known about the attempts on one account (or on one account from one familiar address)."""

    failures: int
    last_attempt_at: datetime

    def ready_at(self) -> datetime:
        """When the next attempt will be looked at."""
        return self.last_attempt_at + delay_after(self.failures)


def delay_after(failures: int) -> timedelta:
    """How long to wait after so many failures: nothing for the first four, then 1 s doubling up to 60 s, no longer.

    The end of the doubling is what makes this a slow-down and not a lock: the right password is heard within 60 s.
    """
    if failures < FREE_ATTEMPTS:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - FREE_ATTEMPTS, 30)), LONGEST_DELAY)


def count_attempt(delay: Delay | None, at: datetime) -> Delay:
    """The delay with one more failure: an attempt counts as one until its password has proven right."""
    if delay is None or at - delay.last_attempt_at >= FORGET_FAILURES_AFTER:
        return Delay(failures=1, last_attempt_at=at)
    return Delay(failures=delay.failures + 1, last_attempt_at=at)


@dataclass(frozen=True)
class Bucket:
    """The attempts one address has left; it fills by one every 15 s up to 20."""

    tokens: int
    filled_at: datetime

    def at(self, now: datetime) -> "Bucket":
        """The bucket after the drops that fell in since `filled_at`."""
        drops = max(0, (now - self.filled_at) // BUCKET_REFILL)
        if self.tokens + drops >= BUCKET_SIZE:
            return Bucket(BUCKET_SIZE, now)
        return Bucket(self.tokens + drops, self.filled_at + drops * BUCKET_REFILL)

    def ready_at(self) -> datetime:
        """When there is at least one attempt in it."""
        return self.filled_at if self.tokens > 0 else self.filled_at + BUCKET_REFILL

    def taken(self) -> "Bucket":
        """The bucket with one attempt less."""
        return replace(self, tokens=self.tokens - 1)

    def returned(self) -> "Bucket":
        """The bucket with one attempt given back, because its password was right."""
        return replace(self, tokens=min(self.tokens + 1, BUCKET_SIZE))


def full_bucket(at: datetime) -> Bucket:
    """What an address starts with."""
    return Bucket(BUCKET_SIZE, at)


def wait_seconds(ready_at: datetime, now: datetime) -> int:
    """Whole seconds until `ready_at`, rounded up; 0 when it has come."""
    return max(0, -((now - ready_at) // timedelta(seconds=1)))


def is_session_alive(*, last_used_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Whether a session was used within the last 30 minutes and is younger than its 12 hours."""
    return now < expires_at and now - last_used_at < IDLE_LIMIT


@dataclass(frozen=True)
class KeyPeriod:
    """When a signing key was made and from when it signs."""

    key_id: str
    created_at: datetime
    activates_at: datetime


def signing_key_at(keys: list[KeyPeriod], now: datetime) -> KeyPeriod | None:
    """The key that signs at `now`: the youngest of those whose time has come."""
    active = [key for key in keys if key.activates_at <= now]
    return max(active, key=lambda key: (key.activates_at, key.key_id), default=None)


def next_activation(keys: list[KeyPeriod], now: datetime) -> datetime | None:
    """When a key that is to be made now should start signing, or None when none is to be made.

    Without any key: at once. Otherwise its successor is made an hour before the youngest has signed for 30 days.
    """
    if not keys:
        return now
    youngest = max(key.activates_at for key in keys)
    if now < youngest + KEY_LIFETIME - KEY_LEAD:
        return None
    return now + KEY_LEAD


def is_key_over(key: KeyPeriod, keys: list[KeyPeriod], now: datetime) -> bool:
    """Whether nothing can still rest on a key: another has signed in its place for a day."""
    signing = signing_key_at(keys, now)
    if signing is None or key.activates_at >= signing.activates_at:
        return False
    successor = min(other.activates_at for other in keys if other.activates_at > key.activates_at)
    return now - successor >= KEY_OVERLAP
