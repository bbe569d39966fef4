"""Saying in plain words what a pacer is doing."""

from collections.abc import Iterable
from dataclasses import dataclass

from mailer.gateways.rules.destination import Destination
from mailer.gateways.rules.results import Slowness

RECENT_SECONDS = 5.0
"""A limit that was hit this recently is a reason."""
MAX_SHOWN = 50
FOREVER = float("inf")

_GATEWAY = {
    "rate_per_second": "the gateway's limit of messages per second is reached",
    "rate_per_hour": "the gateway's limit of messages per hour is reached",
}
_DESTINATION = {
    "asked_to_slow_down": "asked us to slow down",
    "connections_broke": "connections broke while it was written to",
    "slow_answers": "takes long to answer, so it gets fewer connections",
}


@dataclass(frozen=True, slots=True)
class DestinationShown:
    """One destination at one moment; `backoff_until` is on the pacer's clock, infinite when nobody knows."""

    name: str
    concurrency: int
    limit: int
    backoff_until: float | None
    reason: str | None


def gateway_reasons(denied: dict[str, tuple[float, float]], now: float) -> list[Slowness]:
    """Limits of the gateway that were hit lately: code to when that was and when there is more."""
    return [
        Slowness(code, None, _GATEWAY[code], more_at if more_at > now else None)
        for code, (at, more_at) in denied.items()
        if now - at <= RECENT_SECONDS
    ]


def destination_reasons(troubled: Iterable[Destination], now: float) -> list[Slowness]:
    """Why destinations get less than they could, the longest wait first."""
    found = [reason for reason in (_reason(each, now) for each in troubled) if reason is not None]
    found.sort(key=lambda each: (-(each.until or 0.0), each.destination or ""))
    return found[:MAX_SHOWN]


def _reason(each: Destination, now: float) -> Slowness | None:
    until = each.open_at if now < each.open_at < FOREVER else None
    if each.pause_reason is not None and now < each.open_at:
        return Slowness("destination_paused", each.name, each.pause_reason, until)
    if each.is_troubled and each.reason is not None:
        code = "backing_off" if until is not None else "throttled"
        return Slowness(code, each.name, _DESTINATION[each.reason], until)
    if each.is_limited and each.in_flight >= each.limit:
        return Slowness("destination_limit", each.name, "the limit set for it is reached", None)
    if each.interval and each.next_at > now:
        return Slowness("destination_limit", each.name, "the limit set for it is reached", None)
    return None


def shown(each: Destination, now: float) -> DestinationShown:
    """A destination for people to look at."""
    reason = _reason(each, now)
    waits = each.open_at if now < each.open_at else None
    return DestinationShown(each.name, each.in_flight, each.limit, waits, reason.detail if reason else None)
