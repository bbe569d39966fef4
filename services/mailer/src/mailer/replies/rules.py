"""What a refusal means: why, whether trying again makes sense, and whether anybody will ever take mail there."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from common.contracts.mailer import BounceClass
from mailer.replies.codes import Known, enhanced_code_of, known_of
from mailer.replies.normal import normal
from mailer.replies.phrases import LATER, MAYBE_UNKNOWN, TROUBLE, Kind, kinds_in

MAX_TEXT = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_GENERAL_WRAPPER = re.compile(r"unknown address error|554 (?:5\.0\.0|@ ?\.{3}) service unavailable")
_AFTER_DATA = re.compile(
    r"end of data|after i sent the message|reply to data|on data command|for text command|after data\b|\(state 1[578]\)"
)
_SURE_EVEN_THEN = re.compile(r"delivery error: dd|aborted, mailbox not found|doesn't have an? \S{1,60} account")
"""What a provider writes that looks for the mailbox only when it has the message."""
_ADDRESS_DETAIL = re.compile(r"[245]\.1\.(?:[0-3]|6|10)$")
_SAYS_NOTHING = re.compile(r"[245]\.(?:0|1|5)\.")
_REWRITTEN = ("1.0",)
"""Details that some relays write over whatever they were told."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A refusal understood."""

    bounce_class: BounceClass
    is_permanent: bool
    """Repeating this message is useless (5yz)."""
    enhanced_code: str | None
    text: str
    rule: str = ""
    """What decided: a kind of phrase with the phrase found, or a code."""
    is_about_address: bool = False
    """Nobody will ever take mail at this address: what alone may suppress a person at once."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    bounce_class: BounceClass
    is_about_address: bool
    rule: str


def shown(text: str) -> str:
    """What a stranger's server said, fit to be kept and shown: short, one line, no control characters."""
    if len(text) <= MAX_TEXT and text.isascii() and text.isprintable():
        return text.strip()  # nearly every one is, and there is one for every message
    return _CONTROL.sub(" ", text[: 2 * MAX_TEXT]).strip()[:MAX_TEXT]


def classify(code: int | None, text: str, enhanced: str | None = None) -> Meaning:
    """What a refusal means: the codes say whether for good; what is written, then the codes, say why."""
    status = best_status(enhanced, text)
    is_permanent = code >= 500 if code is not None else bool(status and status.startswith("5"))
    verdict = _verdict(code, normal(text), status)
    bounce_class = verdict.bounce_class
    if bounce_class is BounceClass.GREYLISTED and is_permanent:
        bounce_class = BounceClass.POLICY  # greylisting asks to come back, and a permanent refusal does not
    return Meaning(bounce_class, is_permanent, status, shown(text), verdict.rule, verdict.is_about_address)


@lru_cache(maxsize=4_096)
def _verdict(code: int | None, said: str, status: str | None) -> _Verdict:
    """Without addresses, the many replies of a mailing are few."""
    plain = _GENERAL_WRAPPER.sub(" ", said)
    is_rewritten = plain != said and status is not None and status.endswith(_REWRITTEN)
    known = None if is_rewritten else known_of(status, code)
    found = _decisive(plain, status, known)
    if found is not None:
        kind, phrase = found
        verdict = _Verdict(kind.bounce_class, kind.is_about_address, f"{kind.name}: {phrase[:60]}")
    elif known is not None:
        verdict = _Verdict(known.bounce_class, known.is_about_address, f"code {status or code}")
    else:
        verdict = _Verdict(BounceClass.UNCLASSIFIED, is_about_address=False, rule="nothing known")
    if not verdict.is_about_address:
        return verdict
    if is_transient(code, status):
        return replace(verdict, is_about_address=False, rule=f"{verdict.rule}, but for now only")
    if _is_after_data(plain, status):
        return replace(verdict, is_about_address=False, rule=f"{verdict.rule}, but only after the message was seen")
    return verdict


def best_status(enhanced: str | None, text: str) -> str | None:
    """The more exact of a given status and one in the words: relays in between often make it a general one."""
    if enhanced is not None and not enhanced.endswith(".0"):
        return enhanced
    said = enhanced_code_of(text)
    if enhanced is None or (said is not None and (_is_general(enhanced) or not said.endswith(".0"))):
        return said
    return enhanced


def is_transient(code: int | None, status: str | None) -> bool:
    """Whether the last word was "not now"."""
    if code is not None:
        return code < 500
    return status is not None and status.startswith("4")


def _is_general(status: str) -> bool:
    return status.endswith(".0.0")


def _is_after_data(said: str, status: str | None) -> bool:
    """A server that took the address and refuses the message says "unknown" about more than the address."""
    is_exact = status is not None and _ADDRESS_DETAIL.search(status) is not None
    return not is_exact and _AFTER_DATA.search(said) is not None and _SURE_EVEN_THEN.search(said) is None


def _decisive(said: str, status: str | None, known: Known | None) -> tuple[Kind, str] | None:
    """The kind of phrase that decides, or None when the codes do."""
    for kind, phrase in kinds_in(said):
        if kind.is_vague:
            if _outranks_code(kind, status, known):
                return kind, phrase
            continue
        if known is not None and known.is_firm:
            if kind.is_about_address and not known.is_about_address:
                return None
            if kind is TROUBLE and known.is_about_address:
                return None
        return kind, phrase
    return None


def _outranks_code(kind: Kind, status: str | None, known: Known | None) -> bool:
    if kind is MAYBE_UNKNOWN:
        return status is None or _SAYS_NOTHING.match(status) is not None
    if kind is LATER:
        return known is None
    return known is None or (status is None and not known.is_about_address) or bool(status and status[2:4] == "5.")
