"""From a local time and a zone to an instant, with the hours that come twice or never."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from common.contracts.problem import Invalid
from lui.scheduling.schemas import Schedule, ScheduleIn, ScheduleMode

FARTHEST = timedelta(days=3 * 366)
PAST = "the time is in the past"


def checked_schedule(asked: ScheduleIn, *, now: datetime) -> Schedule:
    """What `asked` means. Raises Invalid pointing at the field that is wrong."""
    if asked.repeat is not None:
        raise Invalid(("/repeat", "repeating jobs are not offered in this version"))
    if asked.mode is not ScheduleMode.AT:
        if asked.at is not None:
            raise Invalid(("/at", f"a time goes with the mode at, not with {asked.mode.value}"))
        return Schedule(mode=asked.mode, at=None, time_zone=None, due_at=None, note=None)
    if asked.at is None:
        raise Invalid(("/at", "say when: a local time such as 2026-12-01T13:00"))
    zone = _zone(asked.time_zone)
    due_at, note = _instant(_parsed(asked.at), zone)
    _require_soon_but_not_past(due_at, now)
    return Schedule(mode=asked.mode, at=asked.at, time_zone=zone.key, due_at=due_at, note=note)


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, KeyError) as error:  # paths, folders and unknown names, in that order
        raise Invalid(("/time_zone", f"{name!r} is no time zone; names look like Europe/Berlin")) from error


def _parsed(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(("/at", f"{text!r} is no time; write it like 2026-12-01T13:00")) from error


def _instant(at: datetime, zone: ZoneInfo) -> tuple[datetime, str | None]:
    """The instant, and a remark where the local time comes twice. Raises Invalid where it never comes."""
    if at.tzinfo is not None:
        return at.astimezone(UTC), None
    first = at.replace(tzinfo=zone, fold=0)
    second = at.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC), None
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
        raise Invalid(("/at", _gap(at, zone)))
    offset = first.strftime("%z")
    return first.astimezone(UTC), (
        f"{at:%H:%M} comes twice in {zone.key} on {at:%d %B %Y}, when the clocks go back: "
        f"the first one is meant (UTC{offset[:3]}:{offset[3:5]})"
    )


def _gap(at: datetime, zone: ZoneInfo) -> str:
    # In a gap the first reading takes the offset before the change, the second the one after it (PEP 495).
    old, new = at.replace(tzinfo=zone, fold=0), at.replace(tzinfo=zone, fold=1)
    skipped = (new.utcoffset() or timedelta()) - (old.utcoffset() or timedelta())
    before, after = (each.astimezone(UTC).astimezone(zone) for each in (new, old))
    return (
        f"{at:%H:%M} does not exist in {zone.key} on {at:%d %B %Y}: the clocks go forward by "
        f"{int(skipped.total_seconds() // 60)} minutes; take {before:%H:%M} or {after:%H:%M}"
    )


def _require_soon_but_not_past(due_at: datetime, now: datetime) -> None:
    if due_at <= now:
        raise Invalid(("/at", PAST))
    if due_at - now > FARTHEST:
        raise Invalid(("/at", "the time is more than three years away"))


def is_over(schedule: Schedule, *, now: datetime) -> bool:
    """Whether the schedule's time went by before the job was authorized."""
    return schedule.due_at is not None and schedule.due_at <= now
