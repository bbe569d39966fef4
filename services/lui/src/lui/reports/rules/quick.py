"""Ready questions about one job: those that its tracking can answer."""

from collections.abc import Iterator

from lui.reports.rules.possible import JobSent, problems_of
from lui.reports.schemas.library import QuickReportOut
from lui.reports.schemas.query import Count, Event, ReportQueryIn, ReportSourceIn, ReportType

_OPEN, _CLICK, _HTML, _TEXT = "#1c7ed6", "#e8590c", "#2f9e44", "#9c36b5"


def quick_reports(job: JobSent) -> list[QuickReportOut]:
    """The questions that can be answered, the usual ones first."""
    return [
        QuickReportOut(key=key, title=f"{title}: {job.name}"[:200], query=query)
        for key, title, query in _all(job)
        if not problems_of(query, {job.id: job})
    ]


def _all(job: JobSent) -> Iterator[tuple[str, str, ReportQueryIn]]:
    opens, clicks = _source(job, "opens", _OPEN), _source(job, "clicks", _CLICK)
    parts = [
        _source(job, "clicks", _CLICK, "Any link"),
        _source(job, "clicks_html", _HTML, "HTML"),
        _source(job, "clicks_text", _TEXT, "Text"),
    ]
    yield "over_time", "Events over time", _query("over_time", [opens, clicks])
    yield "over_time_unique", "Recipients over time", _query("over_time", [opens, clicks], "unique")
    yield "sum", "Sum of events", _query("sum", [opens, clicks])
    yield "sum_unique", "Recipients by event", _query("sum", [opens, clicks], "unique")
    yield "parts", "Clicks by part", _query("sum", parts)
    yield "recipients_opens", "Who opened", _query("recipients", [opens])
    yield "recipients_clicks", "Who clicked", _query("recipients", [clicks])
    yield "details", "Every event", _query("details", [opens, clicks])
    yield "actions", "Actions", _query("sum", [_source(job, "actions", _TEXT)])


def _source(job: JobSent, event: Event, color: str, name: str | None = None) -> ReportSourceIn:
    return ReportSourceIn(name=name, color=color, event=event, job_ids=[job.id])


def _query(kind: ReportType, sources: list[ReportSourceIn], count: Count = "total") -> ReportQueryIn:
    return ReportQueryIn(type=kind, sources=sources, interval="day", count=count)
