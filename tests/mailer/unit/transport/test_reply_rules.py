"""What a server's refusal means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.transport.rules import MAX_TEXT, Reply, classify


@pytest.mark.parametrize(
    ("code", "text", "bounce_class", "is_permanent", "enhanced"),
    [
        (550, "5.1.1 <a@b.test>: Recipient address rejected: User unknown", "unknown_mailbox", True, "5.1.1"),
        (550, "No such user here", "unknown_mailbox", True, None),
        (553, "sorry, that address is not in my list", "address_syntax", True, None),
        (550, "5.1.2 bad destination system", "unknown_domain", True, "5.1.2"),
        (554, "5.2.1 mailbox disabled", "mailbox_disabled", True, "5.2.1"),
        (452, "4.2.2 over quota", "mailbox_full", False, "4.2.2"),
        (552, "5.2.2 Mailbox full", "mailbox_full", True, "5.2.2"),
        (552, "5.3.4 message too large", "message_too_large", True, "5.3.4"),
        (554, "5.7.1 rejected as spam", "content_refused", True, "5.7.1"),
        (550, "5.7.1 blocked by policy", "policy", True, "5.7.1"),
        (550, "5.7.26 unauthenticated mail", "policy", True, "5.7.26"),
        (450, "4.7.1 greylisted, come back later", "greylisted", False, "4.7.1"),
        (451, "greylisting in effect", "greylisted", False, None),
        (450, "try again", "greylisted", False, None),
        (421, "too many connections", "rate_limited", False, None),
        (421, "closing", "rate_limited", False, None),
        (451, "4.4.1 no answer from host", "network", False, "4.4.1"),
        (500, "what", "protocol", True, None),
        (550, "5.5.1 out of order", "protocol", True, "5.5.1"),
        (550, "5.9.9 strange", "unclassified", True, "5.9.9"),
        (550, "greylisting for ever", "policy", True, None),
        (554, "transaction failed", "unclassified", True, None),
    ],
)
def test_replies_are_classified(
    code: int, text: str, bounce_class: str, *, is_permanent: bool, enhanced: str | None
) -> None:
    meaning = classify(code, text)
    assert (meaning.bounce_class, meaning.is_permanent, meaning.enhanced_code) == (bounce_class, is_permanent, enhanced)


def test_without_a_reply_code_the_enhanced_code_decides() -> None:
    assert classify(None, "", "5.1.1").is_permanent
    assert not classify(None, "", "4.1.1").is_permanent
    assert not classify(None, "").is_permanent


@given(st.integers(200, 599), st.text(max_size=2_000))
def test_any_text_is_kept_short_and_without_control_characters(code: int, text: str) -> None:
    meaning = classify(code, text)
    assert len(meaning.text) <= MAX_TEXT
    assert meaning.text.isprintable() or not any(ord(character) < 32 for character in meaning.text)
    assert meaning.is_permanent is (code >= 500)


def test_replies_know_their_kind() -> None:
    assert Reply(354, "").is_positive
    assert Reply(550, "").is_permanent
    assert not Reply(450, "").is_positive
