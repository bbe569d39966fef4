"""When an address is left alone."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from common.contracts.mailer import BounceClass
from mailer.config import ImapSettings, SuppressionSettings
from mailer.suppression.rules import StreakPolicy, address_hash, ends_at_once, fault_of, has_streak
from tests.support.clock import START

POLICY = StreakPolicy(count=3, span=timedelta(days=14), gap=timedelta(days=1))


def _days(*days: float) -> list[object]:
    return [START + timedelta(days=day) for day in days]


def test_one_mailbox_is_one_person_however_it_is_written() -> None:
    assert address_hash("Ann@Example.ORG") == address_hash(" ann@example.org ")
    assert address_hash("ann@example.org") != address_hash("bob@example.org")


@pytest.mark.parametrize(
    ("failed", "succeeded", "expected"),
    [
        ((0, 7, 14), (), True),
        ((0, 7), (), False),
        ((0, 7, 13.9), (), False),
        ((0, 7, 14, 21), (6,), True),
        ((0, 7, 14), (6,), False),
        ((0, 7, 14), (14.5,), False),
        ((0, 0.5, 14), (), False),
        ((0, 0.5, 7, 14), (), True),
        ((14, 0, 7), (), True),
        ((), (), False),
    ],
)
def test_a_streak_is_enough_mailings_in_a_row_over_long_enough(
    failed: tuple[float, ...], succeeded: tuple[float, ...], *, expected: bool
) -> None:
    assert has_streak(_days(*failed), _days(*succeeded), POLICY) is expected  # type: ignore[arg-type]


def test_without_a_gap_every_failure_counts() -> None:
    every = StreakPolicy(count=3, span=timedelta(days=1), gap=timedelta())
    assert has_streak(_days(0, 0.1, 1), (), every)  # type: ignore[arg-type]


@pytest.mark.parametrize("blamed", [BounceClass.POLICY, BounceClass.GREYLISTED, BounceClass.CONTENT_REFUSED])
def test_what_is_held_against_the_sender_never_suppresses_whatever_is_configured(blamed: BounceClass) -> None:
    assert not ends_at_once(blamed, is_permanent=True, at_once=tuple(BounceClass))
    with pytest.raises(ValidationError, match="says nothing about the recipient"):
        SuppressionSettings(streak_classes=(blamed,))


@pytest.mark.parametrize("address", ["ann@example.org", "o'neil+news@sub.example.org", "über@bücher.example", "a@b.de"])
def test_usable_addresses_have_no_fault(address: str) -> None:
    assert fault_of(address) is None


@pytest.mark.parametrize(
    "address",
    ["ann", "@example.org", "ann@", "ann@host", "a b@example.org", "ann@exa mple.org", "ann@-x.org", "a@b..c"],
)
def test_others_are_refused_in_words(address: str) -> None:
    fault = fault_of(address)
    assert fault is not None
    assert fault.startswith("this is not a mail address")


def test_a_mailbox_elsewhere_without_tls_is_refused() -> None:
    with pytest.raises(ValidationError, match="in clear"):
        ImapSettings.model_validate({"host": "imap.example.org", "tls": "none", "user": "u", "password": "p"})
    ImapSettings.model_validate({"host": "127.0.0.1", "tls": "none", "user": "u", "password": "p"})
