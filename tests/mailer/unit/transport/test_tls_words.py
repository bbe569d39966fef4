"""Why an encrypted connection failed, in words that say what to do."""

import ssl

import pytest

from mailer.transport.tls import context_for, why_not_encrypted


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (9, "its certificate is not valid yet"),
        (10, "its certificate has expired"),
        (18, "its certificate is not signed by an authority that this machine trusts"),
        (20, "its certificate is not signed by an authority that this machine trusts"),
        (62, "its certificate is not for mail.test"),
        (64, "its certificate is not for mail.test"),
        (23, "its certificate cannot be trusted: certificate revoked"),
    ],
)
def test_a_certificate_that_cannot_be_trusted(code: int, words: str) -> None:
    error = ssl.SSLCertVerificationError()
    error.verify_code, error.verify_message = code, "certificate revoked"
    assert why_not_encrypted(error, "mail.test") == words


def test_a_handshake_that_fails_otherwise() -> None:
    words = "the encrypted connection could not be agreed on"
    assert why_not_encrypted(ssl.SSLError(1, "handshake failure"), "mail.test") == words


def test_only_verified_asks_for_the_proof() -> None:
    assert context_for("verified").verify_mode is ssl.CERT_REQUIRED
    assert context_for("verified").check_hostname
    for policy in ("opportunistic", "required"):
        assert context_for(policy).verify_mode is ssl.CERT_NONE
