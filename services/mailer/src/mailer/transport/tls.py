"""Encryption towards a gateway: what each policy demands, and in plain words why it failed."""

import ssl
from typing import Final

from mailer.transport.target import TlsPolicy

_EXPIRED: Final = 10
_NOT_YET_VALID: Final = 9
_UNKNOWN_ISSUER: Final = (18, 19, 20, 21)
_WRONG_NAME: Final = (62, 64)
"""X509_V_ERR codes of OpenSSL."""


def context_for(policy: TlsPolicy) -> ssl.SSLContext:
    """Reads the system's authorities (`SSL_CERT_FILE` names others); only `verified` asks for the proof."""
    context = ssl.create_default_context()
    if policy != "verified":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def why_not_encrypted(error: ssl.SSLError, host: str) -> str:
    """What a failed handshake means."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return "the encrypted connection could not be agreed on"
    code = error.verify_code
    if code == _EXPIRED:
        return "its certificate has expired"
    if code == _NOT_YET_VALID:
        return "its certificate is not valid yet"
    if code in _UNKNOWN_ISSUER:
        return "its certificate is not signed by an authority that this machine trusts"
    if code in _WRONG_NAME:
        return f"its certificate is not for {host}"
    return f"its certificate cannot be trusted: {error.verify_message}"
