"""Tables of recipients and of raw reactions: tracker's numbers, and lui's names for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from common.contracts.lui import TrackingLevel
from common.contracts.problem import Invalid
from common.http.paging import decode_cursor, encode_cursor
from common.messaging.unit_of_work import UnitOfWorkFactory
from lui.audience.service import lookup
from lui.audience.service.lookup import FoundRecipient
from lui.clients.tracker_reports import Asked, Cursor, RawReaction, Reactor, TrackerReportsClient
from lui.reports.rules.tables import source_names
from lui.reports.schemas.query import Cell, ColumnOut, ReportQueryIn, TableOut
from lui.reports.service.facts import ReportedJob, SentDelivery

REST = "(profiles of fewer than ten)"
_PROFILE_SHIFT = 32


@dataclass(frozen=True)
class Page:
    """Which rows."""

    after: str | None = None
    limit: int = 100

    def cursor(self) -> Cursor | None:
        """As tracker understands it. Raises Invalid."""
        if self.after is None:
            return None
        found = decode_cursor(self.after)
        if not all(isinstance(each, int | str) for each in found):
            raise Invalid(("/after", "is not a cursor that was given out"))
        return found


class Question(Protocol):
    """What is read of a question."""

    @property
    def query(self) -> ReportQueryIn:
        """As it was asked."""

    @property
    def jobs(self) -> Mapping[str, ReportedJob]:
        """The jobs by id."""

    @property
    def asked(self) -> Asked:
        """As tracker is asked."""

    @property
    def tags(self) -> Mapping[str, str]:
        """Names of action tags by number."""


@dataclass(frozen=True)
class FoundTable:
    """A page of a table, and of when it is."""

    table: TableOut
    as_of: datetime
    rules_version: int
    notes: list[str]


@dataclass(frozen=True)
class _Names:
    """What the numbers of tracker's rows stand for."""

    question: Question
    recipients: Mapping[tuple[str, int], FoundRecipient]

    @cached_property
    def sources(self) -> list[str]:
        return source_names(self.question.query)

    @cached_property
    def deliveries(self) -> dict[str, tuple[ReportedJob, SentDelivery]]:
        return {each.id: (job, each) for job in self.question.jobs.values() for each in job.deliveries}

    def job(self, delivery_id: str) -> str:
        return self.deliveries[delivery_id][0].system_id or self.deliveries[delivery_id][0].name

    def identity(self, delivery_id: str, subject: int, columns: Sequence[str], *, is_profile: bool) -> list[Cell]:
        """Address and columns at personal, columns of the profile at anonymous."""
        delivery = self.deliveries[delivery_id][1]
        level = delivery.plan.level
        if level is TrackingLevel.PERSONAL:
            found = self.recipients.get((delivery.snapshot_id, subject))
            return (
                [found.address, *(found.values.get(each) for each in columns)] if found else [None] * (len(columns) + 1)
            )
        if level is not TrackingLevel.ANONYMOUS:
            return [None] * (len(columns) + 1)
        number = subject if is_profile else subject >> _PROFILE_SHIFT
        profiles = delivery.plan.profiles
        values = profiles[number - 1] if 0 < number <= len(profiles) else (REST,) * len(delivery.plan.profile_columns)
        named = dict(zip(delivery.plan.profile_columns, values, strict=False))
        return [None, *(named.get(each) for each in columns)]


async def recipients_table(
    units: UnitOfWorkFactory, tracker: TrackerReportsClient, question: Question, page: Page
) -> FoundTable:
    """Who reacted: with address and chosen columns at personal, by profile at anonymous."""
    found = await tracker.people(question.asked, after=page.cursor(), limit=page.limit)
    names = await _names(units, question, found.rows)
    chosen, has_address = _columns(question)
    columns = [_text("source", "Source"), _text("job", "Job")]
    columns += [_text("address", "Address")] if has_address else []
    columns += [_text(f"column:{each}", each) for each in chosen]
    columns += [
        ColumnOut(key="first_at", title="First", kind="instant"),
        ColumnOut(key="reactions", title="Reactions", kind="count"),
        _text("judged", "Judged"),
    ]
    skip = 0 if has_address else 1
    rows: list[list[Cell]] = [
        [
            names.sources[row.source],
            names.job(row.delivery_id),
            *names.identity(row.delivery_id, row.subject, chosen, is_profile=True)[skip:],
            _instant(row.first_at),
            row.hits,
            "human" if row.is_human else "machine",
        ]
        for row in found.rows
    ]
    table = TableOut(columns=columns, rows=rows, next=encode_cursor(*found.next) if found.next else None)
    return FoundTable(table, found.as_of, found.rules_version, found.notes)


async def details_table(
    units: UnitOfWorkFactory, tracker: TrackerReportsClient, question: Question, page: Page
) -> FoundTable:
    """Every single reaction, as far as the level of its job kept it."""
    found = await tracker.reactions(question.asked, after=page.cursor(), limit=page.limit)
    names = await _names(units, question, found.rows)
    chosen, has_address = _columns(question)
    columns = [
        _text("source", "Source"),
        _text("job", "Job"),
        ColumnOut(key="at", title="Time", kind="instant"),
        _text("event", "Event"),
        _text("link", "Link"),
        _text("part", "Part"),
    ]
    columns += [_text("address", "Address")] if has_address else []
    columns += [_text(f"column:{each}", each) for each in chosen]
    columns += [_text("judged", "Judged"), _text("rule", "Rule"), _text("program", "Program")]
    columns += [_text("network", "Network")]
    skip = 0 if has_address else 1
    rows: list[list[Cell]] = [
        [
            names.sources[row.source],
            names.job(row.delivery_id),
            _instant(row.at),
            row.kind,
            question.tags.get(row.label, row.label) if row.kind == "action" and row.label else row.label,
            row.part or None,
            *names.identity(row.delivery_id, row.subject, chosen, is_profile=False)[skip:],
            row.judgement,
            row.rule or None,
            row.agent or None,
            row.network_class or None,
        ]
        for row in found.rows
    ]
    table = TableOut(columns=columns, rows=rows, next=encode_cursor(*found.next) if found.next else None)
    return FoundTable(table, found.as_of, found.rules_version, found.notes)


async def _names(
    units: UnitOfWorkFactory, question: Question, rows: Sequence[Reactor] | Sequence[RawReaction]
) -> _Names:
    """The recipients of a page, all of a snapshot at once."""
    names = _Names(question, {})
    wanted: dict[str, set[int]] = {}
    for row in rows:
        delivery = names.deliveries[row.delivery_id][1]
        if delivery.plan.level is TrackingLevel.PERSONAL and row.subject > 0:
            wanted.setdefault(delivery.snapshot_id, set()).add(row.subject)
    found: dict[tuple[str, int], FoundRecipient] = {}
    if wanted:
        async with units.reader() as uow:
            for snapshot_id, ordinals in wanted.items():
                for ordinal, recipient in (await lookup.recipients_at(uow, snapshot_id, ordinals)).items():
                    found[snapshot_id, ordinal] = recipient
    return _Names(question, found)


def _columns(question: Question) -> tuple[list[str], bool]:
    """The columns that are shown, and whether there are addresses to show."""
    sent = [each for job in question.jobs.values() for each in job.deliveries]
    has_address = any(each.plan.level is TrackingLevel.PERSONAL for each in sent)
    if question.query.columns is not None:
        return question.query.columns, has_address
    usual = [each.plan.identify_by for each in sent if each.plan.identify_by]
    of_profiles = [column for each in sent for column in each.plan.profile_columns]
    return list(dict.fromkeys([*usual, *of_profiles])), has_address


def _text(key: str, title: str) -> ColumnOut:
    return ColumnOut(key=key, title=title, kind="text")


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
