"""An action on somebody else's page is tied to a recipient by the cookie that an answer to a message's link set."""

from http.cookies import SimpleCookie

import pytest

from common.contracts.lui import TrackingLevel
from common.contracts.signed_token import Purpose, TokenKeys
from tests.support.builders.tracker import AT_MS, KEYS, a_hit, a_token, a_visit, an_entry
from tests.tracker.unit.intake.test_handler import HOUR, Known, headers, is_plain_404
from tracker.intake.handler import Edge, Intake, Outcome
from tracker.intake.link_table import LinkEntry
from tracker.intake.spool.record import HitKind

DAY = 86_400
TAG = 7
PIXEL = f"/a/{KEYS.mint_action(Purpose.ACTION_TAG, 0, TAG)}.gif"
WITH_ACTIONS = an_entry(cookie_seconds=DAY)


def intake(*entries: LinkEntry, is_secure: bool = True) -> Intake:
    return Intake(KEYS, Known(*(entries or (WITH_ACTIONS,))), Edge(is_secure=is_secure))


def acted(cookie: str, *entries: LinkEntry, at_ms: int = AT_MS) -> Outcome:
    """Somebody's browser loads the pixel of an action."""
    fields = [(b"user-agent", b"Mozilla/5.0 (X11)"), (b"cookie", cookie.encode("latin-1"))]
    return intake(*entries).handle(a_visit(PIXEL, headers=fields, at_ms=at_ms))


def a_cookie(delivery: int = 1, subject: int = 3, ends_in: int = DAY) -> str:
    return f"tutti={KEYS.seal_visitor(delivery, subject, AT_MS // 1000 + ends_in)}"


@pytest.mark.parametrize("path", [f"/o/{a_token()}.gif", f"/c/{a_token()}/1"])
def test_an_answer_sets_a_cookie_for_action_pixels_only_that_no_script_reads(path: str) -> None:
    outcome = intake().handle(a_visit(path))
    said = SimpleCookie(headers(outcome)[b"set-cookie"].decode())["tutti"]

    assert KEYS.open_visitor(said.value) is not None
    assert (said["path"], said["httponly"], said["secure"], said["samesite"]) == ("/a/", True, True, "None")
    assert said["max-age"] == str(DAY)
    assert said["domain"] == ""
    assert acted(f"tutti={said.value}").hit == a_hit(HitKind.ACTION, link_number=TAG, agent="Mozilla/5.0 (X11)")


def test_without_tls_the_cookie_is_one_that_browsers_still_take() -> None:
    written = headers(intake(is_secure=False).handle(a_visit(f"/c/{a_token()}/1")))[b"set-cookie"]

    assert b"SameSite=Lax" in written
    assert b"Secure" not in written


def test_a_cookie_for_the_life_of_the_browser_has_no_age_and_ends_nevertheless() -> None:
    entry = an_entry(cookie_seconds=0)
    written = headers(intake(entry).handle(a_visit(f"/c/{a_token()}/1")))[b"set-cookie"].decode()
    cookie = written.partition(";")[0]

    assert "Max-Age" not in written
    assert acted(cookie, entry, at_ms=AT_MS + 29 * DAY * 1000).hit is not None
    assert acted(cookie, entry, at_ms=AT_MS + 31 * DAY * 1000).hit is None


@pytest.mark.parametrize(
    ("entry", "subject"),
    [(an_entry(), 3), (WITH_ACTIONS, 0), (an_entry(level=TrackingLevel.BLIND, cookie_seconds=DAY), 0)],
    ids=["a plan without actions", "nobody", "blind"],
)
def test_no_cookie_is_set_where_nobody_may_be_remembered(entry: LinkEntry, subject: int) -> None:
    outcome = intake(entry).handle(a_visit(f"/c/{a_token(subject=subject)}/1"))

    assert outcome.reply.status == 302
    assert b"set-cookie" not in headers(outcome)


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "tutti=",
        "tutti=x",
        a_cookie()[:-1],
        a_cookie() + "A",
        a_cookie().replace("tutti", "TUTTI"),
        a_cookie(delivery=2),
        a_cookie(subject=0),
        a_cookie(ends_in=0),
        a_cookie(ends_in=-DAY),
        "tutti=" + TokenKeys([bytes(32)]).seal_visitor(1, 3, AT_MS // 1000 + DAY),
        f"tutti={a_token()}",
        "tutti=; " * 800 + a_cookie(),
        ";" * 8000,
        "\xff\x00\n tutti",
        "=" * 8000,
    ],
)
def test_without_a_good_cookie_the_pixel_answers_and_nothing_is_recorded(cookie: str) -> None:
    outcome = acted(cookie)

    assert (outcome.reply.status, len(outcome.reply.body), outcome.hit) == (200, 43, None)


@pytest.mark.parametrize("cookie", ["a=b; {}; c=d", "{};x", "a=b;{}", "tutti=old; {}", "{}, {}"])
def test_the_cookie_is_found_among_others(cookie: str) -> None:
    assert acted(cookie.replace("{}", a_cookie())).hit is not None


def test_a_plan_that_lost_its_actions_records_none() -> None:
    assert acted(a_cookie(), an_entry()).hit is None


@pytest.mark.parametrize("level", [TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS])
def test_an_action_is_kept_like_everything_else_at_its_level(level: TrackingLevel) -> None:
    hit = acted(a_cookie(), an_entry(level=level, cookie_seconds=DAY)).hit

    assert hit == a_hit(HitKind.ACTION, link_number=TAG, at_ms=HOUR, agent="Mozilla", network="")


@pytest.mark.parametrize(
    "token",
    [
        KEYS.mint_action(Purpose.UNSUBSCRIBE, 0, TAG),
        KEYS.mint_action(Purpose.ACTION_TAG, 1, TAG),
        TokenKeys([bytes(32)]).mint_action(Purpose.ACTION_TAG, 0, TAG),
        KEYS.mint_action(Purpose.ACTION_TAG, 0, TAG)[:-1] + "_",
        "A" * 36,
        a_token(),
    ],
)
def test_what_is_no_tag_of_ours_is_plainly_not_found(token: str) -> None:
    fields = [(b"cookie", a_cookie().encode())]

    assert is_plain_404(intake().handle(a_visit(f"/a/{token}.gif", headers=fields)))


def test_nothing_in_the_cookie_can_be_read() -> None:
    values = [KEYS.seal_visitor(1, subject, AT_MS // 1000) for subject in range(1, 200)]

    assert len(set(values)) == len(values)
    assert len({value[:6] for value in values}) > 190  # no counter shines through
