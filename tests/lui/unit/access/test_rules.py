import pytest

from lui.access.rules import comes_from_elsewhere, is_id, origin_of

APP = "https://mail.example.org/"


@pytest.mark.parametrize(
    ("origin", "fetch_site", "elsewhere"),
    [
        (None, None, False),
        (None, "same-origin", False),
        (None, "none", False),
        ("https://mail.example.org", None, False),
        ("https://mail.example.org:443", "same-origin", False),
        ("http://10.0.0.7:8080", None, False),
        (None, "cross-site", True),
        (None, "same-site", True),
        ("https://evil.example", None, True),
        ("http://mail.example.org", None, True),
        ("https://mail.example.org.evil.example", None, True),
        ("null", None, True),
        ("https://mail.example.org", "cross-site", True),
    ],
)
def test_only_the_application_itself_may_use_the_session(
    origin: str | None, fetch_site: str | None, *, elsewhere: bool
) -> None:
    found = comes_from_elsewhere(origin=origin, fetch_site=fetch_site, host="10.0.0.7:8080", app_url=APP)
    assert found is elsewhere


def test_the_port_of_a_scheme_goes_without_saying() -> None:
    assert origin_of("https://example.org") == origin_of("https://example.org:443/x")
    assert origin_of("http://example.org") != origin_of("https://example.org")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01", True),
        ("0193A7C4-5F2E-7CC3-9A58-0C8F3F6D2D01", True),
        ("0193a7c45f2e7cc39a580c8f3f6d2d01", False),
        ("{0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01}", False),
        ("1' OR '1'='1", False),
        ("", False),
    ],
)
def test_what_is_no_id_is_not_looked_for(text: str, *, is_one: bool) -> None:
    assert is_id(text) is is_one
