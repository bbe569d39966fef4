"""What the texts of one report mean, each gone over once however many people it is about."""

import re
from dataclasses import replace
from functools import cache

from common.contracts.mailer import BounceClass
from mailer.bounces.reading import plain
from mailer.bounces.rules import ReportedRecipient
from mailer.replies.service import classify, enhanced_code_of, is_transient, reply_code_of, shown

_EXPLAINING = re.compile(
    (
        r"(?:said|says|returned|response|was|reason|because|<<<|>>>|remote host said|error|details"
        r"|diagnostic)\b[^\n]{0,3}|(?<!\d)[45]\d\d[ -]|\b[45]\.\d\.\d"
    ),
    re.IGNORECASE,
)
_MAX_EXPLAINING = 12
_MAX_JUDGED = 8_000
"""What is behind it is not looked at for codes or phrases."""


class Meanings:
    """Of one report. A flood of recipients costs a look at what is said about each, never one at the whole text."""

    def __init__(self) -> None:
        self.explaining = cache(_explaining)
        self.without_boilerplate = cache(plain.without_boilerplate)
        self.without_summary = cache(plain.without_summary)
        self.answers_message = cache(plain.answers_message)
        self.is_delay = cache(plain.is_delay)
        self._judged = cache(_judged)

    def judged(self, address: str | None, diagnostic: str, status: str | None = None) -> ReportedRecipient:
        """What an explanation and a status mean for somebody."""
        return replace(self._judged(diagnostic[:_MAX_JUDGED], status), address=address)

    def from_diagnostic(self, address: str | None, diagnostic: str, status: str | None, said: str) -> ReportedRecipient:
        """The same of what the machine-readable part says, in the light of what the words say about them."""
        found = self.judged(address, diagnostic, status)
        if found.permanent and self.answers_message(said):
            found = self.judged(address, f"{diagnostic} (in reply to end of DATA)", status)
        answers = self.without_summary(said)
        if found.permanent and answers != said and enhanced_code_of(diagnostic) is None:
            answered = self.judged(address, diagnostic)
            if not answered.permanent and not answered.rule.startswith(("nothing known", "code")):
                found = replace(answered, status=found.status)
        return found


def _judged(diagnostic: str, status: str | None) -> ReportedRecipient:
    code = reply_code_of(diagnostic)
    meaning = classify(code, diagnostic, status)
    permanent = meaning.is_about_address and not is_transient(code, meaning.enhanced_code)
    said = meaning.text or shown(diagnostic)
    return ReportedRecipient(
        None, meaning.enhanced_code, code, meaning.bounce_class, permanent, " ".join(said.split()), meaning.rule
    )


def unjudged(address: str | None, said: str, rule: str) -> ReportedRecipient:
    """Somebody a message is about that is no report of a failure."""
    return ReportedRecipient(address, None, None, BounceClass.UNCLASSIFIED, permanent=False, diagnostic=said, rule=rule)


def is_vague(found: ReportedRecipient) -> bool:
    """Whether other words may say it better."""
    return found.rule.startswith(("nothing known", "refused by a policy", "code")) and not (
        found.status is not None and not found.status.endswith((".0.0", ".5.0", ".3.0", ".1.0"))
    )


def _explaining(words: str) -> str:
    """The lines that say why, each with the ones it goes on in."""
    lines = words.split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        if _EXPLAINING.search(line):
            kept.extend(each for each in lines[number : number + 3] if each not in kept)
            if len(kept) >= _MAX_EXPLAINING:
                break
    return plain.without_boilerplate("\n".join(kept))
