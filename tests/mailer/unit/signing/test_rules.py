"""Names, records, and what is said about them."""

from base64 import b64encode

import pytest

from mailer.config import server_address
from mailer.signing import rules
from mailer.signing.rules import RecordState

KEY = bytes(range(32))
P = b64encode(KEY).decode()


@pytest.mark.parametrize(
    ("text", "domain"),
    [("Example.ORG.", "example.org"), (" a.b ", "a.b"), ("Müller.example", "xn--mller-kva.example")],
)
def test_a_domain_has_one_form(text: str, domain: str) -> None:
    assert rules.normalized_domain(text) == domain


@pytest.mark.parametrize(
    "text", ["", "org", "a..b", "-a.org", "a b.org", "a." + "b" * 64, "\u0301a.org", ".".join(["a" * 60] * 5)]
)
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no domain name"):
        rules.normalized_domain(text)


@pytest.mark.parametrize("text", ["", "a_b", "a..b", "ü"])
def test_what_is_no_selector_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        rules.normalized_selector(text, "example.org")


def test_a_selector_must_leave_room_for_the_domain() -> None:
    with pytest.raises(ValueError, match="longer than 253"):
        rules.normalized_selector("a" * 63, ".".join(["b" * 60] * 3))


@pytest.mark.parametrize(
    ("record", "state", "reason"),
    [
        (f"v=DKIM1; k=ed25519; p={P}", RecordState.FOUND, None),
        (f"k=ed25519;p={P[:10]} {P[10:]};", RecordState.FOUND, None),
        (f"v=DKIM1; k=ed25519; t=y:s; s=*; h=sha1:sha256; p={P}", RecordState.FOUND, None),
        (f"v=DKIM1; p={P}", RecordState.DIFFERENT, "algorithm rsa"),
        ("v=DKIM1; k=ed25519; p=", RecordState.DIFFERENT, "revoked"),
        ("v=DKIM1; k=ed25519; p=AAAA", RecordState.DIFFERENT, "another public key"),
        ("v=DKIM1; k=ed25519; p=!!", RecordState.DIFFERENT, "not base64"),
        (f"v=DKIM2; k=ed25519; p={P}", RecordState.DIFFERENT, "another version"),
        (f"v=DKIM1; k=ed25519; h=sha1; p={P}", RecordState.DIFFERENT, "SHA-256"),
        (f"v=DKIM1; k=ed25519; s=other; p={P}", RecordState.DIFFERENT, "not for e-mail"),
        ("some text", RecordState.MISSING, "none is a DKIM key"),
    ],
)
def test_records_are_judged_as_a_verifier_would(record: str, state: RecordState, reason: str | None) -> None:
    judgement = rules.judge([record], "ed25519", KEY)
    assert (judgement.state, judgement.found) == (state, record)
    assert (judgement.reason is None) == (reason is None)
    assert (reason or "") in (judgement.reason or "")


def test_two_keys_at_one_name_are_one_too_many() -> None:
    record = f"v=DKIM1; k=ed25519; p={P}"
    assert rules.judge([record, record], "ed25519", KEY).state is RecordState.DIFFERENT
    assert rules.judge([record, "google-site-verification=1"], "ed25519", KEY).state is RecordState.FOUND
    assert rules.judge([], "ed25519", KEY).state is RecordState.MISSING


def test_a_record_may_forbid_senders_below_its_domain() -> None:
    record = f"v=DKIM1; k=ed25519; t=s; p={P}"
    assert rules.judge([record], "ed25519", KEY, is_below=True).state is RecordState.DIFFERENT
    assert rules.judge([record], "ed25519", KEY, is_below=False).state is RecordState.FOUND


def test_the_nearest_domain_with_a_key_signs() -> None:
    assert rules.signing_domains("a.b.example.org") == ["a.b.example.org", "b.example.org", "example.org"]
    candidates = [("example.org", "1"), ("b.example.org", "2")]
    assert rules.chosen(candidates, "a.b.example.org") == "b.example.org"
    assert rules.chosen(candidates, "example.org") == "example.org"
    assert rules.chosen(candidates, "example.net") is None


@pytest.mark.parametrize(
    ("address", "domain"), [("a@Example.org", "example.org"), ('"a@b"@c.org', "c.org"), ("a", None), ("a@b", None)]
)
def test_an_address_has_a_domain_to_sign_for_or_none(address: str, domain: str | None) -> None:
    assert rules.domain_of(address) == domain


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", ("192.0.2.1", 53)),
        ("192.0.2.1:5353", ("192.0.2.1", 5353)),
        ("2001:db8::1", ("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", ("2001:db8::1", 5353)),
    ],
)
def test_name_servers_are_addresses_with_or_without_a_port(text: str, address: tuple[str, int]) -> None:
    assert server_address(text) == address


@pytest.mark.parametrize("text", ["", "ns.example.org", "192.0.2.1:x", "192.0.2.300"])
def test_a_name_server_is_no_name(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's words
        server_address(text)
