"""What can be asked of jobs, given how they were tracked; what cannot is refused with the reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from common.contracts.lui import TrackedLinkV1, TrackingLevel
from lui.reports.schemas.query import Count, Event, JobGroupOut, LinkChoiceOut, PossibleOut, ReportQueryIn, ReportType

Problem = tuple[str, str]
TYPES: tuple[ReportType, ...] = ("over_time", "sum", "recipients", "details")
EVENTS: tuple[Event, ...] = ("opens", "clicks", "clicks_html", "clicks_text", "actions")
KNOWS_PEOPLE = frozenset({TrackingLevel.UNIQUE, TrackingLevel.PERSONAL})
TELLS_RECIPIENTS = frozenset({TrackingLevel.ANONYMOUS, TrackingLevel.PERSONAL})
_CLICKS = frozenset({"clicks", "clicks_html", "clicks_text"})
MAX_CHOICES = 500
"""Links offered at once; a search finds the others."""


@dataclass(frozen=True)
class Sent:
    """One live delivery, as far as reports depend on it."""

    level: TrackingLevel
    opens: bool
    links: Sequence[TrackedLinkV1]
    has_actions: bool
    columns: tuple[str, ...]
    """Of its recipients at personal, of its profiles at anonymous."""


@dataclass(frozen=True)
class JobSent:
    """A job by the words people know it by, with its live deliveries."""

    id: str
    name: str
    sent: Sequence[Sent]


def problems_of(query: ReportQueryIn, jobs: Mapping[str, JobSent]) -> list[Problem]:
    """`(pointer, reason)` of everything in a question that its jobs cannot answer."""
    problems: list[Problem] = []
    for at, source in enumerate(query.sources):
        if source.links is not None and source.event not in _CLICKS:
            problems.append((f"/sources/{at}/links", "links are chosen for clicks only"))
        if source.tags is not None and source.event != "actions":
            problems.append((f"/sources/{at}/tags", "action tags are chosen for actions only"))
        for place, job_id in enumerate(source.job_ids):
            pointer = f"/sources/{at}/job_ids/{place}"
            problems += [(pointer, reason) for reason in _reasons(query, source.event, jobs[job_id])]
    return problems + _column_problems(query, jobs)


def _reasons(query: ReportQueryIn, event: Event, job: JobSent) -> Iterable[str]:
    if query.count == "unique" and query.type in {"over_time", "sum"}:
        for level in sorted({each.level for each in job.sent} - KNOWS_PEOPLE):
            yield f"“{job.name}” was tracked at the level {level.value}, which cannot tell people apart"
    if query.type == "recipients":
        for level in sorted({each.level for each in job.sent} - TELLS_RECIPIENTS):
            yield f"“{job.name}” was tracked at the level {level.value}, which knows nothing of recipients"
    if event == "actions" and job.sent and not any(each.has_actions for each in job.sent):
        yield f"“{job.name}” was sent without action tracking"


def _column_problems(query: ReportQueryIn, jobs: Mapping[str, JobSent]) -> list[Problem]:
    if query.type in {"over_time", "sum"}:
        return [("/columns", "columns belong to recipients and details")] if query.columns else []
    kinds = {shape for job in jobs.values() for shape in _shapes(job)}
    if query.type == "recipients" and len(kinds) > 1:
        detail = "these jobs' recipients have different columns: ask for one group of jobs at a time"
        return [("/sources", detail)]
    return [
        (f"/columns/{at}", f"there is no column {column!r} in every one of these jobs")
        for at, column in enumerate(query.columns or ())
        if not kinds or any(column not in columns for _, columns in kinds)
    ]


def _shapes(job: JobSent) -> set[tuple[TrackingLevel, tuple[str, ...]]]:
    return {(each.level, each.columns) for each in job.sent if each.level in TELLS_RECIPIENTS}


def groups_of(jobs: Iterable[JobSent]) -> list[JobGroupOut]:
    """Jobs whose recipients' details fit one table."""
    groups: dict[tuple[TrackingLevel, tuple[str, ...]], list[str]] = {}
    for job in jobs:
        shapes = _shapes(job)
        if len(shapes) == 1 and all(each.level in TELLS_RECIPIENTS for each in job.sent):
            groups.setdefault(shapes.pop(), []).append(job.id)
    return [JobGroupOut(level=level, columns=list(columns), job_ids=ids) for (level, columns), ids in groups.items()]


def possible_types(jobs: Sequence[JobSent]) -> list[PossibleOut]:
    """Every type, and why not."""
    found = []
    for kind in TYPES:
        reason = _first_reason(jobs, TELLS_RECIPIENTS, "knows nothing of recipients") if kind == "recipients" else None
        found.append(_choice(kind, reason or _nothing_sent(jobs)))
    return found


def possible_counts(jobs: Sequence[JobSent]) -> list[PossibleOut]:
    """Every way to count, and why not."""
    ways: tuple[Count, ...] = ("total", "unique")
    reason = _first_reason(jobs, KNOWS_PEOPLE, "cannot tell people apart")
    return [_choice(way, reason if way == "unique" else None) for way in ways]


def possible_events(jobs: Sequence[JobSent]) -> list[PossibleOut]:
    """Every event, and why not."""
    sent = [each for job in jobs for each in job.sent]
    parts = {link.part for each in sent for link in each.links}
    reasons: dict[Event, str | None] = {
        "opens": None if any(each.opens for each in sent) else "opens were not tracked",
        "clicks": None if parts else "no link was tracked",
        "clicks_html": None if "html" in parts else "no link in HTML was tracked",
        "clicks_text": None if "text" in parts else "no link in the text part was tracked",
        "actions": None if any(each.has_actions for each in sent) else "action tracking was not switched on",
    }
    return [_choice(event, _nothing_sent(jobs) or reasons[event]) for event in EVENTS]


def link_choices(jobs: Iterable[JobSent], search: str | None) -> list[LinkChoiceOut]:
    """Links by label: those of most jobs first, at most MAX_CHOICES."""
    wanted = (search or "").casefold()
    urls: dict[str, dict[str, None]] = {}
    seen_in: dict[str, set[str]] = {}
    aliases = set()
    for job in jobs:
        for link in (link for each in job.sent for link in each.links):
            label = link.alias or link.url
            if wanted in label.casefold() or wanted in link.url.casefold():
                urls.setdefault(label, {})[link.url] = None
                seen_in.setdefault(label, set()).add(job.id)
                if link.alias:
                    aliases.add(label)
    ordered = sorted(urls, key=lambda label: -len(seen_in[label]))[:MAX_CHOICES]
    return [
        LinkChoiceOut(label=label, urls=list(urls[label])[:20], is_alias=label in aliases, jobs=len(seen_in[label]))
        for label in ordered
    ]


def _first_reason(jobs: Sequence[JobSent], able: frozenset[TrackingLevel], lack: str) -> str | None:
    for job in jobs:
        for each in job.sent:
            if each.level not in able:
                return f"“{job.name}” was tracked at the level {each.level.value}, which {lack}"
    return None


def _nothing_sent(jobs: Sequence[JobSent]) -> str | None:
    return None if any(job.sent for job in jobs) else "nothing was sent yet"


def _choice(value: Literal["total", "unique"] | ReportType | Event, reason: str | None) -> PossibleOut:
    return PossibleOut(value=value, possible=reason is None, reason=reason)
