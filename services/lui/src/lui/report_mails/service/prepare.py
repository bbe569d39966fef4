"""Computing a report in its owner's name, and making a mail of it; outside every transaction."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

from common.contracts.problem import Invalid
from common.http.bearer import Forbidden
from common.messaging.unit_of_work import UnitOfWorkFactory
from lui.clients.hub import HubClient, Standing
from lui.clients.tracker_reports import TrackerReportsClient
from lui.notices.service import NewNotice, NoticeFile
from lui.plots import service as plots
from lui.report_mails import letter, rules
from lui.report_mails.service.due import Claimed
from lui.reports import files
from lui.reports import service as reports
from lui.reports.errors import ReportNotFound
from lui.reports.schemas.query import Format, ReportResultOut

SEE_REPORTS = "see_reports"
MOST_ATTACHED = 5 * 1024 * 1024
"""Octets of one file; many servers take no mail over 25 MB, and nobody reads such a table in a mail."""


@dataclass(frozen=True)
class Preparing:
    """What it takes."""

    units: UnitOfWorkFactory
    tracker: TrackerReportsClient
    hub: HubClient
    app_url: str


@dataclass(frozen=True)
class Owner:
    """Somebody a report is computed for while nobody is signed in."""

    account_id: str
    group_id: str | None
    rights: frozenset[str]

    def may(self, right: str) -> bool:
        """Whether they have a right now."""
        return right in self.rights


@dataclass(frozen=True)
class Prepared:
    """What is to be sent, or why this report is not mailed any more."""

    notice: NewNotice | None
    pause_because: str | None = None
    is_gone: bool = False
    """The report was deleted, and its mails go with it."""


async def prepare(preparing: Preparing, claimed: Claimed) -> Prepared:
    """The mail of a due moment. Raises Unavailable and PlotUnavailable when a part of the system is away."""
    standing = await preparing.hub.standing(claimed.owner_id)
    if standing is None or standing.closed:
        return Prepared(None, "The account of the report's owner is closed.")
    if SEE_REPORTS not in standing.rights:
        return Prepared(None, "The report's owner may not see reports any more.")
    owner = Owner(standing.id, standing.group_id, standing.rights)
    answering = reports.Answering(preparing.units, preparing.tracker, owner)
    try:
        title, question = await reports.look_into_saved(answering, claimed.report_id)
        result = await reports.answer_question(answering, question, reports.Page(None, letter.MOST_ROWS))
    except ReportNotFound:
        return Prepared(None, is_gone=True)
    except Forbidden:
        return Prepared(None, "The report's owner may not see recipients any more.")
    except Invalid as error:
        return Prepared(None, f"The report cannot be computed any more: {error.detail}.")
    remarks, attached = await _attached(answering, question, claimed)
    plot = await _plot(result, title, remarks)
    occasion = _occasion(preparing, claimed, standing, (title, remarks))
    return Prepared(_notice(claimed, occasion, result, (plot, attached)))


def _occasion(preparing: Preparing, claimed: Claimed, owner: Standing, said: tuple[str, list[str]]) -> letter.Occasion:
    title, remarks = said
    return letter.Occasion(
        title=title,
        owner_name=owner.name,
        every=claimed.schedule.every,
        time_zone=claimed.schedule.time_zone,
        link=f"{preparing.app_url.rstrip('/')}/reports/{claimed.report_id}",
        due_at=claimed.due_at,
        is_late=rules.is_late(claimed.due_at, claimed.at),
        remarks=remarks,
    )


def _notice(
    claimed: Claimed,
    occasion: letter.Occasion,
    result: ReportResultOut,
    enclosed: tuple[bytes | None, list[NoticeFile]],
) -> NewNotice:
    plot, attached = enclosed
    inline = [] if plot is None else [NoticeFile("plot.png", plots.MEDIA_TYPES["png"], plot, letter.PLOT_ID)]
    return NewNotice(
        reason="report_mail",
        subject=letter.subject_of(occasion),
        text=letter.text_of(occasion, result),
        html=letter.html_of(occasion, result, plot_width=None if plot is None else plots.PIXELS_WIDE),
        addresses=claimed.addresses,
        files=[*inline, *attached],
        not_after=claimed.at + rules.USELESS_AFTER,
    )


async def _plot(result: ReportResultOut, title: str, remarks: list[str]) -> bytes | None:
    if result.query.type not in {"over_time", "sum"}:
        return None
    try:
        return await files.draw(result, "png", title)
    except Invalid as error:
        remarks.append(f"There is no plot: {error.detail}.")
        return None


async def _attached(
    answering: reports.Answering, question: reports.Question, claimed: Claimed
) -> tuple[list[str], list[NoticeFile]]:
    remarks, attached = [], []
    for name in claimed.formats:
        pages = reports.all_pages(answering, question)
        pieces = files.csv_pieces(pages) if name == "csv" else files.xlsx_pieces(pages)
        octets = await _bounded(pieces)
        if octets is None:
            remarks.append(f"The {name.upper()} file is too large for a mail: open the report to download it.")
        else:
            media = files.MEDIA_TYPES[cast(Format, name)].partition(";")[0]
            attached.append(NoticeFile(f"report.{name}", media, octets))
    return remarks, attached


async def _bounded(pieces: AsyncIterator[bytes]) -> bytes | None:
    octets = bytearray()
    async for piece in pieces:
        octets += piece
        if len(octets) > MOST_ATTACHED:
            return None
    return bytes(octets)
