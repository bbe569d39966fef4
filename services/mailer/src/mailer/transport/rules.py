"""What an SMTP reply means: its class, and whether trying again makes sense (RFC 5321, 4.2; RFC 3463)."""

import re
from dataclasses import dataclass

from common.contracts.mailer import BounceClass

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_C = BounceClass

_BY_ENHANCED: dict[str, BounceClass] = {
    "1.0": _C.UNKNOWN_MAILBOX,
    "1.1": _C.UNKNOWN_MAILBOX,
    "1.2": _C.UNKNOWN_DOMAIN,
    "1.3": _C.ADDRESS_SYNTAX,
    "1.6": _C.UNKNOWN_MAILBOX,
    "1.7": _C.ADDRESS_SYNTAX,
    "1.8": _C.POLICY,
    "1.10": _C.UNKNOWN_DOMAIN,
    "2.0": _C.MAILBOX_DISABLED,
    "2.1": _C.MAILBOX_DISABLED,
    "2.2": _C.MAILBOX_FULL,
    "2.3": _C.MESSAGE_TOO_LARGE,
    "3.1": _C.MAILBOX_FULL,
    "3.4": _C.MESSAGE_TOO_LARGE,
    "4.1": _C.NETWORK,
    "4.2": _C.NETWORK,
    "4.3": _C.NETWORK,
    "4.4": _C.UNKNOWN_DOMAIN,
    "4.5": _C.RATE_LIMITED,
    "4.6": _C.NETWORK,
    "4.7": _C.NETWORK,
    "6.0": _C.CONTENT_REFUSED,
    "6.1": _C.CONTENT_REFUSED,
    "6.7": _C.ADDRESS_SYNTAX,
    "7.0": _C.POLICY,
    "7.1": _C.POLICY,
}
_BY_SUBJECT = {"5": _C.PROTOCOL, "7": _C.POLICY, "6": _C.CONTENT_REFUSED, "4": _C.NETWORK, "3": _C.NETWORK}
_PHRASES: tuple[tuple[re.Pattern[str], BounceClass], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), found)
    for pattern, found in (
        (r"gr[ae]y-?list|try again in \d|come back later", _C.GREYLISTED),
        (r"rate.?limit|too many (?:messages|connections|recipients|mails)|throttl", _C.RATE_LIMITED),
        (r"quota|mailbox (?:is )?full|over ?quota|out of (?:disk|storage)|insufficient storage", _C.MAILBOX_FULL),
        (
            (
                r"(?:user|mailbox|recipient|address|account)[^.;]{0,40}"
                r"(?:unknown|not (?:be )?found|does ?n.t exist|no such)"
            ),
            _C.UNKNOWN_MAILBOX,
        ),
        (
            r"(?:unknown|no such|invalid|non-?existent) (?:user|mailbox|recipient|address|account|local)",
            _C.UNKNOWN_MAILBOX,
        ),
        (
            r"(?:mailbox|account|user)[^.;]{0,30}(?:disabled|inactive|suspended|deactivated|expired)",
            _C.MAILBOX_DISABLED,
        ),
        (r"(?:host|domain)[^.;]{0,30}(?:unknown|not found|no mx|does not exist)|unrouteable", _C.UNKNOWN_DOMAIN),
        (r"(?:message|size)[^.;]{0,30}(?:too (?:large|big)|exceed)", _C.MESSAGE_TOO_LARGE),
        (r"spam|virus|malware|content (?:rejected|refused)|message (?:rejected|refused) as", _C.CONTENT_REFUSED),
        (
            r"block|black ?list|denied|policy|spf|dkim|dmarc|reputation|not (?:permitted|authorized|allowed)|relay",
            _C.POLICY,
        ),
    )
)
MAX_TEXT = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Reply:
    """An SMTP reply; `text` is its lines joined by blanks."""

    code: int
    text: str

    @property
    def is_positive(self) -> bool:
        """2yz and 3yz."""
        return 200 <= self.code < 400

    @property
    def is_permanent(self) -> bool:
        """5yz: repeating it unchanged is useless."""
        return self.code >= 500


@dataclass(frozen=True, slots=True)
class Meaning:
    """A reply understood."""

    bounce_class: BounceClass
    is_permanent: bool
    enhanced_code: str | None
    text: str


def enhanced_code_of(text: str) -> str | None:
    """The enhanced status code in a text, or None."""
    match = _ENHANCED.search(text)
    return match.group() if match else None


def shown(text: str) -> str:
    """What a stranger's server said, fit to be kept and shown: short, one line, no control characters."""
    return _CONTROL.sub(" ", text[: 2 * MAX_TEXT]).strip()[:MAX_TEXT]


def classify(code: int | None, text: str, enhanced: str | None = None) -> Meaning:
    """What a refusal means: the reply code says whether for good; the enhanced code, then the text, say why."""
    said = shown(text)
    status = enhanced or enhanced_code_of(text)
    is_permanent = code >= 500 if code is not None else bool(status and status.startswith("5"))
    return Meaning(_class_of(code, said, status), is_permanent, status, said)


def _class_of(code: int | None, text: str, status: str | None) -> BounceClass:
    said = next((found for pattern, found in _PHRASES if pattern.search(text)), None)
    if said is _C.GREYLISTED and code is not None and code >= 500:
        said = _C.POLICY  # greylisting asks to come back, and a permanent refusal does not
    if status:
        detail = status.partition(".")[2]
        known = _BY_ENHANCED.get(detail)
        if known is _C.POLICY and said in {_C.GREYLISTED, _C.RATE_LIMITED, _C.CONTENT_REFUSED, _C.UNKNOWN_MAILBOX}:
            return said
        if known is not None:
            return known
        return said or _BY_SUBJECT.get(detail.partition(".")[0], _C.UNCLASSIFIED)
    return said or _by_code(code)


def _by_code(code: int | None) -> BounceClass:
    if code in {421, 450}:
        return _C.GREYLISTED if code == 450 else _C.RATE_LIMITED
    if code is not None and 500 <= code <= 504:
        return _C.PROTOCOL
    return {452: _C.MAILBOX_FULL, 552: _C.MAILBOX_FULL, 553: _C.ADDRESS_SYNTAX}.get(code or 0, _C.UNCLASSIFIED)
