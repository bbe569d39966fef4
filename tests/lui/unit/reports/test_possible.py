"""What can be asked of jobs, given how they were tracked; and ready questions that are always possible."""

from typing import Any

import pytest

from common.contracts.lui import TrackedLinkV1, TrackingLevel
from lui.reports.rules.possible import (
    JobSent,
    Sent,
    groups_of,
    link_choices,
    possible_counts,
    possible_events,
    possible_types,
    problems_of,
)
from lui.reports.rules.quick import quick_reports
from lui.reports.schemas.query import ReportQueryIn

LINKS = (
    TrackedLinkV1(number=1, part="html", url="https://example.org/a", alias="home"),
    TrackedLinkV1(number=2, part="html", url="https://example.org/b"),
)


def sent(level: str, columns: tuple[str, ...] = (), *, has_actions: bool = False, opens: bool = True) -> Sent:
    return Sent(TrackingLevel(level), opens, LINKS, has_actions, columns)


def job(name: str, *deliveries: Sent) -> JobSent:
    return JobSent(name, name, deliveries)


def asked(jobs: list[str], event: str = "clicks", source: dict[str, Any] | None = None, **given: Any) -> ReportQueryIn:
    first = {"event": event, "job_ids": jobs, **(source or {})}
    return ReportQueryIn.model_validate({"type": "sum", "sources": [first], **given})


JOBS = {
    each.id: each
    for each in (
        job("blind", sent("blind")),
        job("unique", sent("unique")),
        job("anonymous", sent("anonymous", ("CITY",))),
        job("personal", sent("personal", ("EMAIL", "CITY"))),
        job("other", sent("personal", ("EMAIL", "AGE"), has_actions=True)),
        job("unsent"),
    )
}


@pytest.mark.parametrize(
    ("query", "pointer", "reason"),
    [
        (asked(["personal", "blind"], count="unique"), "/sources/0/job_ids/1", "cannot tell people apart"),
        (asked(["anonymous"], count="unique"), "/sources/0/job_ids/0", "level anonymous"),
        (asked(["blind"], type="recipients"), "/sources/0/job_ids/0", "knows nothing of recipients"),
        (asked(["unique"], type="recipients"), "/sources/0/job_ids/0", "level unique"),
        (asked(["personal", "other"], type="recipients"), "/sources", "one group of jobs at a time"),
        (asked(["personal", "anonymous"], type="recipients"), "/sources", "different columns"),
        (asked(["personal"], type="recipients", columns=["AGE"]), "/columns/0", "no column 'AGE'"),
        (asked(["personal"], type="sum", columns=["CITY"]), "/columns", "belong to recipients"),
        (asked(["blind"], type="details", columns=["CITY"]), "/columns/0", "no column"),
        (asked(["personal"], "opens", {"links": ["home"]}), "/sources/0/links", "clicks only"),
        (asked(["personal"], "clicks", {"tags": ["x"]}), "/sources/0/tags", "actions only"),
        (asked(["personal"], "actions"), "/sources/0/job_ids/0", "without action tracking"),
    ],
)
def test_what_a_job_cannot_answer_is_refused_where_it_was_asked_and_with_the_reason(
    query: ReportQueryIn, pointer: str, reason: str
) -> None:
    [(found, detail)] = problems_of(query, {each: JOBS[each] for source in query.sources for each in source.job_ids})
    assert found == pointer
    assert reason in detail


@pytest.mark.parametrize(
    "query",
    [
        asked(["blind", "unique", "anonymous", "personal", "unsent"]),
        asked(["unique", "personal"], count="unique"),
        asked(["anonymous"], type="recipients", columns=["CITY"]),
        asked(["personal"], type="recipients", columns=["EMAIL"], count="unique"),
        asked(["blind", "personal"], type="details", columns=["CITY"]),
        asked(["other"], "actions"),
        asked(["personal"], "clicks", {"links": ["no such link any more"]}),
        asked(["unsent"], count="unique"),
    ],
)
def test_what_can_be_answered_is_not_refused(query: ReportQueryIn) -> None:
    assert problems_of(query, {each: JOBS[each] for source in query.sources for each in source.job_ids}) == []


@pytest.mark.parametrize("name", list(JOBS))
def test_what_is_offered_is_exactly_what_is_not_refused(name: str) -> None:
    found = JOBS[name]
    if not found.sent:
        assert not any(choice.possible for choice in possible_types([found]))
        return
    for choice in possible_types([found]):
        refused = problems_of(asked([name], type=choice.value), {name: found})
        assert (choice.possible, choice.reason is None) == (not refused, not refused)
    for choice in possible_counts([found]):
        assert choice.possible == (not problems_of(asked([name], count=choice.value), {name: found}))
    for choice in possible_events([found]):
        assert not choice.possible or not problems_of(asked([name], choice.value), {name: found})


def test_jobs_with_the_same_columns_are_one_group() -> None:
    twin = job("twin", sent("personal", ("EMAIL", "CITY")))
    groups = groups_of([*JOBS.values(), twin])
    assert [(group.level.value, group.columns, group.job_ids) for group in groups] == [
        ("anonymous", ["CITY"], ["anonymous"]),
        ("personal", ["EMAIL", "CITY"], ["personal", "twin"]),
        ("personal", ["EMAIL", "AGE"], ["other"]),
    ]


def test_links_are_offered_by_label_and_found_by_address_or_alias() -> None:
    choices = link_choices(JOBS.values(), None)
    assert [(choice.label, choice.is_alias, choice.jobs) for choice in choices] == [
        ("home", True, 5),
        ("https://example.org/b", False, 5),
    ]
    assert [choice.label for choice in link_choices(JOBS.values(), "ORG/A")] == ["home"]


@pytest.mark.parametrize("name", list(JOBS))
def test_quick_reports_are_questions_the_job_can_answer(name: str) -> None:
    ready = quick_reports(JOBS[name])
    assert len({report.key for report in ready}) == len(ready) >= 4
    for report in ready:
        assert problems_of(report.query, {name: JOBS[name]}) == []
    keys = {report.key for report in ready}
    assert ("recipients_opens" in keys) == (name in {"anonymous", "personal", "other", "unsent"})
    assert ("sum_unique" in keys) == (name in {"unique", "personal", "other", "unsent"})
