"""The small rules: choosing, sharing, naming, reading replies, complaints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.gateways.rules.choosing import chosen, seed_of
from mailer.gateways.rules.complaints import EVERYBODY, Record, too_many
from mailer.gateways.rules.names import ascii_domain, ascii_host, domain_of, is_public, registrable
from mailer.gateways.rules.shares import Standing, block_of


class Candidate:
    """Something with a weight."""

    def __init__(self, name: str, weight: int = 1) -> None:
        self.name, self.weight, self.seed = name, weight, seed_of(name)


def test_messages_are_spread_by_weight() -> None:
    heavy, light = Candidate("heavy", 3), Candidate("light", 1)
    share = sum(chosen([heavy, light], key) is heavy for key in range(20_000)) / 20_000
    assert 0.73 < share < 0.77


@given(st.integers(0, 2**63), st.integers(2, 6))
def test_the_same_key_gets_the_same_gateway_and_moves_only_when_its_own_goes(key: int, count: int) -> None:
    candidates = [Candidate(f"g{number}", number + 1) for number in range(count)]
    first = chosen(candidates, key)
    assert chosen(candidates[::-1], key) is first
    for gone in candidates:
        left = [each for each in candidates if each is not gone]
        if gone is not first:
            assert chosen(left, key) is first


@given(st.integers(1, 1_000), st.integers(1, 40))
def test_shares_of_an_integer_limit_sum_to_the_limit(whole: int, count: int) -> None:
    assert sum(Standing(place, count).part_of(whole) for place in range(count)) == whole


def test_processes_agree_on_their_places_without_talking() -> None:
    everybody = {"b", "a", "c"}
    assert [Standing.of(name, everybody).place for name in "abc"] == [0, 1, 2]
    assert Standing.of("new", set()) == Standing(0, 1)
    assert Standing(1, 4).rate_of(10.0) == 2.5
    assert Standing(1, 4).rate_of(None) is None


@pytest.mark.parametrize(("limit", "processes", "block"), [(36_000, 1, 900), (100, 2, 1), (1, 5, 1)])
def test_an_hours_allowance_is_taken_in_blocks_that_leave_something_for_others(
    limit: int, processes: int, block: int
) -> None:
    assert block_of(limit, processes) == block


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("aspmx.l.google.com", "google.com"),
        ("gmail-smtp-in.l.google.com.", "google.com"),
        ("Example-Org.mail.protection.outlook.com", "outlook.com"),
        ("mx1.provider.co.uk", "provider.co.uk"),
        ("mail.example.com.au", "example.com.au"),
        ("mx.firm.de", "firm.de"),
        ("firm.de", "firm.de"),
        ("localhost", "localhost"),
    ],
)
def test_a_mail_host_belongs_to_whoever_registered_its_name(host: str, owner: str) -> None:
    assert registrable(host) == owner


@pytest.mark.parametrize(
    ("text", "name"),
    [(" Bücher.Example. ", "xn--bcher-kva.example"), ("A.B-c.de", "a.b-c.de"), ("日本.jp", "xn--wgv71a.jp")],
)
def test_domains_are_kept_as_the_wire_writes_them(text: str, name: str) -> None:
    assert ascii_domain(text) == name


@pytest.mark.parametrize(
    "text", ["", "  ", "nodot", "a..b", "-a.de", "a b.de", "x@y.de", "a.de\r\nRCPT", "ä" * 300 + ".de", "a/b.de"]
)
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ascii_domain(text)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("[2001:DB8::1]", "2001:db8::1"),
        ("localhost", "localhost"),
        ("MX.Firm.de", "mx.firm.de"),
    ],
)
def test_hosts_may_be_names_and_addresses(text: str, host: str) -> None:
    assert ascii_host(text) == host


@pytest.mark.parametrize("text", ["", "300.1.1.1", "1.2.3", "::g", "a b", "http://x", "x:25", "a\nb"])
def test_what_is_no_host_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ascii_host(text)


def test_nobody_is_asked_about_names_that_cannot_be_known() -> None:
    assert is_public("gmail.com")
    assert not any(
        map(is_public, ("example.org", "sub.example.com", "x.test", "localhost", "[192.0.2.1]", "a.invalid"))
    )
    assert domain_of('"a@b"@Firm.DE') == "firm.de"


def test_complaints_stop_a_destination_and_only_then_the_gateway() -> None:
    total = Record("g", EVERYBODY, 11_000, 0)
    records = [total, Record("g", "loud.example", 1_000, 6), Record("g", "calm.example", 10_000, 3)]
    ((gateway, pause),) = too_many(records, set(), set())
    assert (gateway, pause.destination, pause.code) == ("g", "loud.example", "complaints")
    assert "6 complaints" in pause.reason
    assert list(too_many(records, {("g", "loud.example")}, set())) == []
    many = [Record("g", EVERYBODY, 600, 0), *(Record("g", f"d{number}.example", 100, 1) for number in range(6))]
    ((_, whole),) = too_many(many, set(), set())
    assert whole.destination is None
    assert list(too_many(many, set(), {"g"})) == []


def test_complaints_are_measured_against_everything_that_was_sent() -> None:
    records = [Record("g", EVERYBODY, 100_000, 0), *(Record("g", f"d{number}.example", 0, 1) for number in range(50))]
    assert list(too_many(records, set(), set())) == []


@pytest.mark.parametrize(("accepted", "complaints"), [(100, 4), (10_000, 30), (0, 4)])
def test_few_complaints_and_three_in_a_thousand_are_borne(accepted: int, complaints: int) -> None:
    records = [Record("g", EVERYBODY, accepted, 0), Record("g", "d.example", accepted, complaints)]
    assert list(too_many(records, set(), set())) == []
