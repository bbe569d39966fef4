import pytest

from common.contracts.lui import TrackingLevel
from tests.support.builders.tracker import AT_MS, FIREFOX, KEYS, a_hit, a_token, a_visit, an_entry
from tracker.intake.handler import Edge, Intake, Outcome
from tracker.intake.link_table import DeliveryLinks, LinkEntry, _links
from tracker.intake.spool.record import HitKind

LEVELS = tuple(TrackingLevel)
HOUR = AT_MS - AT_MS % 3_600_000
PERSONAL_LINK = (2, "https://example.org/{{ path }}", True)


class Known:
    """Links in memory."""

    def __init__(self, *entries: LinkEntry) -> None:
        self._links = {entry.delivery_number: _links(entry) for entry in entries}

    def get(self, delivery_number: int) -> DeliveryLinks | None:
        return self._links.get(delivery_number)


def an_intake(*entries: LinkEntry, forwarding_hops: int = 0) -> Intake:
    return Intake(KEYS, Known(*(entries or (an_entry(),))), Edge(forwarding_hops))


def headers(outcome: Outcome) -> dict[bytes, bytes]:
    return dict(outcome.reply.headers)


def is_plain_404(outcome: Outcome) -> bool:
    return (outcome.reply.status, outcome.hit, b"location" in headers(outcome)) == (404, None, False)


def test_the_pixel_is_a_gif_of_43_octets_that_nobody_stores() -> None:
    outcome = an_intake().handle(a_visit(f"/o/{a_token()}.gif"))

    assert (outcome.reply.status, len(outcome.reply.body)) == (200, 43)
    assert outcome.reply.body.startswith(b"GIF89a")
    assert b"no-store" in headers(outcome)[b"cache-control"]
    assert outcome.hit == a_hit()


def test_a_link_leads_to_its_target() -> None:
    outcome = an_intake().handle(a_visit(f"/c/{a_token()}/1"))

    assert (outcome.reply.status, headers(outcome)[b"location"]) == (302, b"https://example.org/1")
    assert outcome.hit == a_hit(HitKind.CLICK)


def test_head_is_answered_alike_and_recorded_as_what_it_is() -> None:
    intake, path = an_intake(), f"/c/{a_token()}/1"
    got, asked = intake.handle(a_visit(path)), intake.handle(a_visit(path, "HEAD"))

    assert asked.reply is got.reply
    assert asked.hit == a_hit(HitKind.CLICK, method="HEAD")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "BREW"])
def test_other_methods_change_nothing(method: str) -> None:
    outcome = an_intake().handle(a_visit(f"/c/{a_token()}/1", method))

    assert (outcome.reply.status, outcome.hit) == (405, None)
    assert headers(outcome)[b"allow"] == b"GET, HEAD"


@pytest.mark.parametrize("level", [TrackingLevel.UNIQUE, TrackingLevel.PERSONAL])
def test_a_personal_target_comes_out_of_its_seal(level: TrackingLevel) -> None:
    token = a_token()
    sealed = KEYS.seal_target(token, 2, "https://example.org/ada?q=1#x")
    outcome = an_intake(an_entry(level=level, links=[PERSONAL_LINK])).handle(a_visit(f"/c/{token}/2/{sealed}"))

    assert headers(outcome)[b"location"] == b"https://example.org/ada?q=1#x"
    assert outcome.hit is not None
    assert outcome.hit.link_number == 2


@pytest.mark.parametrize("level", [TrackingLevel.BLIND, TrackingLevel.ANONYMOUS, TrackingLevel.OFF])
def test_a_sealed_target_is_refused_where_it_would_tell_recipients_apart(level: TrackingLevel) -> None:
    token = a_token(subject=0 if level is TrackingLevel.BLIND else 3)
    sealed = KEYS.seal_target(token, 2, "https://example.org/ada")

    assert is_plain_404(
        an_intake(an_entry(level=level, links=[PERSONAL_LINK])).handle(a_visit(f"/c/{token}/2/{sealed}"))
    )


def test_a_seal_holds_for_its_token_and_number_only() -> None:
    mine, other = a_token(subject=3), a_token(subject=4)
    intake = an_intake(an_entry(links=[PERSONAL_LINK, (3, "https://example.org/{{ x }}", True)]))
    sealed = KEYS.seal_target(mine, 2, "https://example.org/ada")

    assert is_plain_404(intake.handle(a_visit(f"/c/{other}/2/{sealed}")))
    assert is_plain_404(intake.handle(a_visit(f"/c/{mine}/3/{sealed}")))
    assert is_plain_404(intake.handle(a_visit(f"/c/{mine}/2")))


def test_a_link_that_is_not_personal_takes_no_sealed_target() -> None:
    token = a_token()
    sealed = KEYS.seal_target(token, 1, "https://elsewhere.example/")

    assert is_plain_404(an_intake().handle(a_visit(f"/c/{token}/1/{sealed}")))


@pytest.mark.parametrize("target", ["javascript:alert(1)", "mailto:a@b.example", "//evil.example", "https://", "x", ""])
def test_nothing_but_the_web_is_redirected_to(target: str) -> None:
    token = a_token()
    intake = an_intake(an_entry(links=[(1, target, False), PERSONAL_LINK]))

    assert is_plain_404(intake.handle(a_visit(f"/c/{token}/1")))
    assert is_plain_404(intake.handle(a_visit(f"/c/{token}/2/{KEYS.seal_target(token, 2, target)}")))


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("https://example.org/a b", b"https://example.org/a%20b"),
        ("https://example.org/\r\nSet-Cookie: a=b", b"https://example.org/%0D%0ASet-Cookie:%20a=b"),
        ("https://example.org/\u00fc?q=%C3%BC&x=1", b"https://example.org/%C3%BC?q=%C3%BC&x=1"),
        ("https://example.org/\u2028\x00\x85x", b"https://example.org/%E2%80%A8%00%C2%85x"),
        (" https://example.org/ ", b"https://example.org/"),
    ],
)
def test_no_target_can_break_out_of_the_location_header(target: str, location: bytes) -> None:
    token = a_token()
    outcome = an_intake(an_entry(links=[PERSONAL_LINK])).handle(
        a_visit(f"/c/{token}/2/{KEYS.seal_target(token, 2, target)}")
    )

    assert headers(outcome)[b"location"] == location


def test_opens_that_are_not_tracked_have_no_pixel() -> None:
    assert is_plain_404(an_intake(an_entry(opens=False)).handle(a_visit(f"/o/{a_token()}.gif")))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("subject", [0, 3])
def test_a_token_is_good_at_the_level_it_was_minted_for_only(level: TrackingLevel, subject: int) -> None:
    outcome = an_intake(an_entry(level=level)).handle(a_visit(f"/o/{a_token(subject=subject)}.gif"))

    assert (outcome.reply.status == 200) is (
        level is not TrackingLevel.OFF and (subject == 0 or level is not TrackingLevel.BLIND)
    )


@pytest.mark.parametrize("level", [TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS, TrackingLevel.PERSONAL])
def test_whoever_did_not_consent_is_recorded_as_at_blind_whatever_the_level(level: TrackingLevel) -> None:
    visit = a_visit(f"/c/{a_token(subject=0)}/1")
    blind = an_intake(an_entry(level=TrackingLevel.BLIND)).handle(visit).hit

    assert an_intake(an_entry(level=level)).handle(visit).hit == blind
    assert blind == a_hit(HitKind.CLICK, subject=0, at_ms=HOUR, agent="Mozilla", network="")


def test_whoever_did_not_consent_gets_no_target_of_their_own() -> None:
    token = a_token(subject=0)
    sealed = KEYS.seal_target(token, 2, "https://example.org/ada")

    assert is_plain_404(an_intake(an_entry(links=[PERSONAL_LINK])).handle(a_visit(f"/c/{token}/2/{sealed}")))


def test_a_delivery_that_is_not_known_is_not_found() -> None:
    assert is_plain_404(an_intake().handle(a_visit(f"/o/{a_token(number=2)}.gif")))


@pytest.mark.parametrize("level", [TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS])
def test_a_pseudonym_is_recorded_without_a_network_and_to_the_hour(level: TrackingLevel) -> None:
    outcome = an_intake(an_entry(level=level)).handle(a_visit(f"/o/{a_token(subject=2**47)}.gif"))

    assert outcome.hit == a_hit(subject=2**47, at_ms=HOUR, agent="Mozilla", network="")


def test_the_address_behind_trusted_proxies_counts_and_a_forged_one_does_not() -> None:
    forwarded = [(b"user-agent", FIREFOX.encode()), (b"x-forwarded-for", b"198.51.100.9, 192.0.2.55")]
    visit = a_visit(f"/o/{a_token()}.gif", headers=forwarded, peer="10.0.0.1")

    assert an_intake().handle(visit).hit == a_hit(network="10.0.0.0/24")
    assert an_intake(forwarding_hops=1).handle(visit).hit == a_hit(network="192.0.2.0/24")
    assert an_intake(forwarding_hops=3).handle(visit).hit == a_hit(network="10.0.0.0/24")


def test_robots_are_told_to_stay_away() -> None:
    assert an_intake().handle(a_visit("/robots.txt")).reply.body == b"User-agent: *\nDisallow: /\n"


def test_an_address_beyond_all_measure_is_refused_before_it_is_looked_at() -> None:
    outcome = an_intake().handle(a_visit(f"/c/{a_token()}/1/{'A' * 9000}"))

    assert (outcome.reply.status, outcome.hit) == (414, None)


@pytest.mark.parametrize("path", ["/robots.txt", "/o/x.gif", f"/o/{a_token()}.gif", f"/c/{a_token()}/1", "/c/", "/o/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_carries_the_security_headers_and_no_cookie(path: str, method: str) -> None:
    given = headers(an_intake().handle(a_visit(path, method)))

    assert given[b"x-content-type-options"] == b"nosniff"
    assert given[b"content-security-policy"].startswith(b"default-src 'none'")
    assert given[b"referrer-policy"] == b"no-referrer"
    assert given[b"strict-transport-security"].startswith(b"max-age=")
    assert b"set-cookie" not in given
