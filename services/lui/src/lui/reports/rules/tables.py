"""How counts become lines, bars, tables and words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from lui.reports.rules.possible import JobSent
from lui.reports.schemas.query import Cell, ColumnOut, Event, ReportQueryIn, ReportSeriesOut, ReportSourceIn, TableOut

EVENT_NAMES: Mapping[Event, str] = MappingProxyType(
    {
        "opens": "Opens",
        "clicks": "Clicks",
        "clicks_html": "Clicks in HTML",
        "clicks_text": "Clicks in the text part",
        "actions": "Actions",
    }
)
_LONGEST_LINK = 60


class Sums(Protocol):
    """Reactions, and how many people they were."""

    @property
    def total(self) -> int:
        """Every reaction."""

    @property
    def humans(self) -> int:
        """Without machines."""

    @property
    def people(self) -> int | None:
        """Different recipients."""

    @property
    def human_people(self) -> int | None:
        """Different recipients, without machines."""


class CountedLabel(Sums, Protocol):
    """What one link or tag came to."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def html(self) -> int:
        """In the HTML part."""

    @property
    def text(self) -> int:
        """In the text part."""


class Counted(Sums, Protocol):
    """What one source came to."""

    @property
    def points(self) -> Sequence[tuple[datetime, int]]:
        """Over time."""

    @property
    def labels(self) -> Sequence[CountedLabel]:
        """By link or tag."""


def source_names(query: ReportQueryIn) -> list[str]:
    """The names of the sources, each once: a second one of the same name gets a number."""
    names = [source.name or _given_name(source) for source in query.sources]
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique


def _given_name(source: ReportSourceIn) -> str:
    event, links = EVENT_NAMES[source.event], source.links or []
    if len(links) == 1:
        return f"{event} on {_shortened(links[0])}"
    return f"{event} on {len(links)} links" if links else event


def _shortened(link: str) -> str:
    """Links differ at their end, so what is left out is in the middle."""
    shown = link.removeprefix("https://").removeprefix("http://")
    return shown if len(shown) <= _LONGEST_LINK else f"{shown[:20]}…{shown[21 - _LONGEST_LINK :]}"


def series_of(query: ReportQueryIn, counted: Sequence[Counted] | None) -> list[ReportSeriesOut]:
    """One line a source; zeros when nothing was counted, none for tables of recipients and reactions."""
    if query.type in {"recipients", "details"}:
        return []
    nobody = 0 if query.count == "unique" else None
    series = []
    for at, (name, source) in enumerate(zip(source_names(query), query.sources, strict=True)):
        found = None if counted is None else counted[at]
        series.append(
            ReportSeriesOut(
                name=name,
                color=source.color,
                event=source.event,
                total=found.total if found else 0,
                humans=found.humans if found else 0,
                people=found.people if found else nobody,
                human_people=found.human_people if found else nobody,
                points=list(found.points) if found else [],
            )
        )
    return series


def sum_table(query: ReportQueryIn, counted: Sequence[Counted], tags: Mapping[str, str]) -> TableOut:
    """A row for every source, and below it one for each of its links or tags."""
    has_people = query.count == "unique"
    columns = [
        ColumnOut(key="source", title="Source", kind="text"),
        ColumnOut(key="link", title="Link", kind="text"),
        ColumnOut(key="html", title="HTML", kind="count"),
        ColumnOut(key="text", title="Text", kind="count"),
        ColumnOut(key="total", title="Total", kind="count"),
        ColumnOut(key="humans", title="Without machines", kind="count"),
    ]
    if has_people:
        columns.append(ColumnOut(key="people", title="Recipients", kind="count"))
        columns.append(ColumnOut(key="human_people", title="Recipients without machines", kind="count"))
    rows: list[list[Cell]] = []
    for name, source, found in zip(source_names(query), query.sources, counted, strict=True):
        is_clicks = source.event not in {"opens", "actions"}
        html = sum(label.html for label in found.labels) if is_clicks else None
        text = sum(label.text for label in found.labels) if is_clicks else None
        rows.append([name, None, html, text, found.total, found.humans, *_people(found, has_people)])
        for label in found.labels:
            named = tags.get(label.label, label.label) if source.event == "actions" else label.label
            parts: list[Cell] = [label.html, label.text] if is_clicks else [None, None]
            rows.append([name, named, *parts, label.total, label.humans, *_people(label, has_people)])
    return TableOut(columns=columns, rows=rows, next=None)


def _people(found: Counted | CountedLabel, has_people: bool) -> list[Cell]:  # noqa: FBT001 - one step of the table
    return [found.people, found.human_people] if has_people else []


def notes_about(query: ReportQueryIn, jobs: Sequence[JobSent], deleted: Sequence[str]) -> list[str]:
    """What a reader must know to trust the numbers."""
    notes = []
    if deleted:
        notes.append(
            "One of the jobs was deleted, or is not yours to see."
            if len(deleted) == 1
            else f"{len(deleted)} of the jobs were deleted, or are not yours to see."
        )
    notes += [f"“{job.name}” was not sent yet." for job in jobs if not job.sent and job.name not in deleted]
    if any(source.event == "opens" for source in query.sources):
        notes += [
            f"Opens of “{job.name}” were not tracked."
            for job in jobs
            if job.sent and not any(s.opens for s in job.sent)
        ]
    if query.count == "unique" and query.type in {"over_time", "sum"}:
        notes.append("A recipient counts once a delivery, at the first reaction.")
    has_period = any((query.period.from_, query.period.to, query.period.last_days, query.period.month))
    if query.type == "recipients" and has_period:
        notes.append("Listed is who reacted for the first time within the period, with all their reactions.")
    return notes
