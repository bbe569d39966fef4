"""What may travel on to a neighbour, and what may come back."""

import pytest

from lui.passthrough import rules
from lui.passthrough.errors import NotPassedOn


def test_a_versioned_path_is_the_neighbours_api_path() -> None:
    assert rules.onward_path(b"/api/hub/v1/accounts", "hub") == b"/api/v1/accounts"


def test_escapes_inside_a_segment_arrive_as_they_were_sent() -> None:
    assert rules.onward_path(b"/api/mailer/v1/x/a%20b%C3%A4", "mailer") == b"/api/v1/x/a%20b%C3%A4"


@pytest.mark.parametrize(
    "raw",
    [
        b"/api/hub/../internal/v1/x",
        b"/api/hub/v1/../../internal/v1/x",
        b"/api/hub/v1/%2e%2e/%2e%2e/internal/v1/x",
        b"/api/hub/v1/..%2f..%2finternal",
        b"/api/hub/v1/..%5c..%5cinternal",
        b"/api/hub/v1/%252e%252e/internal",
        b"/api/hub/v1/%25252525252e%25252525252e/internal",
        b"/api/hub/v1/./x",
        b"/api/hub/v1/a%0d%0ahost:evil",
        b"/api/hub/internal/v1/x",
        b"/api/hub/metrics",
        b"/api/hub/v1",
        b"/api/hub/v1/",
        b"/api/hub//v1/x",
        b"/api/hub/vx/x",
    ],
)
def test_nothing_climbs_out_of_the_neighbours_api(raw: bytes) -> None:
    with pytest.raises(NotPassedOn):
        rules.onward_path(raw, "hub")


def test_cookies_and_the_callers_own_credentials_stay_here() -> None:
    sent = dict(
        rules.onward_headers(
            [
                ("Cookie", "tutti_session=secret"),
                ("Authorization", "Bearer tutti_long_lived"),
                ("Host", "lui.example.org"),
                ("X-Forwarded-For", "192.0.2.1"),
                ("Forwarded", "for=192.0.2.1"),
                ("Connection", "keep-alive, X-Private"),
                ("X-Private", "1"),
                ("Transfer-Encoding", "chunked"),
                ("Upgrade", "websocket"),
                ("Accept", "application/json"),
                ("If-Match", '"3"'),
                ("Idempotency-Key", "k1"),
                ("Accept-Encoding", "gzip"),
            ],
            "short-lived",
        )
    )
    assert sent == {
        "accept": "application/json",
        "if-match": '"3"',
        "idempotency-key": "k1",
        "accept-encoding": "gzip",
        "authorization": "Bearer short-lived",
    }


def test_a_caller_who_names_no_encoding_gets_none() -> None:
    assert ("accept-encoding", "identity") in rules.onward_headers([], "t")


def test_a_neighbour_sets_no_cookie_and_speaks_for_no_other_origin() -> None:
    back = rules.returning_headers(
        [
            ("Set-Cookie", "a=b"),
            ("Server", "uvicorn"),
            ("Date", "Sun, 22 Nov 2026 09:00:00 GMT"),
            ("Access-Control-Allow-Origin", "*"),
            ("Transfer-Encoding", "chunked"),
            ("WWW-Authenticate", "Bearer"),
            ("ETag", '"3"'),
            ("Content-Type", "application/json"),
            ("Link", "</a>"),
            ("Link", "</b>"),
        ],
        "hub",
        "http://127.0.0.1:8081",
    )
    assert back == [("etag", '"3"'), ("content-type", "application/json"), ("link", "</a>"), ("link", "</b>")]


@pytest.mark.parametrize(
    ("location", "ours"),
    [
        ("http://127.0.0.1:8081/api/v1/accounts/7", ["/api/hub/v1/accounts/7"]),
        ("/api/v1/accounts/7", ["/api/hub/v1/accounts/7"]),
        ("https://evil.example/api/v1/x", []),
        ("/internal/v1/x", []),
        ("//evil.example/", []),
    ],
)
def test_a_location_stays_inside_what_is_passed_on(location: str, ours: list[str]) -> None:
    back = rules.returning_headers([("Location", location)], "hub", "http://127.0.0.1:8081/")
    assert [value for name, value in back if name == "location"] == ours
