"""Who a recipient is in links and pixels, and what becomes of the addresses an author wrote."""

import base64
import re
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.contracts.signed_token import TokenKeys, TrackingToken
from mailer.composing.schemas import ContentDocument, PreviewIn
from mailer.composing.service import Message, Origins, Recipient, Secrets, compile_message, preview
from tests.support.builders.document import a_document

KEYS = TokenKeys([b"k" * 32])
ORIGINS = Origins("http://track.test", "http://pages.test", "bounces.test")
COLUMNS = ["EMAIL", "NAME", "OK", "TOWN", "AGE"]
HTML = (
    '<html><body><p>{{ NAME }}</p><a href="https://a.test/?x=1&amp;y=2#z">one</a>'
    '<a href="https://a.test/p/{{ EMAIL }}">two</a> <a href="https://b.test/{{ NAME }}">not tracked</a>'
    '<a href="mailto:us@a.test">us</a> <a href="{{ unsubscribe_url }}">leave</a></body></html>'
)
TEXT = "{{ NAME }}: see https://a.test/?x=1&y=2#z.\n"
PROFILES = [["Rome", "30"], ["Oslo", "40"]]
SHAPE = re.compile(r"http://track\.test/(o/[\w-]{22}\.gif|c/[\w-]{22}/[0-9]{1,3}(/[\w-]{40,})?)")
CAMPAIGN = [["utm_source", "letter"]]


def links(campaign: str = "") -> list[dict[str, Any]]:
    joint = f"&{campaign}" if campaign else ""
    return [
        {"number": 1, "part": "html", "url": f"https://a.test/?x=1&y=2{joint}#z"},
        {"number": 2, "part": "html", "url": "https://a.test/p/{{ EMAIL }}", "personal": True},
        {"number": 4, "part": "text", "url": f"https://a.test/?x=1&y=2{joint}#z"},
    ]


def a_message(level: str, *, key: bytes = b"p" * 32, **plan: Any) -> Message:
    tracking = {"level": level, "opens": True, "links": links(), **plan}
    document = a_document(delivery_number=7, columns=COLUMNS, html=HTML, text=TEXT, tracking=tracking)
    secrets = Secrets(b"m" * 32, key)
    return compile_message(ContentDocument.model_validate(document), secrets, ORIGINS, KEYS)


def person(ordinal: int = 1, ok: str = "yes", town: str = "Rome", age: str = "30") -> Recipient:
    address = f"person{ordinal}@example.org"
    return Recipient(ordinal, address, [address, f"Person {ordinal}", ok, town, age])


def subject(message: Message, recipient: Recipient) -> int:
    [token] = message.tokens([recipient])
    read = KEYS.read_tracking(token)
    assert read == TrackingToken(7, read.subject if read else -1)
    return read.subject


def bodies(message: Message, recipient: Recipient) -> dict[str, str]:
    [token] = message.tokens([recipient])
    parsed = message_from_bytes(message.compose(recipient, token).data, policy=default)
    return {part.get_content_subtype(): part.get_content() for part in parsed.walk() if not part.is_multipart()}


def test_each_level_puts_its_own_into_a_token() -> None:
    assert subject(a_message("blind"), person(9)) == 0
    assert subject(a_message("personal"), person(9)) == 9
    assert subject(a_message("unique"), person(9)) >> 32 != 0
    anonymous = a_message("anonymous", profile_columns=["TOWN", "AGE"], profiles=PROFILES)
    assert [subject(anonymous, person(9, town=town, age=age)) >> 32 for town, age in PROFILES] == [1, 2]
    assert subject(anonymous, person(9, town="Rome", age="40")) >> 32 == 0
    assert subject(anonymous, person(9, town="Rome", age="40")) & 0xFFFFFFFF != 0


def test_without_profile_columns_everybody_at_anonymous_is_of_the_merged_rest() -> None:
    assert {subject(a_message("anonymous"), person(n)) >> 32 for n in range(1, 50)} == {0}


def test_when_a_profile_column_is_missing_nobody_is_told_apart() -> None:
    message = a_message("anonymous", profile_columns=["TOWN", "GONE"], profiles=PROFILES)
    assert subject(message, person()) >> 32 == 0


@pytest.mark.parametrize("level", ["unique", "anonymous", "personal"])
@pytest.mark.parametrize("answer", ["", "no", "0", "perhaps", "yes please"])
def test_whoever_did_not_clearly_consent_is_nobody(level: str, answer: str) -> None:
    message = a_message(level, consent_column="OK")
    assert subject(message, person(9, ok=answer)) == 0
    assert subject(message, person(9, ok=" Yes ")) != 0


def test_when_the_column_of_consent_is_missing_nobody_consented() -> None:
    assert subject(a_message("personal", consent_column="GONE"), person(9)) == 0


def test_those_without_consent_have_the_same_addresses_all_of_them_and_personal_links_as_written() -> None:
    message = a_message("personal", consent_column="OK")
    html = bodies(message, person(3, ok="no"))["html"]
    assert 'href="https://a.test/p/person3%40example.org"' in html
    tracked = {
        tuple(re.findall(r"http://track\.test/[^\s\">]+", "".join(bodies(message, person(n, ok="no")).values())))
        for n in range(1, 40)
    }
    assert [len(addresses) for addresses in tracked] == [3]
    assert "/2/" in bodies(message, person(3))["html"]


@pytest.mark.parametrize("level", ["unique", "anonymous"])
def test_once_the_key_is_destroyed_nobody_can_be_computed_again(level: str) -> None:
    assert subject(a_message(level, key=b""), person(9)) == 0
    assert bodies(a_message(level, key=b""), person(3)) == bodies(a_message(level, key=b""), person(3))


def test_every_link_of_the_web_gets_the_campaign_tracked_or_not() -> None:
    message = a_message("personal", campaign=CAMPAIGN, links=links("utm_source=letter"))
    found = bodies(message, person(3))
    [token] = message.tokens([person(3)])
    assert f"http://track.test/c/{token}/1" in found["html"]
    assert f"http://track.test/c/{token}/4." in found["plain"]
    sealed = re.search(r"/2/([A-Za-z0-9_-]+)", found["html"])
    assert sealed is not None
    assert KEYS.open_target(token, 2, sealed.group(1)) == "https://a.test/p/person3%40example.org?utm_source=letter"
    assert 'href="https://b.test/Person%203?utm_source=letter"' in found["html"]
    assert 'href="mailto:us@a.test"' in found["html"]
    assert re.search(r'href="http://pages\.test/u/[A-Za-z0-9_-]{36}"', found["html"])


def test_without_tracking_links_get_the_campaign_all_the_same() -> None:
    found = bodies(a_message("off", campaign=CAMPAIGN, links=[]), person(3))
    assert 'href="https://a.test/?x=1&amp;y=2&amp;utm_source=letter#z"' in found["html"]
    assert "https://a.test/?x=1&y=2&utm_source=letter#z." in found["plain"]
    assert "track.test" not in found["html"]


def test_a_preview_shows_the_campaign_and_counts_nowhere() -> None:
    tracking = {"level": "personal", "opens": True, "links": links(), "campaign": CAMPAIGN}
    document = a_document(columns=COLUMNS, html=HTML, text=TEXT, tracking=tracking)
    recipient = (3, "person3@example.org", person(3).values)
    shown = preview(PreviewIn.model_validate({**document, "recipient": recipient}), ORIGINS, KEYS)
    assert "utm_source=letter" in (shown.html or "")
    assert "track.test" not in f"{shown.html}{shown.text}"


def test_a_blind_mailing_has_as_many_addresses_as_links_and_a_pixel() -> None:
    message = a_message("blind")
    found = {
        address
        for ordinal in range(1, 400)
        for body in bodies(message, person(ordinal)).values()
        for address in re.findall(r"http://track\.test/[^\s\">]+", body)
    }
    assert len(found) == 3  # two links the same for everybody and the pixel; the personal one is not tracked


@settings(max_examples=60)
@given(
    st.sampled_from(["blind", "unique", "anonymous", "personal"]),
    st.integers(1, 2**31 - 1),
    st.from_regex(r"[a-z]{6,12}@[a-z]{4,10}\.test", fullmatch=True),
)
def test_no_address_and_no_number_of_a_recipient_stands_in_an_address_of_the_tracker(
    level: str, ordinal: int, address: str
) -> None:
    message = a_message(level, profile_columns=["TOWN"], profiles=[["Rome"]])
    recipient = Recipient(ordinal, address, [address, "Ann", "yes", "Rome", "30"])
    found = re.findall(r"http://track\.test/[^\s\">]+", "".join(bodies(message, recipient).values()))
    assert found
    octets = address.encode()
    encoded = [base64.b64encode(octets[at:])[:-4].decode().rstrip("=") for at in range(3)]
    telling = [address, address.partition("@")[0], octets.hex(), *encoded]
    for url in found:
        assert not [each for each in telling if each in url]
        assert SHAPE.fullmatch(url.rstrip("."))
