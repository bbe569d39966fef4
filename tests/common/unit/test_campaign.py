"""Campaign parameters in addresses."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts.campaign import with_campaign

SPRING = [("utm_source", "news letter"), ("utm_campaign", "Fr\u00fchling&co")]
ADDED = "utm_source=news%20letter&utm_campaign=Fr%C3%BChling%26co"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.test", f"https://a.test?{ADDED}"),
        ("https://a.test/x", f"https://a.test/x?{ADDED}"),
        ("https://a.test/x?", f"https://a.test/x?{ADDED}"),
        ("https://a.test/?b=2&a=1&b=%zz", f"https://a.test/?b=2&a=1&b=%zz&{ADDED}"),
        ("https://a.test/?a=1&", f"https://a.test/?a=1&{ADDED}"),
        ("https://a.test/??", f"https://a.test/??&{ADDED}"),
        ("https://a.test/a&", f"https://a.test/a&?{ADDED}"),
        ("https://a.test/p#top?x=1", f"https://a.test/p?{ADDED}#top?x=1"),
        ("HTTP://A.test/p", f"HTTP://A.test/p?{ADDED}"),
        ("https://a.test/?utm_source=own", "https://a.test/?utm_source=own&utm_campaign=Fr%C3%BChling%26co"),
        ("https://a.test/?utm%5Fsource=own&utm_campaign", "https://a.test/?utm%5Fsource=own&utm_campaign"),
        ("mailto:us@a.test", "mailto:us@a.test"),
        ("tel:+49301234", "tel:+49301234"),
        ("#below", "#below"),
    ],
)
def test_parameters_go_in_front_of_the_fragment_unless_they_are_there(url: str, expected: str) -> None:
    assert with_campaign(url, SPRING) == expected


def test_without_parameters_an_address_stays_as_it_is() -> None:
    assert with_campaign("https://a.test/?#", ()) == "https://a.test/?#"


_PIECES = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=20)


@given(_PIECES, st.none() | _PIECES, st.none() | _PIECES)
def test_what_the_author_wrote_stays_byte_for_byte(path: str, query: str | None, fragment: str | None) -> None:
    written = "https://a.test/" + path.replace("?", "")
    written += "" if query is None else f"?{query}"
    mark = "" if fragment is None else f"#{fragment}"
    made = with_campaign(written + mark, SPRING)
    assert made.startswith(written)
    assert made.endswith(mark)
    given_names = [name for name, _ in parse_qsl(urlsplit(made).query.replace(";", "&"), keep_blank_values=True)]
    assert given_names.count("utm_source") >= 1
    assert with_campaign(made, SPRING) == made
