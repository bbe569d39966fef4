import pytest
from hypothesis import given
from hypothesis import strategies as some

from common.contracts.lui import TrackingLevel
from tests.support.builders.tracker import AT_MS, FIREFOX
from tracker.privacy import rules
from tracker.privacy.agents import PROXIES, SCANNERS, family_of

NAMELESS = (TrackingLevel.OFF, TrackingLevel.BLIND, TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS)
HOSTILE = (
    b"\x00\x1b[31mred\r\nSet-Cookie: a=b\t\x7f\x80\x9f",
    b"<script>alert(1)</script>" * 1000,
    b"'; DROP TABLE reactions; --",
    b"\xff" * 70_000,
    "\u202e\u2028".encode(),
)


@pytest.mark.parametrize("level", NAMELESS)
def test_only_personal_keeps_a_network(level: TrackingLevel) -> None:
    assert rules.kept_network(level, "203.0.113.77") == ""


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:aa:bb:cc::1", "2001:db8:aa::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("unix:", ""),
        ("203.0.113.077.1", ""),
        ("203.0.113.077", ""),
        ("1\x002.3.4", ""),
        ("2001:db8::1", "2001:db8::/48"),
        ("::1", "::/48"),
    ],
)
def test_an_address_is_cut_down_to_its_network(address: str, kept: str) -> None:
    assert rules.kept_network(TrackingLevel.PERSONAL, address) == kept


@pytest.mark.parametrize("level", NAMELESS)
def test_without_names_only_the_family_of_a_program_is_kept(level: TrackingLevel) -> None:
    assert rules.kept_agent(level, FIREFOX.encode()) == "Mozilla"
    assert rules.kept_agent(level, b"something very rare 1.2.3") == ""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_user_agent_is_stored_short_and_without_control_characters(hostile: bytes) -> None:
    kept = rules.kept_agent(TrackingLevel.PERSONAL, hostile)

    assert len(kept) <= 256
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in kept)


@pytest.mark.parametrize("level", NAMELESS)
def test_only_personal_keeps_the_instant_and_everything_else_the_hour(level: TrackingLevel) -> None:
    assert rules.kept_time(level, AT_MS) == 1_795_338_000_000
    assert rules.kept_time(TrackingLevel.PERSONAL, AT_MS) == AT_MS
    assert (rules.tally_period_ms(level), rules.tally_period_ms(TrackingLevel.PERSONAL)) == (3_600_000, 900_000)


@pytest.mark.parametrize("level", [level for level in TrackingLevel if level is not TrackingLevel.OFF])
def test_whoever_is_nobody_in_the_token_is_treated_as_at_blind(level: TrackingLevel) -> None:
    assert rules.handled_as(level, 0) is TrackingLevel.BLIND
    assert rules.handled_as(level, 3) is level
    assert rules.handled_as(TrackingLevel.OFF, 0) is TrackingLevel.OFF


@pytest.mark.parametrize(
    ("level", "nobody", "somebody"),
    [
        (TrackingLevel.OFF, False, False),
        (TrackingLevel.BLIND, True, False),
        (TrackingLevel.UNIQUE, True, True),
        (TrackingLevel.ANONYMOUS, True, True),
        (TrackingLevel.PERSONAL, True, True),
    ],
)
def test_a_token_may_name_nobody_everywhere_and_somebody_where_the_level_lets_it(
    level: TrackingLevel,
    nobody: bool,  # noqa: FBT001
    somebody: bool,  # noqa: FBT001
) -> None:
    assert rules.permits_subject(level, 0) is nobody
    assert rules.permits_subject(level, 3) is somebody


def test_people_are_counted_and_given_targets_of_their_own_at_unique_and_personal_only() -> None:
    able = {TrackingLevel.UNIQUE, TrackingLevel.PERSONAL}

    assert {level for level in TrackingLevel if rules.counts_people(level)} == able
    assert {level for level in TrackingLevel if rules.permits_personal_targets(level)} == able


@given(some.text(max_size=300))
def test_the_family_of_a_family_is_the_family(user_agent: str) -> None:
    assert family_of(family_of(user_agent)) == family_of(user_agent)


@pytest.mark.parametrize("family", sorted(PROXIES | SCANNERS))
def test_every_family_can_be_judged_anew_from_its_name(family: str) -> None:
    assert family_of(family) == family
