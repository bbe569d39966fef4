"""What tracking stores, told by the very rules that decide it: each is asked what it keeps of one sample."""

from common.contracts.lui import TrackingLevel
from tracker.privacy import rules
from tracker.privacy.retention import Retention
from tracker.privacy.schemas import KeptForOut, LevelOut, SeenByOut, StoredOut

_SAMPLE_MS = 25 * rules.HOUR_MS + 61_234
_SAMPLE_AGENT = "Mozilla/5.0 (X11; Linux x86_64) " + "sample/1.0 " * 40
_SAMPLE_ADDRESS = "203.0.113.77"
_SAMPLE_SUBJECT = 5

_WHO = {
    TrackingLevel.BLIND: "nobody: every recipient's link is the same",
    TrackingLevel.UNIQUE: "a random number for one delivery; its key is destroyed afterwards",
    TrackingLevel.ANONYMOUS: "a profile of ten or more recipients and a random number; its key is destroyed afterwards",
    TrackingLevel.PERSONAL: "the recipient",
}


def describe_levels(retention: Retention) -> list[LevelOut]:
    """What each level stores, for how long, and who can see it."""
    return [_level(level, retention) for level in TrackingLevel]


def _level(level: TrackingLevel, retention: Retention) -> LevelOut:
    tracks = level is not TrackingLevel.OFF
    knows_some = level is TrackingLevel.ANONYMOUS or rules.counts_people(level)
    lists = level is TrackingLevel.ANONYMOUS or rules.tells_who(level)
    months = retention.months.get(level, 0)
    return LevelOut(
        level=level,
        counts_people=tracks and rules.counts_people(level),
        recipient_reports=lists,
        reaction_source=rules.tells_who(level),
        stored=_stored(level) if tracks else [],
        kept_for=[
            KeptForOut(what="reactions", months=months),
            KeptForOut(what="recipients", months=months if knows_some else 0),
            KeptForOut(what="counters", months=None if tracks else 0),
        ],
        seen_by=[
            *([SeenByOut(what="counters", rights=["see_reports"])] if tracks else []),
            *([SeenByOut(what="recipients", rights=["see_reports", "see_recipients"])] if lists else []),
        ],
        without_consent=rules.handled_as(level, 0),
    )


def _stored(level: TrackingLevel) -> list[StoredOut]:
    return [
        StoredOut(what="who", kept=_WHO[level] if rules.permits_subject(level, _SAMPLE_SUBJECT) else _WHO[_NOBODY]),
        StoredOut(what="when", kept=_when(level)),
        StoredOut(what="program", kept=_program(level)),
        StoredOut(what="network", kept=_network(level)),
        StoredOut(what="delay", kept=_delay(level)),
    ]


_NOBODY = TrackingLevel.BLIND


def _when(level: TrackingLevel) -> str:
    exact = rules.kept_time(level, _SAMPLE_MS) == _SAMPLE_MS
    return "the millisecond" if exact else "the hour (UTC); once it is over, nothing of the order within it"


def _program(level: TrackingLevel) -> str:
    kept = rules.kept_agent(level, _SAMPLE_AGENT.encode())
    if _SAMPLE_AGENT.startswith(kept) and len(kept) > len("Mozilla"):
        return f"what it calls itself, at most {rules.MAX_AGENT_LENGTH} characters"
    return "its family only, for example “browser”"


def _network(level: TrackingLevel) -> str:
    kept = rules.kept_network(level, _SAMPLE_ADDRESS)
    return f"the network, for example {kept}, never the address" if kept else "nothing"


def _delay(level: TrackingLevel) -> str:
    return "time since the message was accepted, on the first day" if rules.tells_who(level) else "nothing"
