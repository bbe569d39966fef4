"""What the numbers mean: enhanced status codes (RFC 3463 and its registry) and reply codes (RFC 5321)."""

import re
from dataclasses import dataclass

from common.contracts.mailer import BounceClass

_C = BounceClass
ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_ACCEPTED = re.compile(r"2\.\d{1,3}\.\d{1,3}(?![\d.]*\d)")
_LEADING = re.compile(
    r"(?:^|\n|said:|says:|<<<|>>>|returned:?|response:?|responded:?|replied:?|was:|reason:|error:|smtp;|lmtp;|\["
    r"|\(|'|\")"
    r"[^\S\n]*(?:\d{3}[ -])?([45][0-7]\d)(?=[ \-:#,;]|$)",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"(?<![\w.:/@\-])([45][0-5]\d)(?=[ \-:#]\s?\S)"
    r"(?![ \-]?(?:k|m|g)?(?:b|bytes?|octets?|sec|min|hour|day|mess|mail|recip|char|line|times|port|px)\w*\b)",
    re.IGNORECASE,
)
_NEXT_TO_ENHANCED = re.compile(r"(?<![\w.])([245]\d\d)[ \-]{1,2}#?[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a code says by itself: why, and whether nobody will ever take mail at the address."""

    bounce_class: BounceClass
    is_about_address: bool = False
    is_firm: bool = False
    """Words that are merely vague do not change it."""


DETAILS: dict[str, Known] = {
    "1.0": Known(_C.UNKNOWN_MAILBOX, is_about_address=True),
    "1.1": Known(_C.UNKNOWN_MAILBOX, is_about_address=True, is_firm=True),
    "1.2": Known(_C.UNKNOWN_DOMAIN, is_about_address=True, is_firm=True),
    "1.3": Known(_C.ADDRESS_SYNTAX, is_about_address=True, is_firm=True),
    "1.4": Known(_C.UNCLASSIFIED),  # ambiguous: somebody may well be meant
    "1.6": Known(_C.UNKNOWN_MAILBOX, is_about_address=True, is_firm=True),
    "1.7": Known(_C.POLICY, is_firm=True),  # the sender's address
    "1.8": Known(_C.POLICY, is_firm=True),
    "1.9": Known(_C.NETWORK),
    "1.10": Known(_C.UNKNOWN_DOMAIN, is_about_address=True, is_firm=True),
    "1.90": Known(_C.RATE_LIMITED, is_firm=True),
    "2.0": Known(_C.MAILBOX_DISABLED),  # not firm: old systems write "user unknown" with them
    "2.1": Known(_C.MAILBOX_DISABLED),
    "2.2": Known(_C.MAILBOX_FULL, is_firm=True),
    "2.3": Known(_C.MESSAGE_TOO_LARGE, is_firm=True),
    "2.4": Known(_C.NETWORK),
    "2.121": Known(_C.RATE_LIMITED, is_firm=True),
    "2.122": Known(_C.RATE_LIMITED, is_firm=True),
    "3.1": Known(_C.MAILBOX_FULL),
    "3.2": Known(_C.NETWORK),
    "3.4": Known(_C.MESSAGE_TOO_LARGE, is_firm=True),
    "4.1": Known(_C.NETWORK),
    "4.2": Known(_C.NETWORK),
    "4.3": Known(_C.NETWORK),
    "4.4": Known(_C.UNKNOWN_DOMAIN, is_about_address=True),
    "4.5": Known(_C.RATE_LIMITED),
    "4.6": Known(_C.NETWORK, is_firm=True),
    "4.7": Known(_C.NETWORK, is_firm=True),
    "4.14": Known(_C.NETWORK, is_firm=True),
    "4.300": Known(_C.NETWORK, is_firm=True),
    "4.310": Known(_C.UNKNOWN_DOMAIN, is_about_address=True, is_firm=True),
    "4.316": Known(_C.NETWORK, is_firm=True),
    "4.317": Known(_C.NETWORK, is_firm=True),
    "5.3": Known(_C.RATE_LIMITED),
    "6.7": Known(_C.ADDRESS_SYNTAX),  # our side cannot write it in letters the other side takes
    "7.13": Known(_C.MAILBOX_DISABLED, is_firm=True),
    "7.16": Known(_C.MESSAGE_TOO_LARGE, is_firm=True),
    "7.17": Known(_C.UNKNOWN_MAILBOX, is_about_address=True, is_firm=True),
    "7.18": Known(_C.UNKNOWN_DOMAIN, is_about_address=True, is_firm=True),
}
SUBJECTS: dict[str, Known] = {
    "3": Known(_C.NETWORK),
    "4": Known(_C.NETWORK),
    "5": Known(_C.PROTOCOL),
    "6": Known(_C.CONTENT_REFUSED),
    "7": Known(_C.POLICY),
}
REPLIES: dict[int, Known] = {
    421: Known(_C.RATE_LIMITED),
    450: Known(_C.GREYLISTED),
    452: Known(_C.MAILBOX_FULL),
    500: Known(_C.PROTOCOL),
    501: Known(_C.PROTOCOL),
    502: Known(_C.PROTOCOL),
    503: Known(_C.PROTOCOL),
    504: Known(_C.PROTOCOL),
    521: Known(_C.UNKNOWN_DOMAIN, is_about_address=True),  # RFC 7504: that host takes no mail
    523: Known(_C.MESSAGE_TOO_LARGE),
    530: Known(_C.POLICY),
    535: Known(_C.POLICY),
    551: Known(_C.UNKNOWN_MAILBOX, is_about_address=True),  # not local, and no forwarding
    552: Known(_C.MAILBOX_FULL),
    553: Known(_C.ADDRESS_SYNTAX),
    556: Known(_C.UNKNOWN_DOMAIN, is_about_address=True),  # RFC 7504: that domain takes no mail
    571: Known(_C.POLICY),
}


def accepted_code_of(text: str) -> str | None:
    """The enhanced status code an acceptance begins with (RFC 2034, section 4), or None."""
    found = _ACCEPTED.match(text)
    return None if found is None else found.group()


def enhanced_code_of(text: str) -> str | None:
    """The enhanced status code in a text, or None. One that says nothing but yes or no counts only alone."""
    found: list[str] = []
    for match in ENHANCED.finditer(text[:8_000]):
        if match.group(1) == "2":
            continue
        if match.group(3).strip("0"):
            return match.group()
        found.append(match.group())
    return next((code for code in found if not code.endswith(".0.0")), found[0] if found else None)


def reply_code_of(text: str) -> int | None:
    """The SMTP reply code in an explanation, or None."""
    said = text[:8_000]
    for pattern in (_NEXT_TO_ENHANCED, _LEADING, _ANYWHERE):
        match = pattern.search(said)
        if match:
            return int(match.group(1))
    return None


def known_of(status: str | None, reply_code: int | None) -> Known | None:
    """What the numbers say by themselves; the enhanced code is the more exact one."""
    if status:
        detail = status.partition(".")[2]
        found = DETAILS.get(detail) or SUBJECTS.get(detail.partition(".")[0])
        if found is not None:
            return found
    return REPLIES.get(reply_code or 0)
