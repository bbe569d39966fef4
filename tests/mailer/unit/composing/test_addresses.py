"""Addresses as they go on the wire."""

import pytest

from common.contracts.mailer import BounceClass
from mailer.composing.addresses import normalized
from mailer.composing.errors import MergeFailed


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("ann@example.org", "ann@example.org"),
        ("Ann.O'Neil+news@Example.ORG", "Ann.O'Neil+news@Example.ORG"),
        ('"two words"@example.org', '"two words"@example.org'),
        ("a@m\u00fcnchen.example", "a@xn--mnchen-3ya.example"),
        ("a@M\u00dcNCHEN.example", "a@xn--mnchen-3ya.example"),
        # The sharp s and the final sigma are letters of their own since IDNA 2008; Python's codec still maps them away.
        ("a@stra\u00dfe.example", "a@xn--strae-oqa.example"),
        ("a@\u03b2\u03cc\u03bb\u03bf\u03c2.example", "a@xn--nxasmm1c.example"),
        ("a@\u4f8b\u3048\u3002\u30c6\u30b9\u30c8", "a@xn--r8jz45g.xn--zckzah"),
        ("j\u00fcrgen@m\u00fcnchen.example", "j\u00fcrgen@xn--mnchen-3ya.example"),
        ("\u7528\u6237.\u4e00@example.org", "\u7528\u6237.\u4e00@example.org"),
    ],
)
def test_an_address_keeps_its_meaning(written: str, sent: str) -> None:
    assert normalized(written) == sent


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "a b@example.org",
        "a@exa mple.org",
        "a@-a.example",
        "a@a..example",
        "a\u2028b@example.org",
        "a\u200eb@example.org",
        "a\u00a0b@example.org",
        ".\u00fc@example.org",
        '"\u00fc\r\n"@example.org',
        "\u00fc" * 33 + "@example.org",
        "a@" + "\u00fc" * 64 + ".example",
        "a@\u2603\u200d.example",
        "a@[127.0.0.1]",
        "a" * 65 + "@example.org",
        "\ud800@example.org",
    ],
)
def test_what_is_no_address_fails_its_envelope(written: str) -> None:
    with pytest.raises(MergeFailed) as failed:
        normalized(written)
    assert failed.value.bounce_class is BounceClass.ADDRESS_SYNTAX
