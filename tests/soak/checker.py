"""Whether everything adds up: frozen recipients, ledger, sink and report as sets, compared to the unit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.soak.ledger import ACCEPTED, INTENT, RESOLVED, Entry
from tests.soak.sink import Accepted


@dataclass
class Evidence:
    """What four witnesses say about one delivery."""

    frozen: Mapping[int, str]
    """Address by ordinal, as authorized."""
    states: Mapping[int, str]
    """State by ordinal, as the ledger has it."""
    entries: Iterable[Entry]
    """The send log."""
    accepted: Iterable[Accepted]
    """What the receiver took; other deliveries' messages may be among it."""
    report: Mapping[str, int]
    """Counts by state, as lui shows them."""
    allowed_extra: int
    """Copies beyond one for each, that the faults of the storm explain."""


@dataclass
class Verdict:
    """What was found; empty `wrong` is good."""

    recipients: int = 0
    copies: int = 0
    extra: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)

    def expect(self, is_so: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
        """Note what is not as it must be."""
        if not is_so:
            self.wrong.append(otherwise)


def judge(evidence: Evidence) -> Verdict:
    """Compare them all."""
    verdict = Verdict(recipients=len(evidence.frozen))
    copies = _copies(evidence)
    sent = {ordinal for ordinal, state in evidence.states.items() if state in {"sent", "bounced", "complained"}}
    arrived = set(copies)
    verdict.copies = sum(len(each) for each in copies.values())
    verdict.extra = verdict.copies - len(arrived)
    verdict.lost = len(sent - arrived)
    verdict.expect(set(evidence.states) == set(evidence.frozen), "the ledger has other envelopes than were frozen")
    verdict.expect(not sent - arrived, f"{len(sent - arrived)} are called sent and did not arrive")
    verdict.expect(not arrived - sent, f"{len(arrived - sent)} arrived and are not called sent")
    verdict.expect(
        verdict.extra <= evidence.allowed_extra,
        f"{verdict.extra} extra copies, and the faults explain {evidence.allowed_extra}",
    )
    _identical(copies, verdict)
    _adds_up(evidence, verdict)
    _log_is_sound(evidence, copies, verdict)
    return verdict


def _copies(evidence: Evidence) -> dict[int, list[Accepted]]:
    ordinals = {address.lower(): ordinal for ordinal, address in evidence.frozen.items()}
    copies: dict[int, list[Accepted]] = defaultdict(list)
    for accepted in evidence.accepted:
        ordinal = ordinals.get(accepted.rcpt_to.lower())
        if ordinal is not None:
            copies[ordinal].append(accepted)
    return copies


def _identical(copies: Mapping[int, list[Accepted]], verdict: Verdict) -> None:
    """I6."""
    different = sum(1 for each in copies.values() if len({(copy.message_id, copy.digest) for copy in each}) > 1)
    identities = {each[0].message_id for each in copies.values()}
    verdict.expect(not different, f"{different} recipients got copies that differ")
    verdict.expect(len(identities) == len(copies), "two recipients share a Message-ID")


def _adds_up(evidence: Evidence, verdict: Verdict) -> None:
    """I4, and that the report says what the ledger says."""
    counted = Counter(evidence.states.values())
    reported = Counter({state: count for state, count in evidence.report.items() if count})
    verdict.expect(counted == reported, f"the ledger counts {dict(counted)} and the report {dict(reported)}")
    verdict.expect(sum(reported.values()) == len(evidence.frozen), "the report's sum is not the number of recipients")


def _log_is_sound(evidence: Evidence, copies: Mapping[int, list[Accepted]], verdict: Verdict) -> None:
    """I1, I2 and I5 over the whole log."""
    first_intent: dict[int, float] = {}
    accepted: set[int] = set()
    after_accepted = 0
    for entry in evidence.entries:
        if entry.kind == INTENT:
            first_intent.setdefault(entry.ordinal, entry.at)
            after_accepted += entry.ordinal in accepted
        elif entry.kind in {ACCEPTED, RESOLVED}:
            accepted.add(entry.ordinal)
    unasked = [ordinal for ordinal, each in copies.items() if first_intent.get(ordinal, 1e18) > each[0].at]
    verdict.expect(not unasked, f"{len(unasked)} arrived before an intent was written")
    verdict.expect(not after_accepted, f"{after_accepted} intents follow an acceptance of the same envelope")
    verdict.expect(not accepted - set(copies), f"{len(accepted - set(copies))} acceptances of what never arrived")
